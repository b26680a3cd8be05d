"""Text on its way into the index."""

import numpy as np

from search.engines.whoosh.analysis import PART_GAP, in_parts, positions_of
from search.engines.whoosh.schema import RECORD, fields_of, record_of
from search.language.words import stem
from tests.search.contract.shelves import document


def test_parts_stand_far_apart() -> None:
    at = positions_of(in_parts(["storm over", "", "harbour"]))
    assert at == {"storm": [0], "over": [1], "harbour": [1 + PART_GAP]}


def test_a_joined_word_with_the_stem_of_its_part_counts_once() -> None:
    assert positions_of(in_parts(["run-s"]), stem) == {"run": [0], "s": [1]}


def test_the_longest_article_has_its_place_in_every_field() -> None:
    fields = fields_of(document(1, "Headline", body="word " * 100_000))
    assert len(fields["text"]["word"]) == 100_000
    assert fields["headline"] == {"headlin": [0]}


def test_a_record_keeps_microseconds_day_and_hash() -> None:
    article = document(7, published="1815-06-18")
    record = np.frombuffer(record_of(article), RECORD)[0]
    assert record["published"] == article.published.timestamp() * 1_000_000
    assert record["day"] == article.day.toordinal()
    assert record["hash"].tobytes().hex() == article.hash()
