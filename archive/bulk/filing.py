"""The section and the source of many articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from archive.bulk.base import Kept, Made, Verdict
from archive.models import Article, Right, Section, Source
from archive.versions import versions_kept


@dataclass(frozen=True)
class SetSection:
    """section: an id; None files the articles under no section. Keeps the section that was."""

    section: int | None
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        same = Q(section=self.section) if self.section else Q(section=None)
        return changed_unless(same)

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        articles = Article.objects.filter(pk__in=ids)
        was = dict(articles.order_by().values_list("pk", "section"))
        with versions_kept(articles=ids, by=by, reason=_("Changed with many others.")):
            articles.update(section=self.section, updated_at=now)
        return {pk: Made(Verdict.CHANGED, kept) for pk, kept in was.items()}

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        still = set(articles_with(was, section=self.section))
        there = set(Section.objects.filter(pk__in=set(was.values())).values_list("pk", flat=True))
        with versions_kept(articles=still, by=by, reason=undone()):
            for section, ids in by_value(was, still).items():
                section = section if section in there else None
                Article.objects.filter(pk__in=ids).update(section=section, updated_at=now)
        return still

    def finish(self) -> None:
        pass


@dataclass(frozen=True)
class SetSource:
    """source: an id. Keeps the source that was."""

    source: int
    rights = (Right.EDIT_ANY,)

    def verdict(self) -> Case:
        taken = Exists(
            Article.objects.filter(source=self.source, external_id=OuterRef("external_id"))
        )
        return Case(
            When(source=self.source, then=Value(Verdict.SAME)),
            When(~Q(external_id="") & Q(taken), then=Value(Verdict.TAKEN)),
            default=Value(Verdict.CHANGED),
        )

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        rows = Article.objects.filter(pk__in=ids).order_by("pk")
        first: dict[str, int] = {}
        made: dict[int, Made] = {}
        for pk, source, external_id in rows.values_list("pk", "source", "external_id"):
            # Two of one id, from two sources, cannot both go to the new one.
            is_first = not external_id or first.setdefault(external_id, pk) == pk
            made[pk] = Made(Verdict.CHANGED, source) if is_first else Made(Verdict.TAKEN)
        changing = [pk for pk, one in made.items() if one.verdict is Verdict.CHANGED]
        with versions_kept(articles=changing, by=by, reason=_("Changed with many others.")):
            Article.objects.filter(pk__in=changing).update(source=self.source, updated_at=now)
        return made

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        still = set(articles_with(was, source=self.source))
        back: set[int] = set()
        with versions_kept(articles=still, by=by, reason=undone()):
            for source, ids in by_value(was, still).items():
                articles = Article.objects.filter(pk__in=ids).order_by()
                judged = articles.values_list("pk", SetSource(source).verdict())
                going = [pk for pk, verdict in judged if verdict == Verdict.CHANGED]
                if Source.objects.filter(pk=source).exists():
                    Article.objects.filter(pk__in=going).update(source=source, updated_at=now)
                    back.update(going)
        return back

    def finish(self) -> None:
        pass


def changed_unless(same: Q) -> Case:
    return Case(When(same, then=Value(Verdict.SAME)), default=Value(Verdict.CHANGED))


def articles_with(ids: Iterable[int], **values: int | None) -> QuerySet[Article, int]:
    """The ids of those that have these values still."""
    asked = {name if value else f"{name}__isnull": value or True for name, value in values.items()}
    return Article.objects.filter(pk__in=list(ids), **asked).order_by().values_list("pk", flat=True)


def by_value(was: Mapping[int, Kept], among: Collection[int]) -> dict[Kept, list[int]]:
    found: defaultdict[Kept, list[int]] = defaultdict(list)
    for pk in among:
        found[was[pk]].append(pk)
    return found


def undone() -> str:
    return _("A change of many articles was undone.")
