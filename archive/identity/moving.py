"""What hangs on a person, taken to another and back.

Each step answers with what its way back needs, as JSON can keep it. The way back leaves alone what
an editor or an import has changed since: it undoes the step, not them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from archive.identity.ground import in_parts
from archive.models import Article, Mention, Origin, Person, PersonAlias, Quotation

COLUMNS = ("origin", "surfaces", "count", "position")
STRENGTH = (Origin.EXTRACTED, Origin.SOURCE, Origin.EDITOR)
"""Whose word counts for more, the weakest first."""

Kept = dict[str, Any]


def move_mentions(lost: Person, kept: Person) -> Kept:
    """In an article that mentions both, the two mentions become one."""
    shared = Mention.objects.filter(person=kept, article__in=lost.mentions.values("article"))
    held = {mention.article_id: mention for mention in shared}
    doubled = [mention for mention in lost.mentions.all() if mention.article_id in held]
    folded = [_fold(mention, held[mention.article_id]) for mention in doubled]
    for part in in_parts([mention.pk for mention in doubled]):
        Mention.objects.filter(pk__in=part).delete()
    Mention.objects.bulk_update(held.values(), COLUMNS, batch_size=500)
    moved = list(lost.mentions.values_list("pk", flat=True))
    lost.mentions.update(person=kept)
    return {"mentions": moved, "folded": folded}


def move_mentions_back(moved: Kept, kept: Person, lost: Person) -> None:
    for part in in_parts(moved["mentions"]):
        Mention.objects.filter(pk__in=part, person=kept).update(person=lost)
    folded = {one["article"]: one for one in moved["folded"]}
    for part in in_parts(list(folded)):
        # Where an editor has removed the one mention since, neither comes back.
        held = list(Mention.objects.filter(person=kept, article__in=part))
        for mention in held:
            _unfold(mention, **folded[mention.article_id])
        Mention.objects.bulk_update(held, COLUMNS, batch_size=500)
        restore_mentions((folded[mention.article_id]["lost"] for mention in held), lost)


def take_mentions(person: Person) -> list[Kept]:
    """Take all of them away."""
    taken = [said(mention) for mention in person.mentions.all()]
    person.mentions.all().delete()
    return taken


def restore_mentions(taken: Iterable[Kept], person: Person) -> None:
    """Those whose articles there still are."""
    by_article = {one["article_id"]: one for one in taken}
    for part in in_parts(list(by_article)):
        there = Article.objects.filter(pk__in=part).order_by().values_list("pk", flat=True)
        Mention.objects.bulk_create(
            (Mention(person=person, **by_article[pk]) for pk in there), ignore_conflicts=True
        )


def move_quotations(lost: Person, kept: Person | None) -> list[int]:
    moved = list(lost.quotations.values_list("pk", flat=True))
    lost.quotations.update(speaker=kept)
    return moved


def move_quotations_back(moved: Sequence[int], kept: Person | None, lost: Person) -> None:
    for part in in_parts(moved):
        Quotation.objects.filter(pk__in=part, speaker=kept).update(speaker=lost)


def lend_names(lost: Person, kept: Person) -> list[int]:
    """The names of one become names of the other as well."""
    origins = {lost.name: Origin.EDITOR}
    origins |= {alias.name: Origin(alias.origin) for alias in lost.aliases.all()}
    held = {kept.name, *kept.aliases.values_list("name", flat=True)}
    lent = [add_alias(kept, name, origins[name]) for name in origins if name not in held]
    return [alias.pk for alias in lent]


def add_alias(person: Person, name: str, origin: Origin) -> PersonAlias:
    return PersonAlias.objects.create(person=person, name=name, origin=origin)


def fill_gaps(lost: Person, kept: Person) -> dict[str, str]:
    """What one has to say, and the other has nothing about."""
    filled = {
        field: getattr(lost, field)
        for field in ("note", "wikidata")
        if getattr(lost, field) and not getattr(kept, field)
    }
    for field, value in filled.items():
        setattr(kept, field, value)
    return filled


def said(mention: Mention) -> Kept:
    """All that a mention says but whom it is of."""
    return {"article_id": mention.article_id} | {name: getattr(mention, name) for name in COLUMNS}


def _fold(lost: Mention, kept: Mention) -> Kept:
    """Let one mention say what both say."""
    folded = {"article": kept.article_id, "lost": said(lost), "before": said(kept)}
    kept.surfaces = list(dict.fromkeys([*kept.surfaces, *lost.surfaces]))
    kept.count += lost.count
    kept.origin = max(kept.origin, lost.origin, key=lambda origin: STRENGTH.index(Origin(origin)))
    kept.position = min(kept.position, lost.position)
    return folded | {"after": said(kept)}


def _unfold(mention: Mention, lost: Kept, before: Kept, after: Kept, **_: object) -> None:
    """What the mention says that it did not say before, it says no more."""
    gone = set(lost["surfaces"]) - set(before["surfaces"])
    mention.surfaces = [surface for surface in mention.surfaces if surface not in gone]
    mention.count = max(mention.count - lost["count"], 1)
    for name in ("origin", "position"):
        if getattr(mention, name) == after[name]:
            setattr(mention, name, before[name])
