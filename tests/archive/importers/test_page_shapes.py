"""One story in the shapes that the systems of newsrooms give to it: the same comes of each."""

from datetime import date
from pathlib import Path

import pytest

from archive.importers.base import Record
from tests.archive.importers.test_html_page import read

SHAPES = sorted((Path(__file__).parent / "shapes").glob("*.html"))
BEGINNINGS = (
    "The ferry that has crossed the harbour since 1931",
    "Margaret Vale, the mayor, said that the town had known",
    "The last crossing leaves Sallowside at six",
    "Shopkeepers on the far quay fear for their trade.",
)
NO_PART = (
    "I took that ferry every day",  # a reader's comment
    "Council puts off its decision",  # another article
    "We use cookies",
    "Get the most important stories",
    "All rights reserved",
    "Subscribe to continue",
    "two cats",  # about the author
    "About me",
)


@pytest.fixture(params=SHAPES, ids=lambda path: path.stem)
def record(request: pytest.FixtureRequest) -> Record:
    return read(request.param.read_bytes())


def test_the_headline_is_the_storys_without_the_name_of_its_site(record):
    assert record.headline.removesuffix(": live") == "Harbour ferry to stop after sixty years"


def test_the_day_is_the_one_it_was_first_published_on(record):
    assert record.published
    assert record.published.date() in (date(2009, 12, 17), date(2009, 12, 18))


def test_the_writer_is_named_and_nobody_else_in_the_byline(record):
    assert record.byline in ("Una Carrow", "Una Carrow, Tom Moss")


def test_the_text_is_whole_and_holds_nothing_else(record):
    text = record.body
    assert [one for one in BEGINNINGS if one not in text] == []
    assert [one for one in NO_PART if one in text] == []


def test_neither_headline_nor_byline_stands_in_the_text_again(record):
    assert "Harbour ferry to stop" not in record.body
    assert "Una Carrow" not in record.body
