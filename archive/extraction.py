"""People in the record: found again in the texts of articles, kept as editors have corrected them.

Imports read what they bring in by the same rules (`archive.mentions`).
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction

from archive.attribution import quotations_extract
from archive.identity.lookup import current_ids, people_meant
from archive.mentions import (
    COLUMNS,
    Merged,
    NamedPerson,
    by_person,
    is_given,
    merged,
    named_in,
)
from archive.models import Article, Mention, Person, PersonAlias
from archive.names import name_key

PARTS = ("headline", "standfirst", "body")

Held = Mapping[int, Sequence[Mention]]
Read = Mapping[tuple[str, ...], Sequence[NamedPerson]]


@dataclass
class MentionChanges:
    """What a reading of some articles changes. new: the names of people who were not there before,
    by id."""

    added: list[Mention] = field(default_factory=list)
    changed: list[Mention] = field(default_factory=list)
    dropped: list[Mention] = field(default_factory=list)
    remembering: list[Article] = field(default_factory=list)
    new: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.dropped)

    @property
    def articles(self) -> set[int]:
        return {one.article_id for one in (*self.added, *self.changed, *self.dropped)}

    def take(self, article: Article, now: Merged) -> None:
        self.added += now.added
        self.changed += now.changed
        self.dropped += now.dropped
        if now.remembered != article.imported_fields.get("people", []):
            article.imported_fields["people"] = now.remembered
            self.remembering.append(article)


def people_extract(*, articles: Collection[int], newcomers: bool = True) -> MentionChanges:
    """Read the articles with these ids again, and bring up to date whom they mention and who said
    what in them.

    newcomers: whether those are added whom an article does not mention yet. At the desk they are
    offered to the editor instead (`archive.offering`).

    Whom editors listed stays, whom they took out stays out, and where the source said who is in an
    article nobody is looked for. As many queries for many articles as for one.
    """
    # Before the transaction: it takes long, and editors should not have to wait for it.
    texts = Article.objects.filter(pk__in=articles).order_by().values_list(*PARTS)
    read = {parts: named_in(*parts) for parts in texts}
    with transaction.atomic():
        changes = _compare(articles, read, newcomers)
        Mention.objects.filter(pk__in=[one.pk for one in changes.dropped]).delete()
        Mention.objects.bulk_update(changes.changed, COLUMNS)
        Mention.objects.bulk_create(changes.added)
        Article.objects.bulk_update(changes.remembering, ["imported_fields"])
        quotations_extract(articles=changes.articles)
    return changes


def people_compare(*, articles: Collection[int]) -> MentionChanges:
    """What `people_extract` would change: it is done, and undone."""
    with transaction.atomic():
        changes = people_extract(articles=articles)
        transaction.set_rollback(True)
    return changes


def _compare(pks: Collection[int], read: Read, newcomers: bool) -> MentionChanges:
    """The changes, not written; but who is new is made. read: whom texts name, which may be others
    than the articles have by now."""
    held = _held_by(pks)
    articles = _locked(pks, held)
    named = {pk: _named_in(article, read) for pk, article in articles.items()}
    wanted, new = _wanted(named, names_there(held), newcomers)
    remembered = {pk: one.imported_fields.get("people", []) for pk, one in articles.items()}
    current = current_ids(chain.from_iterable(remembered.values()))
    changes = MentionChanges(new=new)
    for pk, article in articles.items():
        changes.take(article, merged(pk, held[pk], wanted[pk], remembered[pk], current))
    _give_names(changes.added)
    return changes


def _held_by(articles: Collection[int]) -> Held:
    held: defaultdict[int, list[Mention]] = defaultdict(list)
    # An editor may be about to correct one of them: whoever is second sees what the first did.
    mentions = Mention.objects.select_for_update(of=("self",)).select_related("person")
    for mention in mentions.filter(article__in=articles).order_by("pk"):
        held[mention.article_id].append(mention)
    return held


def _locked(pks: Collection[int], held: Held) -> dict[int, Article]:
    """The articles whose texts say who is in them."""
    rows = Article.objects.select_for_update().only("imported_fields", *PARTS)
    articles = rows.filter(pk__in=pks).order_by("pk")
    return {one.pk: one for one in articles if not is_given(one, held[one.pk])}


def _named_in(article: Article, read: Read) -> Sequence[NamedPerson]:
    parts = tuple(getattr(article, name) for name in PARTS)
    return read[parts] if parts in read else named_in(*parts)


def names_there(held: Held) -> Mapping[int, Mapping[str, int]]:
    """Who is mentioned in each article already, by the key of each name they have."""
    keys: defaultdict[int, set[str]] = defaultdict(set)
    people = {mention.person_id for mentions in held.values() for mention in mentions}
    aliases = PersonAlias.objects.filter(person__in=people).order_by()
    for person, key in aliases.values_list("person", "key"):
        keys[person].add(key)
    there: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for article, mentions in held.items():
        for mention in mentions:
            for key in (*keys[mention.person_id], mention.person.key):
                there[article].setdefault(key, mention.person_id)
    return there


def _wanted(
    named: Mapping[int, Sequence[NamedPerson]],
    there: Mapping[int, Mapping[str, int]],
    newcomers: bool,
) -> tuple[Mapping[int, Mapping[int, NamedPerson]], Mapping[int, str]]:
    """Whom the names of each article mean: who is mentioned there already and has the name, whether
    or not a namesake is known longer; else whoever an import would take it for. And who is new."""
    others = {
        one.name: one.origin
        for article, people in named.items()
        for one in people
        if name_key(one.name) not in there[article]
    }
    ids, new = people_meant(others if newcomers else {})
    wanted = {}
    for article, people in named.items():
        here = {one.name: there[article].get(name_key(one.name)) for one in people}
        known = {name: pk for name, pk in here.items() if pk is not None}
        wanted[article] = by_person(people, ChainMap(known, ids))
    return wanted, new


def _give_names(mentions: Sequence[Mention]) -> None:
    """The people of mentions that were just made, for whoever tells of them."""
    people = Person.objects.in_bulk({mention.person_id for mention in mentions})
    for mention in mentions:
        mention.person = people[mention.person_id]
