"""The decisions themselves, and their undoing."""

from collections.abc import Callable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.identity import moving
from archive.identity.ground import (
    IdentityError,
    Somebody,
    allow,
    are_apart,
    locked,
    require_standing,
)
from archive.models import FormerSlug, Likeness, Origin, Person, PersonDecision
from archive.names import name_key
from archive.slugs import free_slug

Kind = PersonDecision.Kind


@transaction.atomic
def person_merge(*, lost: Person, kept: Person, by: Somebody) -> PersonDecision:
    """The two are one, under the name of `kept`: mentions, quotations and names go there.

    The slug of `lost` leads to `kept` from now on, and an import that names `lost` means `kept`.
    Raises IdentityError if an editor keeps them apart.
    """
    by = allow(by)
    lost, kept = locked(lost, kept)
    if are_apart(lost, kept):
        raise IdentityError(
            _("“%(one)s” and “%(other)s” are kept apart. Undo that first.")
            % {"one": lost, "other": kept}
        )
    moved = {
        **moving.move_mentions(lost, kept),
        "quotations": moving.move_quotations(lost, kept),
        "aliases": moving.lend_names(lost, kept),
        "merged": list(lost.merged.values_list("pk", flat=True)),
        "filled": moving.fill_gaps(lost, kept),
    }
    lost.merged.update(merged_into=kept)
    lost.merged_into = kept
    lost.save(update_fields=["merged_into"])
    kept.save(update_fields=["note", "wikidata"])
    _forget_likenesses(lost)
    return PersonDecision.objects.create(
        kind=Kind.MERGED, person=lost, other=kept, by=by, moved=moved
    )


@transaction.atomic
def person_split(
    *, person: Person, name: str, articles: Sequence[int], by: Somebody
) -> PersonDecision:
    """Some of a person's articles (ids) are about somebody else, who gets this name.

    What names the person in other articles, now or in an import, means `person` as before. Answers
    with the decision, whose `other` is new. Raises IdentityError if no article is left to either.
    """
    by = allow(by)
    (person,) = locked(person)
    mentions = person.mentions.filter(article__in=articles)
    moved = list(mentions.values_list("pk", flat=True))
    if not moved or len(moved) == person.mentions.count():
        raise IdentityError(_("Choose some of the articles, and not all of them."))
    other = Person.objects.create(name=name, slug=free_slug(Person, name))
    person.quotations.filter(article__in=articles).update(speaker=other)
    mentions.update(person=other, origin=Origin.EDITOR)
    return PersonDecision.objects.create(
        kind=Kind.SPLIT, person=person, other=other, by=by, moved={"mentions": moved}
    )


@transaction.atomic
def person_deny_name(*, person: Person, name: str, by: Somebody) -> PersonDecision:
    """An alias of theirs is somebody else's name: who has it, or a new person, is kept apart.

    Without that an import might join the name to the person again.
    """
    allow(by)
    (person,) = locked(person)
    person.aliases.filter(name=name).delete()
    namesakes = Person.objects.filter(key=name_key(name), merged_into=None, not_a_person=False)
    other = namesakes.exclude(pk=person.pk).order_by("pk").first()
    other = other or Person.objects.create(name=name, slug=free_slug(Person, name))
    return person_keep_apart(one=person, other=other, by=by)


@transaction.atomic
def person_keep_apart(*, one: Person, other: Person, by: Somebody) -> PersonDecision:
    """They are two, and nobody is asked again whether they are one."""
    by = allow(by)
    one, other = sorted(locked(one, other), key=lambda person: person.pk)
    Likeness.objects.filter(one=one, other=other).delete()
    return PersonDecision.objects.create(kind=Kind.APART, person=one, other=other, by=by)


@transaction.atomic
def person_mark_not_a_person(*, person: Person, by: Somebody) -> PersonDecision:
    """The name is a firm's, a ship's, a slip: it is mentioned no more, and no import brings it."""
    by = allow(by)
    (person,) = locked(person)
    moved = {
        "mentions": moving.take_mentions(person),
        "quotations": moving.move_quotations(person, None),
    }
    person.not_a_person = True
    person.save(update_fields=["not_a_person"])
    _forget_likenesses(person)
    return PersonDecision.objects.create(kind=Kind.NOT_A_PERSON, person=person, by=by, moved=moved)


@transaction.atomic
def person_rename(*, person: Person, name: str, slug: str, by: Somebody) -> None:
    """Another canonical name, another slug, or both.

    The old name stays as an alias, so that an import which has it finds the person; addresses with
    the old slug lead on. The slug is nobody else's: the caller has seen to it.
    """
    allow(by)
    (held,) = locked(person)
    if held.name != name:
        held.aliases.filter(name=name).delete()
        held.aliases.get_or_create(name=held.name, defaults={"origin": Origin.EDITOR})
    if held.slug != slug:
        FormerSlug.objects.filter(slug=slug).delete()
        FormerSlug.objects.update_or_create(slug=held.slug, defaults={"person": held})
    held.name, held.slug, held.compared = name, slug, False
    held.save(update_fields=["name", "key", "kin", "slug", "compared"])
    person.refresh_from_db(fields=["name", "key", "kin", "slug", "compared"])


@transaction.atomic
def decision_undo(*, decision: PersonDecision, by: Somebody) -> None:
    """Make it as if it had not been decided; what was changed since stays. Keeps the decision.

    Raises IdentityError if it was undone already, or if a later decision stands on it.
    """
    by = allow(by)
    decision = PersonDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.undone_at:
        raise IdentityError(_("This was undone already."))
    # First of all: what is undone next may be what an active decision forbids.
    decision.undone_at, decision.undone_by = timezone.now(), by
    decision.save(update_fields=["undone_at", "undone_by"])
    UNDOING[Kind(decision.kind)](decision, by)


def _undo_merge(decision: PersonDecision, by: User) -> None:
    lost, kept = decision.person, _other_of(decision)
    require_standing(kept)
    moved = decision.moved
    moving.move_mentions_back(moved, kept, lost)
    moving.move_quotations_back(moved["quotations"], kept, lost)
    kept.aliases.filter(pk__in=moved["aliases"]).delete()
    Person.objects.filter(pk__in=moved["merged"], merged_into=kept).update(merged_into=lost)
    for field, value in moved["filled"].items():
        if getattr(kept, field) == value:
            setattr(kept, field, "")
    kept.save(update_fields=["note", "wikidata"])
    lost.merged_into, lost.compared = None, False
    lost.save(update_fields=["merged_into", "compared"])


def _undo_split(decision: PersonDecision, by: User) -> None:
    """To join what was divided is to merge: whatever the new person has gained comes along."""
    person_merge(lost=_other_of(decision), kept=decision.person, by=by)


def _undo_apart(decision: PersonDecision, by: User) -> None:
    Person.objects.filter(pk=decision.person_id).update(compared=False)


def _undo_not_a_person(decision: PersonDecision, by: User) -> None:
    person = decision.person
    person.not_a_person, person.compared = False, False
    person.save(update_fields=["not_a_person", "compared"])
    moving.restore_mentions(decision.moved["mentions"], person)
    moving.move_quotations_back(decision.moved["quotations"], None, person)


UNDOING: dict[Kind, Callable[[PersonDecision, User], None]] = {
    Kind.MERGED: _undo_merge,
    Kind.SPLIT: _undo_split,
    Kind.APART: _undo_apart,
    Kind.NOT_A_PERSON: _undo_not_a_person,
}


def _other_of(decision: PersonDecision) -> Person:
    assert decision.other is not None  # noqa: S101  only what is no person's has no other
    return decision.other


def _forget_likenesses(person: Person) -> None:
    person.likenesses.all().delete()
    person.likenesses_of.all().delete()
