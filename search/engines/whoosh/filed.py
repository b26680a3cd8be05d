"""A facet's values as an index of names: in alphabetical order, by their first letters."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.names import Numbers
from search.engines.whoosh.naming import Naming
from search.engines.whoosh.values import Counts, FacetValues, ranked
from search.filing import Beginning, NamesFound, NamesRequest, filed_under
from search.language.words import fold
from search.request import Facet, FacetCount

LAST = "\U0010ffff"
"""Comes behind every letter."""


class Filing:
    """The V values of a snapshot in alphabetical order. Immutable, shared by all threads.

    keys: what they are filed under, ascending; those filed alike by number.
    numbers: u4 [V], the value at each place. places: u4 [V], the place of each value.
    """

    def __init__(self, facet: Facet, names: Naming) -> None:
        keys = [filed_under(facet, label) for label, _ in names.named(range(len(names)))]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.keys = [keys[number] for number in order]
        self.numbers: Numbers = np.array(order, np.uint32)
        self.places: Numbers = np.empty_like(self.numbers)
        self.places[self.numbers] = np.arange(len(order))

    def beginning(self, start: str, places: Numbers) -> Numbers:
        """Those of `places` (u4, ascending) whose key begins with `start`."""
        ends = [bisect_left(self.keys, start), bisect_left(self.keys, start + LAST)]
        first, last = places.searchsorted(ends)
        return places[first:last]

    def one_letter_longer(self, start: str, places: Numbers) -> Iterator[Beginning]:
        """How the keys at `places`, which all begin with `start`, go on. A few looks a letter."""
        at = len(self.beginning(start, places)) - len(self._longer(start, places))
        while at < len(places):
            letters = self.keys[places[at]][: len(start) + 1]
            end = int(places.searchsorted(bisect_left(self.keys, letters + LAST)))
            yield Beginning(letters, end - at)
            at = end

    def _longer(self, start: str, places: Numbers) -> Numbers:
        """Those of `places` whose key does not end with `start`."""
        return places[places.searchsorted(bisect_left(self.keys, start + "\0")) :]


def names_found(
    wanted: NamesRequest,
    chosen: tuple[str, ...],
    values: FacetValues,
    filing: Filing,
    found: Sequence[DocSet],
) -> NamesFound:
    """found: for each part of the snapshot, documents that are neither deleted nor hidden."""
    counts = values.counts(zip(values.parts, found, strict=True))
    places = np.sort(filing.places.take(counted(counts, wanted.like, values)))
    steps = [wanted.begins[:length] for length in range(len(wanted.begins) + 1)]
    within = [filing.beginning(step, places) for step in steps]
    numbers = filing.numbers.take(within[-1])
    if wanted.by_count:
        numbers = ranked(counts.take(numbers), numbers).astype(np.uint32)
    page = numbers[wanted.offset : wanted.offset + wanted.limit]
    return NamesFound(
        total=len(numbers),
        beginnings=tuple(
            tuple(filing.one_letter_longer(step, own))
            for step, own in zip(steps, within, strict=True)
        ),
        values=tuple(
            FacetCount(slug, label, count, slug in chosen)
            for (label, slug), count in zip(
                values.names.named(page.tolist()), counts.take(page).tolist(), strict=True
            )
        ),
    )


def counted(counts: Counts, like: str, values: FacetValues) -> Numbers:
    """The values that were counted at all, those with `like` in the name where that is asked."""
    some = counts > 0
    if start := fold(like).strip():
        some &= values.names.beginning(start)
    return np.flatnonzero(some).astype(np.uint32)
