"""Whoosh's own searcher, reading our segments, finds and scores what plain Python does."""

from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.document import IndexDocument
from search.engines.whoosh.scoring import HEADLINE_WEIGHT, K1, B
from search.language import tree
from search.language.words import query_terms, stem, tokens
from tests.search.contract.oracle import DOCUMENTS, TREES, matches, stands_in
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import snapshot_of
from tests.search.whoosh.stock import HEADLINE_BOOST, readings, scores

ARCHIVES = st.lists(DOCUMENTS, max_size=9, unique_by=lambda document: document.id)


class Plain:
    """What the documents of an archive, those deleted since among them, score by the book."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self.documents = documents

    def score(self, node: tree.Node, one: IndexDocument) -> float:
        match node:
            case tree.Word(text, field):
                return sum(self.side_by_side(field, words, one) for words in readings(text))
            case tree.Phrase(text, field):
                return self.side_by_side(field, query_terms(text), one)
            case tree.Near(text, _, field):
                return self.each(field, query_terms(text), one)
            case tree.Prefix(text, None):
                in_headline = matches(tree.Prefix(text, tree.Field.HEADLINE), one)
                return 1 + HEADLINE_BOOST * in_headline
            case tree.Prefix() | tree.Quoted():
                return 1
            case tree.And(parts) | tree.Or(parts):
                return sum(self.score(part, one) for part in parts if matches(part, one))
        return 0

    def side_by_side(
        self, field: tree.Field | None, words: tuple[str, ...], one: IndexDocument
    ) -> float:
        if not stands_in(one, field, words):
            return 0
        return self.each(field, words, one)

    def each(self, field: tree.Field | None, words: tuple[str, ...], one: IndexDocument) -> float:
        if field not in (None, tree.Field.HEADLINE):
            return 1
        return sum(self.bm25(field, stem(word), one) for word in words)

    def bm25(self, field: tree.Field | None, term: str, one: IndexDocument) -> float:
        """BM25F by Robertson, Zaragoza and Taylor (2004), over lengths as Whoosh rounds them."""
        weight = len([found for found in words_of(field, one) if found[2] == term])
        if field is None:
            in_headline = [
                found for found in words_of(tree.Field.HEADLINE, one) if found[2] == term
            ]
            weight += HEADLINE_WEIGHT * len(in_headline)
        average = sum(len(words_of(field, each)) for each in self.documents) / len(self.documents)
        length = byte_to_length(length_to_byte(len(words_of(field, one))))
        norm = K1 * (1 - B + B * length / (average or 1))
        return self.idf(term) * weight * (K1 + 1) / (weight + norm)

    def idf(self, term: str) -> float:
        having = [
            one for one in self.documents if term in {found[2] for found in words_of(None, one)}
        ]
        return log(len(self.documents) / (len(having) + 1)) + 1


@cache
def words_of(field: tree.Field | None, one: IndexDocument) -> set[tuple[int, int, str]]:
    """Which part of the text, where in it, which stem."""
    headline = [one.headline]
    parts = headline if field else [*headline, one.standfirst, one.body]
    return {
        (number, token.position, stem(token.term))
        for number, part in enumerate(parts)
        for token in tokens(part)
    }


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=st.sets(st.integers(1, 9)),
    nodes=st.lists(TREES, min_size=3, max_size=10),
)
@settings(
    deadline=None,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_it_finds_and_scores_what_plain_python_does(
    archive: list[IndexDocument],
    segments: int,
    deleted: set[int],
    nodes: list[tree.Node],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    batches = [archive[first::segments] for first in range(segments)]
    snapshot = snapshot_of(tmp_path_factory.mktemp("stock"), *batches, deleted=deleted)
    plain = Plain(archive)
    for node in nodes:
        expected = {
            one.id: plain.score(node, one)
            for one in archive
            if one.id not in deleted and matches(node, one)
        }
        assert scores(node, snapshot) == pytest.approx(expected, rel=1e-5)


def test_a_word_is_as_rare_in_the_headline_as_it_is_in_the_text(tmp_path: Path) -> None:
    archive = [document(1, "Harbour"), *(document(id, body="harbour") for id in range(2, 9))]
    node = tree.Word("harbour", tree.Field.HEADLINE)
    expected = {1: Plain(archive).score(node, archive[0])}
    assert scores(node, snapshot_of(tmp_path, archive)) == pytest.approx(expected, rel=1e-5)
