"""The tags and the people of many articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from archive.bulk.base import Kept, Made, Verdict
from archive.bulk.filing import undone
from archive.models import Article, Mention, Origin, Right, Tag
from archive.versions import versions_kept

Tagging: Any = Article.tags.through


@dataclass(frozen=True)
class AddTags:
    """tags: ids. Keeps the ids of those that an article did not have."""

    tags: list[int]
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        lacks = Q()
        for tag in self.tags:
            lacks |= ~Q(has(tag))
        return changed_if(lacks)

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        held = tags_of(ids)
        was = {pk: [tag for tag in self.tags if tag not in held[pk]] for pk in ids}
        with versions_kept(articles=ids, by=by, reason=_("Changed with many others.")):
            add(was)
            touch(ids, now)
        return {pk: Made(Verdict.CHANGED, kept) for pk, kept in was.items()}

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        held = tags_of(was)
        back = {pk: [tag for tag in kept if tag in held[pk]] for pk, kept in was.items()}
        back = {pk: tags for pk, tags in back.items() if tags}
        with versions_kept(articles=back, by=by, reason=undone()):
            remove(back)
            touch(back, now)
        return back

    def finish(self) -> None:
        pass


@dataclass(frozen=True)
class RemoveTags:
    """tags: ids. Keeps the ids of those that an article had."""

    tags: list[int]
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        tagged = Tagging.objects.filter(article=OuterRef("pk"), tag__in=self.tags)
        return changed_if(Q(Exists(tagged)))

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        held = tags_of(ids)
        was = {pk: [tag for tag in self.tags if tag in held[pk]] for pk in ids}
        with versions_kept(articles=ids, by=by, reason=_("Changed with many others.")):
            remove(was)
            touch(ids, now)
        return {pk: Made(Verdict.CHANGED, kept) for pk, kept in was.items()}

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        there = set(Tag.objects.filter(pk__in=self.tags).values_list("pk", flat=True))
        back = {pk: [tag for tag in kept if tag in there] for pk, kept in was.items()}
        back = {pk: tags for pk, tags in back.items() if tags}
        with versions_kept(articles=back, by=by, reason=undone()):
            add(back)
            touch(back, now)
        return back

    def finish(self) -> None:
        pass


@dataclass(frozen=True)
class MergeTags:
    """Articles with the tag `gone` get the tag `kept` instead; when none has `gone` it is deleted.

    name, slug, sort: of the tag that goes, to bring it back. Keeps whether `kept` was added.
    """

    gone: int
    kept: int
    name: str
    slug: str
    sort: str
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        return changed_if(Q(has(self.gone)))

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        held = tags_of(ids)
        was = {pk: self.kept not in held[pk] for pk in ids}
        with versions_kept(articles=ids, by=by, reason=_("Changed with many others.")):
            add({pk: [self.kept] for pk, lacked in was.items() if lacked})
            remove({pk: [self.gone] for pk in ids})
            touch(ids, now)
        return {pk: Made(Verdict.CHANGED, lacked) for pk, lacked in was.items()}

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        same = Q(pk=self.gone) | Q(name=self.name) | Q(slug=self.slug)
        tag = Tag.objects.filter(same).order_by("pk").first() or Tag.objects.create(
            pk=self.gone, name=self.name, slug=self.slug, kind=self.sort
        )
        held = tags_of(was)
        back = [pk for pk in was if self.kept in held[pk]]
        with versions_kept(articles=back, by=by, reason=undone()):
            add({pk: [tag.pk] for pk in back if tag.pk not in held[pk]})
            remove({pk: [self.kept] for pk in back if was[pk]})
            touch(back, now)
        return back

    def finish(self) -> None:
        Tag.objects.filter(pk=self.gone, articles=None).delete()


@dataclass(frozen=True)
class AddPerson:
    """person: an id. Keeps the id of the mention."""

    person: int
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        mentioned = Mention.objects.filter(article=OuterRef("pk"), person=self.person)
        return changed_if(~Q(Exists(mentioned.order_by())))

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        mentions = Mention.objects.filter(article__in=ids).order_by().values("article")
        behind = dict(mentions.annotate(count=Count("pk")).values_list("article", "count"))
        with versions_kept(articles=ids, by=by, reason=_("Changed with many others.")):
            made = Mention.objects.bulk_create(
                Mention(
                    article_id=pk,
                    person_id=self.person,
                    origin=Origin.EDITOR,
                    position=behind.get(pk, 0),
                )
                for pk in ids
            )
            touch(ids, now)
        return {mention.article_id: Made(Verdict.CHANGED, mention.pk) for mention in made}

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        still = Mention.objects.filter(pk__in=was.values(), person=self.person)
        back = list(still.order_by().values_list("article", flat=True))
        with versions_kept(articles=back, by=by, reason=undone()):
            still.delete()
            touch(back, now)
        return back

    def finish(self) -> None:
        pass


def has(tag: int) -> Exists:
    return Exists(Tagging.objects.filter(article=OuterRef("pk"), tag=tag))


def changed_if(other: Q) -> Case:
    return Case(When(other, then=Value(Verdict.CHANGED)), default=Value(Verdict.SAME))


def tags_of(ids: Iterable[int]) -> Mapping[int, set[int]]:
    held: defaultdict[int, set[int]] = defaultdict(set)
    rows = Tagging.objects.filter(article__in=list(ids))
    for article, tag in rows.values_list("article_id", "tag_id"):
        held[article].add(tag)
    return held


def add(tags: Mapping[int, Collection[int]]) -> None:
    """Give each article these tags, which it does not have."""
    Tagging.objects.bulk_create(
        [Tagging(article_id=pk, tag_id=tag) for pk, few in tags.items() for tag in few]
    )


def remove(tags: Mapping[int, Collection[int]]) -> None:
    """Take these tags from each article."""
    articles: defaultdict[int, list[int]] = defaultdict(list)
    for pk, few in tags.items():
        for tag in few:
            articles[tag].append(pk)
    for tag, ids in articles.items():
        Tagging.objects.filter(tag=tag, article__in=ids).delete()


def touch(ids: Collection[int], now: datetime) -> None:
    """So that an editor who has one of them open is told of it."""
    Article.objects.filter(pk__in=list(ids)).update(updated_at=now)
