"""What is marked for translation is said in every language, and Django reads what is written."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

import catalogues

every_language = pytest.mark.parametrize("language", catalogues.LANGUAGES)


def test_every_language_that_readers_are_offered_has_a_catalogue():
    offered = {code for code, _ in settings.LANGUAGES}
    assert offered == {settings.LANGUAGE_CODE, *catalogues.LANGUAGES}


@every_language
def test_the_catalogues_are_those_of_the_sources(language):
    """If this fails: `python3 dev.py translate`."""
    for path, content in catalogues.written(language).items():
        assert path.read_bytes() == content, path.name


@every_language
def test_nothing_is_left_untranslated_or_in_doubt(language):
    assert catalogues.untranslated(language) == []


@every_language
def test_a_translation_fills_in_what_its_original_does(language):
    assert [(message.id, errors) for message, errors in catalogues.kept(language).check()] == []


@every_language
def test_a_translation_has_the_spaces_of_its_original_at_both_ends(language):
    for message in catalogues.kept(language):
        if message.id and isinstance(message.string, str):
            assert message.string == message.string.strip(), message.id


def test_a_template_and_a_module_are_read_alike():
    marked = catalogues.marked()
    assert "templates/base.html" in files_of(marked["Skip to the content"])
    assert "search/hand.py" in files_of(marked["%(count)s article"])


def test_no_text_is_marked_inside_an_f_string():
    """Python 3.11 shows none to Babel, and 3.12 does: their catalogues would differ."""
    for path in catalogues.sources():
        if path.suffix == ".py":
            for string in f_strings(path):
                assert not catalogues.KEYWORDS.keys() & names_in(string), path


def f_strings(path: Path) -> list[ast.JoinedStr]:
    return [
        node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.JoinedStr)
    ]


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def files_of(message: catalogues.Message) -> set[str]:
    return {file for file, _ in message.locations}
