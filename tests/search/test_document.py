"""What an engine knows of an article, and the hash that stands for it."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Entry, IndexDocument, Quote
from search.language.periods import Unit
from tests.search.contract.shelves import document

# Few letters, so that equal and shifted texts come often; with what breaks encoders and framing.
texts = st.text(alphabet="a'\\é,\0\ud83d\ude00😀", max_size=3)
entries = st.builds(Entry, texts, texts, st.lists(texts, max_size=2).map(tuple))
filed = st.lists(entries, max_size=2).map(tuple)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
documents = st.builds(
    IndexDocument,
    id=st.integers(1, 2),
    headline=texts,
    standfirst=texts,
    body=texts,
    byline=texts,
    published=moments,
    day=st.none() | st.dates(),
    people=filed,
    tags=filed,
    section=st.none() | entries,
    source=entries,
    unit=st.sampled_from(Unit),
    quotes=st.lists(st.builds(Quote, texts, st.none() | entries), max_size=2).map(tuple),
)


FIELDS = [field.name for field in fields(IndexDocument)]


@given(documents, documents, st.sets(st.sampled_from(FIELDS)))
def test_two_documents_share_a_hash_only_if_they_are_equal(one, other, taken):
    mixed = replace(one, **{field: getattr(other, field) for field in taken})
    assert (one.hash() == mixed.hash()) == (one == mixed)


@pytest.mark.parametrize(
    "other",
    [
        document(1, "ab"),
        document(1, "a", "b"),
        document(1, "", "a", "b"),
        document(1, "a", byline="b"),
        document(1, "a", "", "bc"),
        document(1, "a", "", "b'c"),
        document(1, "a", "", "b\0c"),
        document(1, "a", "", "b", people=["c"]),
        document(1, "a", "", "b", tags=["c"]),
        document(1, "a", "", "b", section="c"),
        document(1, "a", "", "b", people=["c", "d"]),
        document(1, "a", "", "b", people=[Entry("c", "c", ("d",))]),
        document(1, "a", "", "b", published=None),
        document(1, "a", "", "b", said=[("c", None)]),
        document(1, "a", "", "", said=[("b", None)]),
        document(1, "a", "", "b", said=[("", "c")]),
        document(2, "a", "", "b"),
    ],
)
def test_what_moves_from_one_field_to_another_changes_it(other):
    assert document(1, "a", "", "b").hash() != other.hash()


def test_two_surrogates_are_not_the_character_that_they_would_spell():
    assert document(1, "\ud83d\ude00").hash() != document(1, "😀").hash()


def test_a_moment_is_the_same_in_every_time_zone():
    utc = datetime(2009, 12, 17, 12, tzinfo=UTC)
    article = document(1, published=utc)
    in_dublin = replace(article, published=utc.astimezone(timezone(timedelta(hours=1))))
    assert article == in_dublin
    assert article.hash() == in_dublin.hash()
