"""What is kept of how terms and values come together is true, and so are facets counted by it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import IndexDocument
from search.engines.whoosh import bounded, company, segment, tally, write
from search.engines.whoosh.company import Range, at_most, postings
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.execute import Search
from search.engines.whoosh.facets import facet_counts
from search.engines.whoosh.schema import QUOTATIONS
from search.engines.whoosh.scratch import scratch
from search.engines.whoosh.snapshot import Part
from search.request import Facet, FacetRequest, SearchRequest
from tests.search.contract.oracle import REQUESTS, found_by
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import snapshot_of
from tests.search.whoosh.test_execute import ARCHIVES, IDS


@contextmanager
def as_if_large(beside: int = 2) -> Iterator[None]:
    """Small segments keep what large ones do, and values are counted one by one whenever this is
    possible."""
    with ExitStack() as patched:
        for room, name, value in (
            (write, "LARGE", 1),
            (company, "LARGE", 1),
            (company, "OFTEN", 4),
            (company, "BESIDE", beside),
            (segment, "BESIDE", beside),
            (tally, "FEW", 0),
            (bounded, "MANY", 0),
            (bounded, "PER_DOCUMENT", 1e9),
        ):
            patched.enter_context(patch.object(room, name, value))
        yield


@given(archive=ARCHIVES, beside=st.integers(1, 5))
@settings(deadline=None, max_examples=40)
def test_frequent_terms_know_how_often_frequent_values_come_with_them(
    archive: list[IndexDocument], beside: int
) -> None:
    with as_if_large(beside), TemporaryDirectory() as folder:
        [part] = snapshot_of(Path(folder), archive).parts
        arrays = part.arrays
        for name, field in arrays.fields.items():
            often = [
                term for term in range(len(field.terms)) if 4 * field.frequency(term) > arrays.size
            ]
            often = [] if name in QUOTATIONS else often
            assert field.often.tolist() == often
            for term, row in zip(often, field.beside, strict=True):
                for values in arrays.facets.values():
                    having = set(field.docs_of(term).tolist())
                    counts = [
                        len(having.intersection(values.docs_of(value).tolist()))
                        for value in range(min(beside, len(values.terms)))
                    ]
                    assert row[values.beside].tolist() == counts


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=IDS,
    hidden=IDS,
    requests=st.lists(REQUESTS, min_size=3, max_size=10),
    limit=st.integers(1, 4),
)
@settings(deadline=None, max_examples=40)
def test_facets_are_counted_as_plain_python_does(
    archive: list[IndexDocument],
    segments: int,
    deleted: set[int],
    hidden: set[int],
    requests: list[SearchRequest],
    limit: int,
) -> None:
    with as_if_large(), TemporaryDirectory() as folder:
        batches = (archive[at::segments] for at in range(segments))
        snapshot = snapshot_of(Path(folder), *batches, deleted=deleted)
        seen = [one for one in archive if one.id not in deleted | hidden]
        for request in requests:
            with scratch() as lent:
                search = Search(request, snapshot, hidden, lent)
                for part, found in zip(snapshot.parts, search.found, strict=True):
                    assert_covered(part, found)
                wanted = FacetRequest(Facet.PERSON, limit=limit)
                among = search.found
                answered = facet_counts(wanted, (), snapshot.values(Facet.PERSON), among)
            counts = Counter(
                (person.name, person.slug)
                for one in found_by(request, seen)
                for person in one.people
            )
            expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
            assert [((one.label, one.value), one.count) for one in answered] == expected


def assert_covered(part: Part, found: DocSet) -> None:
    """Nothing is beside its covers, and no value counts more than they say."""
    docs = found.docs()
    for cover in found.covers:
        having = [
            field.docs[field.starts[first] : field.starts[end]] for field, first, end in cover
        ]
        assert np.isin(docs, np.concatenate(having)).all()
        for values in part.arrays.facets.values():
            most, counts = (
                at_most(cover, values, len(docs) + 1000),
                values.counts(docs, values.kept),
            )
            assert (counts <= most).all()
            if postings(cover) == found.count:
                assert (counts == most).all()


def test_the_company_of_seldom_words_is_counted_unless_that_is_too_much() -> None:
    archive = [document(id, "strike", people=["Ann Vale"]) for id in range(1, 9)]
    archive.append(document(9, "harbour", people=["Ann Vale", "Ben Bridge"]))
    with as_if_large(), TemporaryDirectory() as folder:
        [part] = snapshot_of(Path(folder), archive).parts
        field, values = part.arrays.fields["text"], part.arrays.facets[Facet.PERSON]
        harbour, strike = (
            Range(field, number, number + 1)
            for number in (field.terms.number(b"harbour"), field.terms.number(b"strike"))
            if number is not None
        )
        assert at_most((harbour, strike), values, 1).tolist() == [9, 1]
        assert at_most((harbour, strike), values, 0) is None
        assert at_most((strike,), values, 0).tolist() == [8, 0]
