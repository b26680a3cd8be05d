"""The histogram, counted over arrays and in plain Python."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import IndexDocument
from search.engines.whoosh import dates
from search.engines.whoosh.dates import set_before
from search.language.periods import Unit
from search.request import NOTHING, Grain, Spread
from tests.search.contract.oracle import spread_of
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import snapshot_of
from tests.search.whoosh.sets import Form, docset

FIRST_DAYS = [date(1, 1, 1), date(1969, 12, 1), date(2009, 12, 17)]


def some_days(
    random: Random, first: date, span: int, size: int, units: Sequence[Unit]
) -> list[str | None]:
    """Days, months and years in ISO's notation."""
    days = (first + timedelta(random.randrange(span)) for _ in range(size))
    return [random.choice([None, day.isoformat()[: random.choice(units)]]) for day in days]


def plainly(documents: Iterable[IndexDocument], found: set[int], grain: Grain) -> Spread:
    return spread_of(
        [(one.day, one.unit) for one in documents if one.day and one.id in found], grain
    )


@given(
    days=st.builds(
        some_days,
        st.randoms(use_true_random=True),
        st.sampled_from(FIRST_DAYS),
        st.sampled_from([1, 40, 1000]),
        st.integers(0, 300),
        st.sampled_from([[Unit.DAY], list(Unit)]),
    ),
    segments=st.integers(1, 3),
    deleted=st.sampled_from([0.0, 0.3]),
    share=st.sampled_from([0.0, 0.05, 0.7, 1.0]),
    form=st.sampled_from(Form),
    few=st.sampled_from([0, 3]),
    random=st.randoms(use_true_random=True),
)
@settings(deadline=None)
def test_the_histogram_counts_what_plain_python_counts(
    days: list[str | None],
    segments: int,
    deleted: float,
    share: float,
    form: Form,
    few: int,
    random: Random,
) -> None:
    documents = [document(id, published=day) for id, day in enumerate(days)]
    gone = {id for id in range(len(days)) if random.random() < deleted}
    found = {id for id in range(len(days)) if id not in gone and random.random() < share}
    batches = [documents[number::segments] for number in range(segments)]
    with TemporaryDirectory() as folder, patch.object(dates, "FEW", few):
        snapshot = snapshot_of(Path(folder), *batches, deleted=gone)
        sets = [docset(np.isin(part.arrays.ids, list(found)), form) for part in snapshot.parts]
        for grain in Grain:
            assert snapshot.histogram(grain).counts(sets) == plainly(documents, found, grain)


@given(st.lists(st.booleans(), min_size=1, max_size=200), st.data())
def test_bits_are_counted_before_any_place(bits: list[bool], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(bits))))
    packed = docset(np.array(bits), Form.ROW).bits()
    counts = set_before(np.array(places, np.int64), packed)
    assert counts.tolist() == [sum(islice(bits, place)) for place in places]


def test_an_index_without_documents_has_no_bars(tmp_path: Path) -> None:
    assert snapshot_of(tmp_path).histogram(Grain.MONTH).counts([]) == NOTHING
