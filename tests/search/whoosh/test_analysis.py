"""Text on its way into the index."""

import numpy as np

from search.engines.whoosh.analysis import in_parts, positions_of
from search.engines.whoosh.schema import RECORD, SCHEMA, fields_of, record_of
from search.engines.whoosh.scoring import HEADLINE_WEIGHT
from search.language.words import PART_GAP, stem
from tests.search.contract.shelves import document


def test_parts_stand_far_apart() -> None:
    at = positions_of(in_parts(["storm over", "", "harbour"]))
    assert at == {"storm": [0], "over": [1], "harbour": [1 + PART_GAP]}


def test_a_joined_word_with_the_stem_of_its_part_counts_once() -> None:
    assert positions_of(in_parts(["run-s"]), stem) == {"run": [0], "s": [1]}


def test_the_longest_article_has_its_place_in_every_field() -> None:
    fields = fields_of(document(1, "Headline", body="word " * 100_000))
    assert len(fields["text"].positions["word"]) == 100_000
    assert fields["headline"].positions == {"headlin": [0]}


def test_a_word_weighs_more_for_each_time_it_stands_in_the_headline() -> None:
    fields = fields_of(document(1, "Harbour: a harbour", "The harbour", "a bridge"))
    weights = {
        name: {term.decode(): weight for term, _, weight, _ in SCHEMA[name].index(fields[name])}
        for name in ("text", "headline")
    }
    assert weights["text"]["harbour"] == 3 + 2 * HEADLINE_WEIGHT
    assert weights["text"]["a"] == 2 + HEADLINE_WEIGHT
    assert weights["text"]["bridg"] == 1
    assert weights["headline"] == {"harbour": 2, "a": 1}


def test_a_record_keeps_microseconds_day_and_hash() -> None:
    article = document(7, published="1815-06-18")
    record = np.frombuffer(record_of(article), RECORD)[0]
    assert record["published"] == article.published.timestamp() * 1_000_000
    assert record["day"] == article.day.toordinal()
    assert record["hash"].tobytes().hex() == article.hash()
