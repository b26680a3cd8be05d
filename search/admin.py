"""What finding gives to the editors' desk: search by the engine, and what could not be indexed."""

from django.contrib import admin, messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.article import ArticleAdmin
from archive.admin.readonly import ReadOnlyAdmin
from archive.models import Article
from search import desk_ids, outbox
from search.engines.base import IndexUnavailable
from search.language.parser import parse
from search.models import IndexChange

FOUND_AT_MOST = 1_000
"""Ordering by relevance names each id in the query. Whoever finds more has to say more."""

admin.site.unregister(Article)


@admin.register(Article)
class SearchedArticleAdmin(ArticleAdmin):
    """Articles, found by the engine that readers search with, also those that are not public."""

    search_help_text = _(
        "As readers search: words, “phrases”, -without, person:vale, date:2009, prefix*"
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """The best matches, best first unless a column was chosen to sort by."""
        if not search_term.strip():
            return queryset, False
        try:
            ids = desk_ids(search_term, FOUND_AT_MOST)
        except IndexUnavailable as error:
            self.tell(request, error, messages.ERROR)
            return queryset.none(), False
        for note in parse(search_term).notes:
            self.tell(request, note)
        if len(ids) == FOUND_AT_MOST:
            self.tell(request, _("Only the best %d are listed.") % FOUND_AT_MOST)
        found = queryset.filter(pk__in=ids)
        return (found if "o" in request.GET or not ids else best_first(found, ids)), False

    def tell(self, request: HttpRequest, text: object, level: int = messages.WARNING) -> None:
        """Above the list, once. Fields that complete while one types have nowhere to show it."""
        match = request.resolver_match
        if match and match.url_name == "archive_article_changelist" and request.method == "GET":
            self.message_user(request, str(text), level, fail_silently=True)


def best_first(articles: QuerySet[Article], ids: list[int]) -> QuerySet[Article]:
    """`articles` in the order of `ids`."""
    places = [When(pk=id, then=Value(place)) for place, id in enumerate(ids)]
    return articles.order_by(Case(*places, output_field=IntegerField()))


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
