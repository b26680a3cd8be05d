"""The filters beside the list, as Django's admin has them: one choice in each, with counts.

Words are matched by the engine. What it holds of an article can narrow its search as well
(`EngineFilter`); what only the database knows cannot.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.duplicates import duplicates_for
from archive.models import Article, Duplicate, ImportBatch, Mention, Status
from archive.rights import Somebody
from archive.selectors import articles_for
from search.desk.listing import newest
from search.request import Facet, SearchRequest

Label = str | Promise

SHOWN = 10
"""Values of one property: the most frequent, or the latest."""

STAFF_SHOWN = 30


class DeskFilter(admin.ListFilter):
    """A property of articles; the address has the chosen value under `parameter_name`."""

    parameter_name: ClassVar[str]
    paths: tuple[str, str]
    """From an article to its value and to the name that the value is shown under."""

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Article], model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.editor = request.user
        given = params.pop(self.parameter_name, [""])
        # PostgreSQL refuses to look for what no text of its own can hold.
        self.value: str = given[-1].replace("\0", "")
        if self.value:
            self.used_parameters[self.parameter_name] = self.value
            self.check()

    def check(self) -> None:
        """Raises IncorrectLookupParameters for a value that cannot be."""

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter_name]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Without what is windowed, which is for the list to do: it knows where to look."""
        if not self.value or self.is_windowed(self.value):
            return queryset
        return queryset.filter(self.condition(self.value))

    def is_windowed(self, value: str) -> bool:
        """Has the value no index, so that it is looked for among the first WINDOW articles?"""
        return False

    def within_reach(self, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        """Those of `articles` that are looked at for the value."""
        return articles.filter(pk__in=newest(articles)) if self.is_windowed(value) else articles

    def condition(self, value: str) -> Q:
        """What articles with this value have in the database."""
        raise NotImplementedError

    @property
    def options(self) -> Mapping[str, Label]:
        """The values that are always offered."""
        return {}

    def grouped(self, articles: QuerySet[Article]) -> list[QuerySet[Any, Any]]:
        """(value, label, count) of what these articles have, the most frequent values alone.

        In one queryset or several, in which no value is twice.
        """
        value, label = self.paths
        with_any = articles.filter((f"{value}__isnull", False)).order_by()
        counts = with_any.values(
            value=Cast(value, CharField()), label=Cast(label, CharField())
        ).annotate(count=Count("pk"))
        return [counts.order_by("-count", "label").values_list("value", "label", "count")[:SHOWN]]

    def candidates(self) -> Mapping[str, Label]:
        """The values worth counting, where nobody knows which are frequent."""
        return self.options

    def named(self, label: str) -> str:
        """How a label of `grouped` is shown."""
        return label

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        yield choice(changelist, self, None, _("All"), not self.value)
        for value, label in changelist.counts.labels(self):
            yield choice(changelist, self, value, label, self.value == value)


def choice(
    changelist: Any, spec: DeskFilter, value: str | None, label: Label, selected: bool
) -> dict[str, Any]:
    """As the template of Django's filters wants it."""
    address = changelist.get_query_string({spec.parameter_name: value})
    return {"selected": selected, "query_string": address, "display": label}


class EngineFilter(DeskFilter):
    """A property that the engine holds too."""

    def narrowed(self, request: SearchRequest) -> SearchRequest:
        """The request with the chosen value."""
        raise NotImplementedError


class FacetFilter(EngineFilter):
    """One of the engine's facets, by slug."""

    facet: ClassVar[Facet]
    asked: ClassVar[str]
    """The field of a SearchRequest that takes the slugs."""

    def narrowed(self, request: SearchRequest) -> SearchRequest:
        chosen: dict[str, Any] = {self.asked: (self.value,)}
        return replace(request, **chosen)

    def condition(self, value: str) -> Q:
        return Q((self.paths[0], value))


class SectionFilter(FacetFilter):
    title = _("section")
    parameter_name = "section"
    facet, asked = Facet.SECTION, "sections"
    paths = ("section__slug", "section__name")


class SourceFilter(FacetFilter):
    title = _("source")
    parameter_name = "source"
    facet, asked = Facet.SOURCE, "sources"
    paths = ("source__slug", "source__name")


class PersonFilter(FacetFilter):
    title = _("person")
    parameter_name = "person"
    facet, asked = Facet.PERSON, "people"
    paths = ("people__slug", "people__name")


class TagFilter(FacetFilter):
    title = _("tag")
    parameter_name = "tag"
    facet, asked = Facet.TAG, "tags"
    paths = ("tags__slug", "tags__name")


class YearFilter(EngineFilter):
    """The year of the day that an article belongs to."""

    title = _("year")
    parameter_name = "year"
    paths = ("first_published__year", "first_published__year")

    def check(self) -> None:
        # The calendar's first and last year reach over its edge in some time zone.
        if not (self.value.isascii() and self.value.isdecimal() and 1 < int(self.value) < 9999):
            raise IncorrectLookupParameters

    def narrowed(self, request: SearchRequest) -> SearchRequest:
        year = int(self.value)
        return replace(request, start=date(year, 1, 1), end=date(year, 12, 31))

    def condition(self, value: str) -> Q:
        return Q(first_published__year=int(value))


class StatusFilter(DeskFilter):
    title = _("status")
    parameter_name = "status__exact"
    paths = ("status", "status")

    def condition(self, value: str) -> Q:
        if value == Status.PUBLISHED:
            # Nearly all are. By the index of `status`, SQLite would walk through the whole archive
            # to find those of a section; what is not this or that it looks up in no index.
            return ~Q(status__in=[status for status in Status if status != value])
        return Q(status=value)

    @property
    def options(self) -> Mapping[str, Label]:
        return {status.value: status.label for status in Status}


class BatchFilter(DeskFilter):
    title = _("import batch")
    parameter_name = "batch__id__exact"
    paths = ("batch", "batch")

    def check(self) -> None:
        if not (self.value.isascii() and self.value.isdecimal() and len(self.value) < 19):
            raise IncorrectLookupParameters

    def condition(self, value: str) -> Q:
        return Q(batch=int(value))

    def candidates(self) -> Mapping[str, Label]:
        latest = ImportBatch.objects.order_by("-pk").values_list("pk", flat=True)[:SHOWN]
        return {str(pk): self.named(str(pk)) for pk in latest}

    def named(self, label: str) -> str:
        return f"{ImportBatch._meta.verbose_name} {label}"


class EditorFilter(DeskFilter):
    """Whose article it is; imported ones are nobody's."""

    title = _("who wrote it at the desk")
    parameter_name = "editor"
    paths = ("created_by__username", "created_by__username")

    def condition(self, value: str) -> Q:
        return Q(created_by__username=value)

    def candidates(self) -> Mapping[str, Label]:
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        return {name: name for name in staff.values_list("username", flat=True)[:STAFF_SHOWN]}


@dataclass(frozen=True, slots=True)
class Lack:
    """What may be wrong with an article, as an editor may know. windowed: see
    `DeskFilter.is_windowed`."""

    label: Label
    condition: Callable[[Somebody], Q]
    windowed: bool = False


def is_there_twice(editor: Somebody) -> Q:
    """Is there another article that the editor may read with the same address, or of the same
    moment with the same headline, or with nearly the same text?"""
    others = articles_for(editor)
    same_address = another(others, "url", but=Q(url=""))  # as the index of addresses has it
    same_moment = another(others, "first_published", "headline", but=Q(headline=""))
    pairs = duplicates_for(editor).filter(state=Duplicate.State.LIKELY)
    same_story = (Q(Exists(pairs.filter(**{side: OuterRef("pk")}))) for side in ("one", "other"))
    return Q(same_address, same_moment, *same_story, _connector=Q.OR)


def another(others: QuerySet[Article], *same: str, but: Q) -> Q:
    """Is there one of `others` with the same in these fields? Not asked of those with `but`."""
    alike = others.filter(~but, **{field: OuterRef(field) for field in same})
    return ~but & Q(Exists(alike.exclude(pk=OuterRef("pk")).order_by()))


NO_DATE = "no-date"
LACKS: Mapping[str, Lack] = {
    NO_DATE: Lack(_("no date"), lambda editor: Q(first_published=None)),
    "no-people": Lack(
        _("no people"),
        lambda editor: Q(~Exists(Mention.objects.filter(article=OuterRef("pk")))),
        windowed=True,
    ),
    "rejects": Lack(
        _("from an import with rejects"),
        lambda editor: Q(batch__in=ImportBatch.objects.filter(rejected__gt=0).order_by()),
    ),
    "twice": Lack(_("possibly there twice"), is_there_twice, windowed=True),
}


class LackFilter(DeskFilter):
    """What somebody should look at."""

    title = _("what is missing or doubtful")
    parameter_name = "lack"

    def check(self) -> None:
        if self.value not in LACKS:
            raise IncorrectLookupParameters

    def is_windowed(self, value: str) -> bool:
        return LACKS[value].windowed

    def condition(self, value: str) -> Q:
        return LACKS[value].condition(self.editor)

    def grouped(self, articles: QuerySet[Article]) -> list[QuerySet[Any, Any]]:
        return [
            articles.filter(lack.condition(self.editor))
            .order_by()
            .values(value=Value(value), label=Value(""))
            .annotate(count=Count("pk"))
            .values_list("value", "label", "count")
            for value, lack in LACKS.items()
        ]

    @property
    def options(self) -> Mapping[str, Label]:
        return {value: lack.label for value, lack in LACKS.items()}
