"""Every example that readers are given does what the page says."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from search.language import limits
from search.language.dates import parse_period
from search.language.parser import parse
from search.language.periods import describe
from search.language.unparse import unparse
from search.language.words import joined, query_terms, stem, tokens

PAGE = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
WRITTEN_ON = date(2009, 12, 17)


def rows(*heading: str) -> list[list[str]]:
    """The rows of all tables of the page with that heading, cell by cell, without backticks."""
    found = []
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        head, _, *body = [re.findall(r"(?<=\|)[^|\n]*(?=\|)", line) for line in table.splitlines()]
        if [cell.strip() for cell in head] == list(heading):
            found += [[cell.strip().strip("`") for cell in row] for row in body]
    assert found, f"no table has the heading {heading}"
    return found


@pytest.mark.parametrize(
    "query",
    [
        row[0]
        for what in ("It finds articles with", "It finds articles published", "It also finds")
        for row in rows("You type", what)
    ],
)
def test_an_example_is_understood_in_full(query: str) -> None:
    assert parse(query, WRITTEN_ON).notes == ()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (typed, text)
        for typed, texts in rows("You type", "It also finds")
        for text in texts.split("`, `")
    ],
)
def test_words_that_are_called_the_same_are_the_same(typed: str, text: str) -> None:
    wanted = [query_terms(typed), *([(whole,)] if (whole := joined(typed)) else [])]
    article = [[token.term for token in tokens(text)], query_terms(text)]
    assert any(stems(words) in stems(terms) for terms in map(list, article) for words in wanted)


@pytest.mark.parametrize(("written", "meaning"), rows("You write", "It stands for"))
def test_a_date_stands_for_what_the_page_says(written: str, meaning: str) -> None:
    assert describe(parse_period(written, WRITTEN_ON)) == meaning


@pytest.mark.parametrize(
    ("typed", "searched", "said"), rows("You type", "It is searched as", "The page says")
)
def test_what_cannot_be_honoured_is_said_in_the_pages_words(
    typed: str, searched: str, said: str
) -> None:
    answer = parse(typed, WRITTEN_ON)
    assert answer.tree == parse(searched, WRITTEN_ON).tree
    assert [str(note) for note in answer.notes] == [said]


def test_the_order_of_the_operators_is_as_the_page_says() -> None:
    assert parse("flood rain OR storm") == parse("(flood rain) OR storm")
    assert unparse(parse("headline:harbour bridge").tree) == "headline:harbour bridge"


@pytest.mark.parametrize(
    "limit",
    [
        f"{limits.MAX_TERMS} words",
        f"{limits.MAX_CHARACTERS} characters",
        f"parentheses {limits.MAX_DEPTH} deep",
        f"{limits.MAX_EXPANSION:,} different words",
        f"{limits.MAX_WINDOW:,} articles",
        f"{limits.MAX_GAP} other words",
        f"{limits.MAX_NEAR} phrases with a `~`",
    ],
)
def test_the_limits_are_those_the_page_names(limit: str) -> None:
    assert limit in PAGE


def stems(terms: Iterable[str]) -> str:
    return f" {' '.join(stem(term) for term in terms)} "
