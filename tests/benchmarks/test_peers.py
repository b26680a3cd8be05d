"""Every engine that can run here gives Backfile's own answers, on all sixty queries."""

from contextlib import closing
from dataclasses import replace

import pytest

from benchmarks.agreement import answers, differences
from benchmarks.peers import BACKFILE, NAMES, peer_class
from benchmarks.peers.base import Unavailable
from benchmarks.queries import Kind

OPTIONAL = {"postgresql", "xapian"}
"""The others come with the requirements: where one of them is missing, that is a failure."""


@pytest.fixture(scope="module")
def answered(corpus, queries, tmp_path_factory):
    """The answers of an engine, built and opened."""

    def of(name):
        try:
            peer = peer_class(name)
        except Unavailable as reason:
            if name not in OPTIONAL:
                raise
            pytest.skip(str(reason))
        folder = tmp_path_factory.mktemp(name)
        peer.build(folder, corpus)
        try:
            with closing(peer(folder)) as opened:
                return answers(opened, queries)
        finally:
            peer.remove(folder)

    return of


@pytest.fixture(scope="module")
def ours(answered):
    return answered(BACKFILE)


WHOLE = [name for name in NAMES if name not in (BACKFILE, "tantivy_top")]


@pytest.mark.parametrize("name", WHOLE)
def test_it_agrees_with_backfile(name, ours, answered, queries):
    assert list(differences({BACKFILE: ours, name: answered(name)}, queries)) == []


def test_tantivys_top_twenty_are_those_of_its_whole_job(answered):
    tops = [[job.top for job in answered(name)] for name in ("tantivy", "tantivy_top")]
    assert tops[0] == tops[1]


def test_every_query_with_words_finds_something(ours, queries):
    alone = set(Kind) - {Kind.AND, Kind.PERSON, Kind.DATES, Kind.FILTERS}
    for query, job in zip(queries, ours, strict=True):
        assert job.total or query.kind not in alone, query


def test_what_adds_up_adds_up(ours):
    for job in ours:
        assert sum(job.months.values()) == job.total
        assert len(job.top) == min(job.total, 20)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda job: {"total": job.total + 1}, "the total is 300 in backfile, 301 in other"),
        (lambda job: {"months": {**job.months, 600: 1}}, "in month 600 are 0 in backfile, 1 in"),
        (lambda job: {"people": job.people[:-1]}, "the people's counts are"),
        (lambda job: {"people": (("nobody", job.people[0][1]), *job.people[1:])}, "the people are"),
        (lambda job: {"top": job.top[:-1]}, "the best are 20 in backfile, 19 in other"),
    ],
)
def test_a_different_answer_is_named_with_query_and_engines(ours, queries, change, said):
    theirs = [*ours[:-1], replace(ours[-1], **change(ours[-1]))]
    [difference] = differences({BACKFILE: ours, "other": theirs}, queries)
    assert difference.startswith(f"everything: all articles: {said}")


def test_who_comes_last_among_equals_is_no_difference(ours, queries):
    [(query, job)] = [(queries[-1], ours[-1])]
    last = job.people[-1][1]
    renamed = tuple((f"x{slug}" if count == last else slug, count) for slug, count in job.people)
    theirs = replace(job, people=renamed)
    assert list(differences({BACKFILE: [job], "other": [theirs]}, [query])) == []


def test_xapians_counts_are_read_until_they_prove_who_is_first():
    try:
        peer_class("xapian")
    except Unavailable as reason:
        pytest.skip(str(reason))
    from benchmarks.peers.xapian import proven

    # Cut off at a depth of two, a slot may have more values that are as frequent as its last.
    assert proven([{b"1": 9, b"2": 4}, {b"1": 3, b"2": 3}], depth=2, size=2) == [
        (b"1", 12),
        (b"2", 7),
    ]
    assert proven([{b"1": 9, b"2": 4}, {b"1": 3, b"3": 3}], depth=2, size=2) is None
    assert proven([{b"1": 9, b"2": 4}, {b"1": 3, b"3": 3}], depth=3, size=2) == [
        (b"1", 12),
        (b"2", 4),
    ]
