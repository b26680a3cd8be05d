"""Quotations in the record: found in the texts of articles, kept as editors have corrected them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction

from archive.inserting import insert
from archive.models import Article, Mention, Origin, PersonAlias, Quotation
from archive.quotations import FoundQuotation, find_quotations

Part = Quotation.Part
PARTS = (Part.HEADLINE, Part.STANDFIRST, Part.BODY)
COMPARED = ("text", "speaker_id", "surface", "how")
LONGEST_SURFACE = 200


class Present(NamedTuple):
    """Somebody whom an article mentions, with all the names they may be called by there."""

    pk: int
    name: str
    surfaces: tuple[str, ...]


@dataclass
class QuotationChanges:
    """What a reading of some articles changes in their quotations."""

    added: list[Quotation] = field(default_factory=list)
    changed: list[Quotation] = field(default_factory=list)
    dropped: list[Quotation] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.dropped)


@transaction.atomic
def quotations_extract(*, articles: Collection[int]) -> QuotationChanges:
    """Read the articles with these ids again, and bring their quotations up to date.

    What an editor corrected or dismissed stays so; it is only looked for where the text has moved.
    Five queries and at most three writes, however many articles.
    """
    changes = quotations_compare(articles=articles)
    Quotation.objects.filter(pk__in=[one.pk for one in changes.dropped]).delete()
    Quotation.objects.bulk_update(changes.changed, (*COMPARED, "start", "end"))
    insert(changes.added)
    return changes


@transaction.atomic
def quotations_compare(*, articles: Collection[int]) -> QuotationChanges:
    """What `quotations_extract` would change."""
    changes = QuotationChanges()
    people = _people_in(articles)
    held = _held_by(articles)
    for article in Article.objects.filter(pk__in=articles).only(*PARTS).order_by("pk"):
        _compare(article, people[article.pk], held[article.pk], changes)
    return changes


def place_of(words: str, text: str, near: int = 0) -> int | None:
    """Where in a text words stand: of several places the one nearest to `near`."""
    before = text.rfind(words, 0, near + len(words))
    behind = text.find(words, near)
    places = [place for place in (before, behind) if place >= 0]
    return min(places, key=lambda place: abs(place - near), default=None)


def _people_in(articles: Collection[int]) -> Mapping[int, list[Present]]:
    mentions = Mention.objects.filter(article__in=articles).select_related("person")
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    mentioned = mentions.order_by().values("person")
    for person, name in PersonAlias.objects.filter(person__in=mentioned).values_list(
        "person", "name"
    ):
        aliases[person].append(name)
    people: defaultdict[int, list[Present]] = defaultdict(list)
    for mention in mentions:
        names = (*mention.surfaces, *aliases[mention.person_id])
        present = Present(mention.person_id, mention.person.name, names)
        people[mention.article_id].append(present)
    return people


def _held_by(articles: Collection[int]) -> Mapping[int, list[Quotation]]:
    held: defaultdict[int, list[Quotation]] = defaultdict(list)
    # An editor may be about to correct one of them: whoever is second sees what the first did.
    for one in Quotation.objects.select_for_update().filter(article__in=articles):
        held[one.article_id].append(one)
    return held


def _compare(
    article: Article, people: Sequence[Present], held: list[Quotation], changes: QuotationChanges
) -> None:
    edited = [one for one in held if one.origin == Origin.EDITOR]
    changes.changed += _moved(article, edited)
    known = {(one.part, one.start, one.end): one for one in held if one.origin != Origin.EDITOR}
    for found in _found_in(article, people):
        if any(_overlap(found, one) for one in edited):
            continue
        before = known.pop((found.part, found.start, found.end), None)
        if before is None:
            changes.added.append(found)
        elif _take_over(before, found):
            changes.changed.append(before)
    changes.dropped += known.values()


def _found_in(article: Article, people: Sequence[Present]) -> Iterator[Quotation]:
    """The quotations that the rules find, not saved."""
    by_name = _ids_by_name(people)
    for part in PARTS:
        for found in find_quotations(getattr(article, part), people):
            yield _row(article, part, found, by_name.get(found.speaker))


def _ids_by_name(people: Iterable[Present]) -> dict[str, int | None]:
    """Whom a name means, nobody where two of the article's people have it."""
    ids: dict[str, int | None] = {}
    for person in people:
        ids[person.name] = None if person.name in ids else person.pk
    return ids


def _row(article: Article, part: str, found: FoundQuotation, speaker: int | None) -> Quotation:
    return Quotation(
        article=article,
        part=part,
        start=found.start,
        end=found.end,
        text=found.text,
        speaker_id=speaker,
        surface=found.surface[:LONGEST_SURFACE],
        how=found.how.value,
        origin=Origin.EXTRACTED,
    )


def _moved(article: Article, edited: Iterable[Quotation]) -> Iterator[Quotation]:
    """The editors' quotations that stand elsewhere now, or nowhere."""
    taken: set[tuple[str, int]] = set()
    for one in edited:
        start = place_of(one.text, getattr(article, one.part), one.start or 0)
        if start is not None and (one.part, start) in taken:
            start = None  # said twice before, and now once
        if start is not None:
            taken.add((one.part, start))
        if start != one.start:
            one.start = start
            one.end = None if start is None else start + len(one.text)
            yield one


def _overlap(found: Quotation, edited: Quotation) -> bool:
    if found.part != edited.part or edited.start is None or edited.end is None:
        return False
    return bool(found.start < edited.end and edited.start < found.end)  # type: ignore[operator]


def _take_over(before: Quotation, found: Quotation) -> bool:
    """Give a row what is found now. Whether that is anything else."""
    other = [name for name in COMPARED if getattr(before, name) != getattr(found, name)]
    for name in other:
        setattr(before, name, getattr(found, name))
    return bool(other)
