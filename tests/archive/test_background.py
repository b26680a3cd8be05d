"""Commands that nobody waits for leave the processor to readers and editors."""

import os

import pytest
from django.core.management import call_command

from archive.management.commands.import_articles import Command as Importing
from search.management.commands.index_worker import Command as Following


@pytest.fixture
def steps(monkeypatch):
    """How far the process stepped back, each time: it could not step forward again."""
    taken: list[int] = []
    monkeypatch.setattr(os, "nice", taken.append)
    return taken


@pytest.mark.parametrize("command", [Importing, Following])
def test_a_command_that_is_started_steps_back(command, steps):
    with pytest.raises(SystemExit):
        command().run_from_argv(["manage.py", "name", "--help"])
    assert steps == [command.niceness]


def test_a_program_that_calls_a_command_stays_where_it_is(steps):
    with pytest.raises(SystemExit):
        call_command("import_articles", "--help")
    assert steps == []


def test_what_is_saved_is_found_before_more_is_imported():
    assert 0 < Following.niceness < Importing.niceness
