"""Articles with all that hangs on one, a canary in every field; and what keeps them from readers.

What the tables of GIVEN do not name is filled in by introspection: a canary wherever words are
held, and this article, its person and the rest of it wherever a row points to one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from archive.bulk import Kind
from archive.models import (
    Article,
    ArticleVersion,
    Duplicate,
    Likeness,
    Media,
    Mention,
    Origin,
    Person,
    PersonDecision,
    Quotation,
    RelatedArticle,
    Section,
    Source,
    Status,
    Tag,
    Transition,
)
from search.models import BulkChange, BulkItem, DueMark, IndexChange
from tests.leaks.canaries import Say, canary, only, record, value_of, values_of

SOON = timedelta(days=1)
MOLE = "mole"
"""Who wrote the secrets."""


@dataclass(frozen=True, slots=True)
class State:
    """What keeps an article from the public. fields: those of the article, asked at its time."""

    letter: str
    name: str
    number: int
    status: Status = Status.PUBLISHED
    dated: bool = True
    comes: bool = False
    embargoed: bool = False
    deleted: bool = False

    def fields(self, now: datetime) -> dict[str, Any]:
        """What the article is like in this state."""
        earlier = datetime.fromisoformat("2001-03-04T12:00+00:00") if self.dated else None
        return {
            "status": self.status,
            "first_published": now + SOON if self.comes else earlier,
            "embargo_until": now + SOON if self.embargoed else None,
        }

    def published(self) -> "State":
        """The same article, open to the public."""
        changes = {"status": Status.PUBLISHED, "comes": False, "embargoed": False}
        return replace(self, **changes, deleted=False)


STATES = (
    State("d", "draft", 4711, Status.DRAFT),
    State("r", "in review", 4712, Status.IN_REVIEW),
    State("s", "scheduled", 4713, Status.SCHEDULED, comes=True),
    State("f", "published, its date to come", 4714, comes=True),
    State("e", "under embargo", 4715, embargoed=True),
    State("u", "undated, under embargo", 4716, dated=False, embargoed=True),
    State("w", "withdrawn", 4717, Status.WITHDRAWN),
    State("x", "deleted", 4718, deleted=True),
)
NAMES = {state.letter: state.name for state in STATES} | {"o": "edited since", "b": "of the desk"}

# Shared words, so that a secret would count wherever something is counted; and sentences, so that
# quotations are where they are said to be.
SENTENCES = {
    "article.headline": "Harbour {} resigning",
    "article.standfirst": "A {} of the bridge",
    "person.name": "Zoe {}",
    "personalias.name": "Zed {}",
    "person.slug": "zoe-{}",
}
BODY = (
    "The harbour has a {body} note of {person} at the pier. “{quote} here,” Zoe {person} said. "
    "“Nothing there,” Ann Vale said."
)
PAIRS = {"articleversion.people", "articleversion.tags"}
"""Lists of an id and a name."""


def secret(state: State, public: Article, say: Say = only) -> "Rows":
    """An article in a state, with a row of its own in every table, and many ties to `public`."""
    rows = Rows(state, public, say)
    for model in in_order():
        if model is not DueMark:
            rows.make(model)
    rows.article.tags.add(rows.made[Tag])
    tie(rows.article, public)
    if state.deleted:
        rows.article.delete()
    return rows


def secret_of(state: State, public: Article) -> "Rows":
    """An article in a state, with all that is its own; it is filed as `public` is."""
    rows = Rows(state, public)
    rows.made |= {
        model: getattr(public, name) for name, model in (("source", Source), ("section", Section))
    } | {Person: public.people.first()}
    for model in in_order():
        is_own = model is Article or Article in points_to(model)
        if is_own and model not in (IndexChange, BulkItem):
            rows.make(model)
    tie(rows.article, public)
    return rows


def tie(article: Article, public: Article) -> None:
    """The person and the tags of a public article, her words, and pointers in both directions."""
    article.tags.add(*public.tags.all())
    person = public.people.first()
    Mention.objects.get_or_create(article=article, person=person, defaults={"position": 9})
    RelatedArticle.objects.create(article=public, target=article)
    RelatedArticle.objects.create(article=article, target=public)
    start = article.body.index("Nothing")
    Quotation.objects.create(
        article=article, speaker=person, text="Nothing there,", start=start, end=start + 14
    )


class Rows:
    """The rows of one secret: `made` has one of each model."""

    def __init__(self, state: State, public: Article, say: Say = only) -> None:
        self.state, self.public, self.say = state, public, say
        editor, _ = User.objects.get_or_create(username=MOLE)
        self.made: dict[type[models.Model], Any] = {User: editor}

    @property
    def article(self) -> Article:
        found: Article = self.made[Article]
        return found

    def make(self, model: type[models.Model]) -> None:
        values = values_of(model, self.state.letter, self.say)
        for field in model._meta.concrete_fields:
            name, column = f"{model._meta.model_name}.{field.name}", field.name
            if name in SENTENCES:
                values[column] = SENTENCES[name].format(values[column])[: field.max_length]
            elif name in PAIRS:
                values[column] = [[1, values[column][0]]]
            elif field.is_relation and field.related_model in self.made:
                values[column] = self.made[field.related_model]
            elif is_needed(field):
                values[column] = timezone.now() if "Date" in field.get_internal_type() else 1
        given = GIVEN.get(model)
        values |= given(self) if given else {}
        self.made[model] = model._default_manager.create(**values)


def is_needed(field: Any) -> bool:
    """Does it want a number or a time?"""
    is_given = field.null or field.has_default() or field.auto_created or field.primary_key
    kinds = (models.IntegerField, models.DateTimeField)
    return isinstance(field, kinds) and not is_given and not field.is_relation


def in_order() -> list[type[models.Model]]:
    """Every table of ours, each behind those that it points to."""
    found: list[type[models.Model]] = []
    waiting = record()
    while waiting:
        model = next(one for one in waiting if points_to(one) <= {*found, one})
        waiting.remove(model)
        found.append(model)
    return found


BY_NUMBER = (ArticleVersion, IndexChange, BulkItem)
"""They name their article without a foreign key."""


def points_to(model: type[models.Model]) -> set[type[models.Model]]:
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return targets & set(record()) | ({Article} if model in BY_NUMBER else set())


def given_article(rows: Rows) -> Mapping[str, Any]:
    body = BODY.format(
        body=said_in(rows, Article, "body"),
        person=canary("person.name", rows.state.letter).title(),
        quote=said_in(rows, Quotation, "text"),
    )
    own = {"pk": rows.state.number, "body": body}
    return {**own, **rows.state.fields(timezone.now())}


def said_in(rows: Rows, model: Any, name: str) -> str:
    found: str = value_of(model._meta.get_field(name), rows.state.letter, rows.say)
    return found


def given_quotation(rows: Rows) -> Mapping[str, Any]:
    body, words = rows.article.body, f"{said_in(rows, Quotation, 'text')} here,"
    start = body.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def given_pair(rows: Rows) -> Mapping[str, Any]:
    return {"one": rows.public.people.first(), "other": rows.made[Person]}


# What introspection cannot know: constraints, choices, and which of two pointers is which.
GIVEN: Mapping[type[models.Model], Any] = {
    Article: given_article,
    Person: lambda rows: {"merged_into": None},
    Media: lambda rows: {"pk": rows.state.number},
    Mention: lambda rows: {"origin": Origin.EDITOR},
    RelatedArticle: lambda rows: {"target": None},
    Quotation: given_quotation,
    ArticleVersion: lambda rows: {
        "id": rows.made[Article].pk,
        "history_type": "~",
    },
    Duplicate: lambda rows: {
        "one": rows.public,
        "other": rows.made[Article],
    },
    Likeness: lambda rows: {**given_pair(rows), "reason": "slip"},
    PersonDecision: lambda rows: {"other": None, "kind": "no_person"},
    Transition: lambda rows: {"origin": Status.DRAFT, "target": Status.PUBLISHED},
    IndexChange: lambda rows: {"article_id": rows.made[Article].pk},
    BulkItem: lambda rows: {"article_id": rows.made[Article].pk},
    BulkChange: lambda rows: {"kind": Kind.PUBLISH, "expected": {}},
}
