"""Merging, dividing, renaming, importing, extracting in any order: nothing of anybody's is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from archive import identity
from archive.extraction import people_compare, people_extract
from archive.identity.lookup import person_ids
from archive.importers.base import Entry, Record
from archive.importers.writing import store
from archive.importers.writing.plan import plan
from archive.importers.writing.prepared import prepared
from archive.models import Article, Mention, Origin, Person, PersonDecision, Source
from archive.people import find_people
from archive.slugs import free_slug
from search.models import IndexChange
from search.reading import Names, documents

NAMES = ("Ann Vale", "Ann B. Vale", "Anna Vale", "Ben Roy", "Benn Roy", "Merrill Lynch")
ARTICLES = ("a", "b", "c")
PICK = st.integers(0, 20)

Mentioned = dict[int, set[int]]


def mentioned() -> Mentioned:
    """Whom each article mentions."""
    found: Mentioned = {pk: set() for pk in Article.objects.values_list("pk", flat=True)}
    for article, person in Mention.objects.values_list("article_id", "person_id"):
        found[article].add(person)
    return found


def indexed() -> dict[int, str]:
    """What the index has to say of each article."""
    ids = list(Article.objects.values_list("pk", flat=True))
    return {document.id: document.hash() for document, _ in documents(ids, Names())} if ids else {}


def corrected() -> set[tuple[object, ...]]:
    """Mentions that are nobody's guess."""
    told = Mention.objects.exclude(origin=Origin.EXTRACTED)
    return set(told.values_list("pk", "article", "person", "origin"))


def now(person: int) -> int:
    return Person.objects.get(pk=person).merged_into_id or person


class Archive(RuleBasedStateMachine):
    """An archive of three articles, with editors and a source that do not know of each other.

    added, removed: what editors said of an article and a person. divided: the articles that were
    taken from a person. given: names that the source has used.
    """

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.editor = User.objects.create_superuser("editor")
        self.version = 0
        self.added: set[tuple[int, int]] = set()
        self.removed: set[tuple[int, int]] = set()
        self.divided: set[tuple[int, int]] = set()
        self.given: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def standing(self) -> list[Person]:
        return list(Person.objects.filter(merged_into=None, not_a_person=False).order_by("pk"))

    def person(self, pick: int) -> Person:
        people = self.standing()
        return people[pick % len(people)]

    def step(self, change: Callable[[], Any]) -> None:
        """Make a change, and see that the outbox has what it changes for the index.

        What cannot be done changes nothing.
        """
        IndexChange.objects.all().delete()
        before, mentions = indexed(), mentioned()
        try:
            with transaction.atomic():
                change()
        except identity.IdentityError:
            assert (indexed(), mentioned()) == (before, mentions)
        after = indexed()
        told = set(IndexChange.objects.values_list("article_id", flat=True))
        assert {pk for pk in before | after if before.get(pk) != after.get(pk)} <= told

    @invariant()
    def what_editors_added_is_there(self) -> None:
        who = mentioned()
        assert all(now(person) in who[article] for article, person in self.added)

    @rule(
        article=st.sampled_from(ARTICLES),
        names=st.lists(st.sampled_from(NAMES), max_size=3),
        lists=st.booleans(),
    )
    def imported(self, article: str, names: list[str], lists: bool) -> None:
        """The source lists these people, or has a text that names them."""
        self.version += 1
        record = Record(
            external_id=article,
            source="Courier",
            headline=f"{self.version}",
            people=tuple(names) if lists else None,
            paragraphs=tuple(f"The captain {name} waved." for name in names),
        )
        found = names if lists else [person.name for person in find_people(record.body)]
        are_known = self.given >= set(found)
        people, before, removed = Person.objects.count(), mentioned(), self.removed_now()
        self.step(lambda: store.write(plan([prepared(Entry("f", 1, "", record))]), None))
        self.given |= set(found)
        if are_known:
            assert Person.objects.count() == people, "whoever was renamed or merged is found again"
        pk = Article.objects.get(external_id=article).pk
        for person in person_ids(dict.fromkeys(found, Origin.SOURCE)).values():
            corrected = {(pk, person)} & (removed | self.divided)
            assert person in mentioned()[pk] or corrected, "what the source names"
        back = mentioned()[pk] - before.get(pk, set())
        assert not {(pk, person) for person in back} & removed, "what an editor removed"

    @rule()
    def extracted(self) -> None:
        """Every text is read again."""
        articles = list(Article.objects.values_list("pk", flat=True))
        before, corrections = mentioned(), corrected()
        would = people_compare(articles=articles)
        assert mentioned() == before, "a comparison changes nothing"
        self.step(lambda: people_extract(articles=articles))
        back = {(pk, who) for pk, people in mentioned().items() for who in people - before[pk]}
        assert {(one.article_id, one.person.name) for one in would.added} == {
            (pk, Person.objects.get(pk=who).name) for pk, who in back
        }
        assert not back & {(pk, now(who)) for pk, who in self.removed}, "what an editor removed"
        assert not back & self.divided
        assert corrected() == corrections, "what an editor or the source listed"
        assert not people_extract(articles=articles), "the second time nothing changes"

    def removed_now(self) -> set[tuple[int, int]]:
        """Whom editors removed who were named by the source last. Whom it names anew is another
        matter."""
        named = {
            (article.pk, now(person))
            for article in Article.objects.all()
            for person in article.imported_fields.get("people", ())
        }
        return named & {(article, now(person)) for article, person in self.removed}

    @precondition(lambda self: self.standing())
    @rule(one=PICK, other=PICK)
    def merged(self, one: int, other: int) -> None:
        lost, kept, before = self.person(one), self.person(other), mentioned()
        self.step(lambda: identity.person_merge(lost=lost, kept=kept, by=self.editor))
        if Person.objects.get(pk=lost.pk).merged_into_id == kept.pk:
            moved = {
                pk: {kept.pk if p == lost.pk else p for p in who} for pk, who in before.items()
            }
            assert mentioned() == moved

    @precondition(lambda self: self.standing())
    @rule(one=PICK, name=st.sampled_from(NAMES), article=PICK)
    def split(self, one: int, name: str, article: int) -> None:
        person = self.person(one)
        articles = list(person.mentions.order_by("pk").values_list("article_id", flat=True))
        chosen = articles[article % len(articles) :][:1] if articles else []
        self.step(
            lambda: identity.person_split(person=person, name=name, articles=chosen, by=self.editor)
        )
        made = PersonDecision.objects.filter(kind="split", person=person, undone_at=None).first()
        if made and len(articles) > 1:
            self.divided |= {(pk, person.pk) for pk in chosen}
            self.added = {
                (pk, made.other_id if pk in chosen and now(who) == person.pk else who)
                for pk, who in self.added
            }

    @precondition(lambda self: self.standing())
    @rule(one=PICK, name=st.sampled_from([*NAMES, "Somebody Else"]))
    def renamed(self, one: int, name: str) -> None:
        person, before = self.person(one), mentioned()
        slug = person.slug if person.name == name else free_slug(Person, name)
        self.step(
            lambda: identity.person_rename(person=person, name=name, slug=slug, by=self.editor)
        )
        assert mentioned() == before
        assert Person.objects.get(pk=person.pk).name == name

    @precondition(lambda self: self.standing())
    @rule(one=PICK, other=PICK)
    def kept_apart(self, one: int, other: int) -> None:
        pair = {"one": self.person(one), "other": self.person(other)}
        self.step(lambda: identity.person_keep_apart(**pair, by=self.editor))

    @precondition(lambda self: PersonDecision.objects.exists())
    @rule(which=PICK)
    def undone(self, which: int) -> None:
        decisions = list(PersonDecision.objects.order_by("pk"))
        decision, before = decisions[which % len(decisions)], mentioned()
        self.step(lambda: identity.decision_undo(decision=decision, by=self.editor))
        for article, who in before.items():
            assert len(mentioned()[article]) >= len(who) - (decision.kind == "split")
        is_merge = (
            decision.kind == "merged"
            and decision.undone_at is None  # and was not undone before
            and Person.objects.get(pk=decision.person_id).is_standing
        )
        for folded in decision.moved.get("folded", ()) if is_merge else ():
            both = {decision.person_id, decision.other_id}
            now = mentioned()[folded["article"]] & both
            assert now == both or decision.other_id not in before[folded["article"]]

    @precondition(lambda self: self.standing() and Article.objects.exists())
    @rule(one=PICK, article=PICK, adds=st.booleans())
    def corrected(self, one: int, article: int, adds: bool) -> None:
        """An editor lists somebody in an article, or takes somebody out of it."""
        person, articles = self.person(one), list(Article.objects.order_by("pk"))
        chosen = articles[article % len(articles)]
        mine = {(pk, who) for pk, who in self.added if (pk, now(who)) == (chosen.pk, person.pk)}
        is_there = chosen.mentions.filter(person=person).exists()
        if adds and not is_there:
            self.step(lambda: chosen.mentions.create(person=person, origin=Origin.EDITOR))
            self.added.add((chosen.pk, person.pk))
            self.removed = {
                (pk, who) for pk, who in self.removed if (pk, now(who)) != (chosen.pk, person.pk)
            }
        elif is_there and not adds:
            self.added -= mine
            self.step(lambda: chosen.mentions.filter(person=person).delete())
            # Whoever was merged into them is meant too, and stays out when that is undone.
            meant = {person.pk, *person.merged.values_list("pk", flat=True)}
            self.removed |= {(chosen.pk, who) for who in meant}


@pytest.mark.django_db
def test_nothing_is_lost_in_any_order():
    Source.objects.create(name="Courier", slug="courier")
    run_state_machine_as_test(
        Archive,
        settings=settings(
            max_examples=80,
            stateful_step_count=12,
            phases=(Phase.explicit, Phase.generate),  # a step takes too long to look for fewer
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
