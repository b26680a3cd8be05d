"""The values of a facet beside the results."""

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.segment import Docs
from search.engines.whoosh.tally import Tally, tally
from search.engines.whoosh.values import FacetValues
from search.language.words import fold
from search.request import FacetCount, FacetRequest


def facet_counts(
    wanted: FacetRequest,
    chosen: tuple[str, ...],
    values: FacetValues,
    found: Sequence[DocSet],
    unseen: Sequence[Docs] = (),
) -> tuple[FacetCount, ...]:
    """The most frequent values among documents, and those chosen: falling count, then label.

    found: for each part of the snapshot, documents that are neither deleted nor hidden.
    unseen: for each part those that are hidden, and perhaps those deleted; () for none hidden.
    What no other document carries is as if it were not known: its slug is its label.
    """
    counts = tally(values, found)
    answered = first_counts(wanted, chosen, values, counts)
    if not chosen:
        return tuple(answered)
    first = {found.value for found in answered}
    for slug in dict.fromkeys(chosen):
        if slug not in first:
            answered.append(chosen_count(slug, values, counts, unseen))
    return tuple(sorted(answered, key=lambda found: (-found.count, found.label, found.value)))


def first_counts(
    wanted: FacetRequest, chosen: tuple[str, ...], values: FacetValues, counts: Tally
) -> list[FacetCount]:
    """The most frequent values, those with `like` in the name where that is asked for."""
    if not wanted.limit:
        return []
    start = fold(wanted.like).strip()
    among = values.names.beginning(start) if start else None
    first = counts.top(wanted.limit, among)
    names = values.names.named(number for number, _ in first)
    return [
        FacetCount(slug, label, count, slug in chosen)
        for (label, slug), (_, count) in zip(names, first, strict=True)
    ]


def chosen_count(
    slug: str, values: FacetValues, counts: Tally, unseen: Sequence[Docs]
) -> FacetCount:
    """A value that is chosen, whether anything found carries it or not."""
    number = values.names.number(slug)
    if number is not None:
        count = counts.count(number)
        if count or is_seen(number, values, unseen):
            [(label, _)] = values.names.named([number])
            return FacetCount(slug, label, count, True)
    return FacetCount(slug, slug, 0, True)


def is_seen(number: int, values: FacetValues, unseen: Sequence[Docs]) -> bool:
    """Does a document carry the value that is neither deleted nor hidden?"""
    hidden = sum(
        np.count_nonzero(part.carried_by(np.setdiff1d(docs, part.deleted)) == number)
        for part, docs in zip(values.parts, unseen, strict=False)
    )
    return bool(values.frequencies[number] > hidden)
