"""What finding gives to the editors' desk: search by the engine, and what could not be indexed."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.article import ArticleAdmin
from archive.admin.readonly import ReadOnlyAdmin
from archive.models import Article, Upload
from archive.selectors import kept_from
from search import desk_ids, outbox
from search.desk.bulk_admin import BulkAdmin
from search.desk.changelist import DeskChangeList
from search.desk.filters import (
    BatchFilter,
    EditorFilter,
    LackFilter,
    PersonFilter,
    SectionFilter,
    SourceFilter,
    StatusFilter,
    TagFilter,
    YearFilter,
)
from search.desk.saved_admin import KeepingAdmin
from search.desk.upload_admin import UploadAdmin
from search.engines.base import IndexUnavailable
from search.language.parser import parse
from search.models import IndexChange
from search.plain.looking import look
from search.request import SearchRequest
from search.upkeep.mending import mend_soon

COMPLETED = 100
"""Articles offered while one types. Ordering by relevance names each id in the query."""

admin.site.unregister(Article)
admin.site.register(Upload, UploadAdmin)


@admin.register(Article)
class SearchedArticleAdmin(KeepingAdmin, BulkAdmin, ArticleAdmin):
    """Articles, found by the engine that readers search with, also those that are not public."""

    list_filter: ClassVar[Any] = (
        StatusFilter,
        LackFilter,
        SectionFilter,
        SourceFilter,
        YearFilter,
        PersonFilter,
        TagFilter,
        EditorFilter,
        BatchFilter,
    )
    search_help_text = _(
        "As readers search: words, “phrases”, -without, person:vale, date:2009, prefix*"
    )

    actions = (*ArticleAdmin.actions, "change_many")  # type: ignore[assignment]  # one more

    class Media:
        css = {"all": ("css/desk-list.css",)}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskChangeList]:
        return DeskChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """The best matches, best first, for fields that complete what is typed."""
        if not search_term.strip():
            return queryset, False
        try:
            ids = desk_ids(search_term, COMPLETED, hidden=kept_from(request.user))
        except IndexUnavailable as trouble:
            mend_soon(trouble)
            looked = look(queryset, SearchRequest(parse(search_term)), COMPLETED)
            ids = list(looked.found[:COMPLETED])
        return best_first(queryset, ids), False


def best_first(articles: QuerySet[Article], ids: list[int]) -> QuerySet[Article]:
    """`articles` in the order of `ids`."""
    if not ids:
        return articles.none()
    places = [When(pk=id, then=Value(place)) for place, id in enumerate(ids)]
    return articles.filter(pk__in=ids).order_by(Case(*places, output_field=IntegerField()))


@admin.register(IndexChange)
class IndexChangeAdmin(ReadOnlyAdmin):
    """Articles that could not be indexed and were set aside, with the reason."""

    list_display = ("article_id", "created_at", "error")
    fields = ("article_id", "created_at", "error")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndexChange]:
        return outbox.set_aside()

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[IndexChange]) -> None:
        ids = list(queryset.values_list("article_id", flat=True))
        outbox.note(ids)
        text = ngettext("%d article is tried again.", "%d articles are tried again.", len(ids))
        self.message_user(request, text % len(ids))
