"""Articles with nearly the same text as others, found by their prints and then compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q, QuerySet

from archive.duplicates.prints import Shingles, bands, resemblance, shingles
from archive.identity.ground import in_parts
from archive.inserting import insert
from archive.models import Article, ArticlePrint, Duplicate

ALIKE = 80
"""Percent of their shingles that two texts share to be taken for one story. Of 50 such pairs drawn
blindly from Reuters-21578 48 were; two were forms, filled in with other numbers."""

CROWD = 20
"""Articles that may share a band. A text that stands in more of them is a form (“Subscribe to read
on”), and each further one would be compared with all the others."""

BANDS = ("band_1", "band_2", "band_3", "band_4", "band_5")

Pair = tuple[int, int]
"""The ids of two articles, ascending."""

Prints = Mapping[int, list[int | None]]
"""The bands of articles, by id."""


def not_looked_at() -> QuerySet[Article]:
    """Those whose texts were not compared since they came or were changed, by ascending id."""
    stale = Q(print=None) | Q(print__made_at__lt=F("updated_at"))
    return Article.objects.filter(stale).order_by("pk")


@transaction.atomic
def duplicates_find(*, articles: Collection[int]) -> int:
    """Compare the texts of these articles (ids) with all others and bring their likely duplicates
    up to date; what editors decided stays. Returns how many pairs are new.

    At most five queries and five writes, however many articles.
    """
    texts = Article.objects.filter(pk__in=articles).order_by("pk").values_list("pk", "body")
    read = {pk: shingles(body) for pk, body in texts}
    known = ArticlePrint.objects.filter(article__in=read)
    before = list(known.values_list("pk", flat=True))
    ArticlePrint.objects.filter(pk__in=before).delete()
    prints = {pk: bands(found) for pk, found in read.items()}
    met = meetings(prints)
    insert(
        ArticlePrint(article_id=pk, **dict(zip(BANDS, print_, strict=True)))
        for pk, print_ in prints.items()
    )
    return _keep(before, dict(alike(met, read)))


def meetings(prints: Prints) -> set[Pair]:
    """The pairs that agree in a band, of which one at least is in `prints`.

    A band that is crowded already is taken out of `prints`, so that the crowd does not grow.
    """
    sharing = _sharing(prints)
    met: set[Pair] = set()
    for pk, print_ in prints.items():
        for at, band in enumerate(print_):
            if band is None:
                continue
            fellows = sharing[at, band]
            if len(fellows) >= CROWD:
                print_[at] = None
                continue
            met.update((min(pk, fellow), max(pk, fellow)) for fellow in fellows)
            fellows.append(pk)
    return met


def alike(met: Iterable[Pair], read: Mapping[int, Shingles]) -> Iterator[tuple[Pair, int]]:
    """Those pairs whose texts are alike, and by how many percent. read: the texts at hand."""
    strangers: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in met:
        if one in read and other in read:
            yield from _compared(one, read[one], other, read[other])
        else:
            stranger, known = (one, other) if other in read else (other, one)
            strangers[stranger].append(known)
    for part in in_parts(list(strangers)):
        texts = Article.objects.filter(pk__in=part).order_by().values_list("pk", "body")
        for pk, body in texts.iterator():
            text = shingles(body)
            for known in strangers[pk]:
                yield from _compared(pk, text, known, read[known])


def _compared(
    one: int, text: Shingles, other: int, other_text: Shingles
) -> Iterator[tuple[Pair, int]]:
    percent = int(100 * resemblance(text, other_text))
    if percent >= ALIKE:
        yield (min(one, other), max(one, other)), percent


def _sharing(prints: Prints) -> defaultdict[tuple[int, int], list[int]]:
    """Who has each band of `prints` already, by its place and number."""
    wanted = [
        {band for band in column if band is not None}
        for column in zip(*prints.values(), strict=True)
    ]
    sharing: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    if not any(wanted):
        return sharing
    agree = (Q((f"{name}__in", numbers)) for name, numbers in zip(BANDS, wanted, strict=True))
    rows = ArticlePrint.objects.filter(reduce(or_, agree)).order_by("pk")
    for pk, *print_ in rows.values_list("pk", *BANDS).iterator():
        for at, band in enumerate(print_):
            if band in wanted[at]:
                sharing[at, band].append(pk)
    return sharing


def _keep(before: Collection[int], found: Mapping[Pair, int]) -> int:
    """Let the pairs of some articles be those that were found. Returns how many are new.

    before: those of the articles that were looked at before; others are in no pair yet.
    """
    pairs = Duplicate.objects.filter(Q(one__in=before) | Q(other__in=before))
    held = {(pair.one_id, pair.other_id): pair for pair in pairs.select_for_update()}
    gone = [
        pair.pk
        for ids, pair in held.items()
        if ids not in found and pair.state == Duplicate.State.LIKELY
    ]
    moved = [
        pair for ids, pair in held.items() if found.get(ids, pair.resemblance) != pair.resemblance
    ]
    for pair in moved:
        pair.resemblance = found[pair.one_id, pair.other_id]
    new = [
        Duplicate(one_id=one, other_id=other, resemblance=percent)
        for (one, other), percent in sorted(found.items())
        if (one, other) not in held
    ]
    Duplicate.objects.filter(pk__in=gone).delete()
    Duplicate.objects.bulk_update(moved, ["resemblance"])
    Duplicate.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
