"""Articles and all that they are filed under: `ArticleFactory(people=["Ann Vale"])`.

People, tags, sections and sources may be given by name; whoever exists by that name is taken.
"""

from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from archive.models import Article, DatePrecision, Mention, Person, Section, Source, Status, Tag
from archive.rights import Role


class NamedFactory(DjangoModelFactory):
    """Something with a name and a slug of it; one name is one row."""

    class Meta:
        abstract = True
        django_get_or_create = ("slug",)

    slug = factory.LazyAttribute(lambda named: slugify(named.name, allow_unicode=True))


class SourceFactory(NamedFactory):
    class Meta:
        model = Source

    name = "Port Almond Courier"


class SectionFactory(NamedFactory):
    class Meta:
        model = Section

    name = "News"


class TagFactory(NamedFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda number: f"tag {number}")


class PersonFactory(NamedFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda number: f"Person Number{number}")


class ArticleFactory(DjangoModelFactory):
    """A published article, at noon of the day `published`; None makes it undated, a month or a year
    in ISO's notation makes it of that month or year.
    """

    class Meta:
        model = Article
        skip_postgeneration_save = True

    class Params:
        published = "2009-12-17"

    source = factory.SubFactory(SourceFactory)
    external_id = factory.Sequence(lambda number: f"article-{number}")
    headline = factory.Sequence(lambda number: f"Article {number}")
    body = "The ferry left at seven."
    status = Status.PUBLISHED
    first_published = factory.LazyAttribute(lambda made: beginning_of(made.published))
    date_precision = factory.LazyAttribute(lambda made: PRECISIONS[len(made.published or "")])

    @classmethod
    def _adjust_kwargs(cls, **fields: Any) -> dict[str, Any]:
        for field, named in (("source", SourceFactory), ("section", SectionFactory)):
            if isinstance(name := fields.get(field), str):
                fields[field] = named(name=name)
        return fields

    @factory.post_generation
    def people(self: Any, create: bool, names: list[str] | None, **kwargs: object) -> None:
        for position, name in enumerate(names or ()):
            person = name if isinstance(name, Person) else PersonFactory(name=name)
            Mention.objects.create(article=self, person=person, position=position)

    @factory.post_generation
    def tags(self: Any, create: bool, names: list[str] | None, **kwargs: object) -> None:
        self.tags.add(*(TagFactory(name=name) for name in names or ()))


PRECISIONS = {0: "", 4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


def noon(day: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC) if day else None


def beginning_of(date: str | None) -> datetime | None:
    """Noon of a day (UTC); the first instant of a month or a year in the newsroom's time."""
    if not date or PRECISIONS[len(date)] == DatePrecision.DAY:
        return noon(date)
    first = datetime.fromisoformat(date + "-01-01"[len(date) - 4 :])
    return timezone.make_aware(first).astimezone(UTC)


def member(role: Role, username: str = "") -> User:
    """An account of this role, as `make_editor` makes them. One name is one account."""
    name = username or role.name.lower()
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=role))
    return user
