"""Changing many articles at the desk: chosen in the list, counted, confirmed, watched, undone."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive.admin.readonly import ReadOnlyAdmin
from archive.bulk import Kind, Verdict
from archive.models import Article, Right
from archive.rights import has_right
from search.desk import bulk
from search.desk.about import articles as so_many
from search.desk.bulk_forms import FORMS
from search.desk.saved import lasting
from search.models import BulkChange

ACROSS = {"publish": Kind.PUBLISH, "withdraw": Kind.WITHDRAW}
"""Actions of the list that are a change of many articles where all pages were chosen."""

ARTICLES = "admin:archive_article_changelist"
MOST_TICKED = 1_000

State = BulkChange.State


class Chosen(NamedTuple):
    """The articles to be changed, how many they are in words, and where that stops.

    trouble: why they cannot be told.
    """

    articles: QuerySet[Article]
    total: str
    notes: tuple[str, ...] = ()
    trouble: str = ""


class BulkAdmin(admin.ModelAdmin):
    """The list of articles, with a way to change all that it lists."""

    def has_change_many_permission(self, request: HttpRequest) -> bool:
        return has_right(request.user, Right.CHANGE_MANY)

    def get_urls(self) -> list[URLPattern]:
        choose = self.admin_site.admin_view(self.choose_change)
        return [path("bulk/", choose, name="archive_article_bulk"), *super().get_urls()]

    @admin.action(description=_("Change in another way…"), permissions=["change_many"])
    def change_many(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        return HttpResponseRedirect(self.bulk_address(request))

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Article], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """What was chosen on all pages is never changed while the browser waits."""
        kind = ACROSS.get(request.POST.get("action", ""))
        if kind and is_across(request) and self.has_change_many_permission(request):
            return HttpResponseRedirect(self.bulk_address(request, kind))
        return super().response_action(request, queryset, *args, **kwargs)

    def bulk_address(self, request: HttpRequest, kind: Kind | None = None) -> str:
        """Where the articles that were chosen in the list are changed: all that match, by the
        list's own address, or those of one page by their ids."""
        asked = QueryDict(lasting(request.GET.urlencode()), mutable=True)
        if not is_across(request):
            asked.clear()
            asked["ids"] = ",".join(request.POST.getlist("_selected_action"))
        if kind:
            asked["do"] = kind.value
        return f"{reverse('admin:archive_article_bulk')}?{asked.urlencode()}"

    def choose_change(self, request: HttpRequest) -> HttpResponse:
        """Which change, then what it has to be told; then it is counted."""
        if not self.has_change_many_permission(request):
            raise PermissionDenied
        asked = request.GET.copy()
        kind = kind_of(asked.pop("do", [""])[-1])
        try:
            chosen = self.chosen(request, asked)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse(ARTICLES))
        sent = request.POST if request.method == "POST" else None
        form = FORMS[kind](sent) if kind and not chosen.trouble else None
        if kind and form and form.is_valid():
            counted = bulk.bulk_count(
                kind=kind,
                change=form.change(),
                described=f"{kind.label}: {told}" if (told := form.told()) else str(kind.label),
                articles=chosen.articles,
                query=asked.urlencode(),
                by=request.user,
            )
            return HttpResponseRedirect(address_of(counted))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Change many articles"),
            "chosen": chosen,
            "kinds": [(one, f"?{asked.urlencode()}&do={one.value}") for one in Kind],
            "kind": kind,
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/article/bulk.html", context)

    def chosen(self, request: HttpRequest, asked: QueryDict) -> Chosen:
        """Raises IncorrectLookupParameters."""
        if "ids" in asked:
            ids = [
                int(pk) for pk in asked.get("ids", "").split(",") if pk.isascii() and pk.isdecimal()
            ]
            articles = self.get_queryset(request).filter(pk__in=ids[:MOST_TICKED])
            return Chosen(articles, so_many(articles.count()))
        request.GET = asked  # type: ignore[assignment]  # what a list is made by
        listed: Any = self.get_changelist_instance(request)
        about = listed.about
        return Chosen(listed.listing.articles, about.total, tuple(about.bounds()), about.trouble)


@admin.register(BulkChange)
class BulkChangeAdmin(ReadOnlyAdmin):
    """What was changed in many articles at once: how far it is, what came of it, its undoing."""

    list_display = ("described", "by", "counted_at", "total", "state", "undone_by")
    list_filter = ("state", "kind")
    list_select_related = ("by", "undone_by")
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_right(request.user, Right.CHANGE_MANY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        def at(verb: str, view: Callable[..., HttpResponse]) -> URLPattern:
            name = f"search_bulkchange_{verb}"
            return path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=name)

        own = [at("step", self.step), at("do", self.do)]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was counted, how far it is, what came of it."""
        change = self.get_object(request, object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        if change is None:
            return HttpResponseRedirect(reverse("admin:search_bulkchange_changelist"))
        return TemplateResponse(
            request, "admin/search/bulkchange/change.html", self.context(request, change)
        )

    def context(self, request: HttpRequest, change: BulkChange) -> dict[str, Any]:
        undoing = change.state in (State.UNDOING, State.UNDONE)
        outcome = dict(bulk.outcome(change)) if change.state != State.COUNTED else {}
        counts = outcome or {Verdict(one): count for one, count in change.expected.items()}
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Change many articles"),
            "bulk": change,
            "will": counts.get(Verdict.CHANGED, 0),
            "counts": [(one.label, counts[one]) for one in Verdict if one in counts],
            "all": counts.get(Verdict.CHANGED, 0) if undoing else change.total,
            "put_back": bulk.put_back(change) if undoing else 0,
            "list": f"{reverse(ARTICLES)}?{change.query}" if "ids=" not in change.query else "",
            "under_way": change.state in bulk.UNDER_WAY and not change.error,
            "State": State,
        }

    @method_decorator(require_POST)
    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go on with one batch; htmx asks for it again and again, a button once."""
        change = self.one(request, pk)
        bulk.bulk_go_on(change.pk)
        change.refresh_from_db()
        if not getattr(request, "htmx", False):
            return HttpResponseRedirect(address_of(change))
        template = "admin/search/bulkchange/_state.html"
        return TemplateResponse(request, template, self.context(request, change))

    @method_decorator(require_POST)
    def do(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the button says: begin, undo, or forget it."""
        change = self.one(request, pk)
        service = SERVICES.get(request.POST.get("do", ""))
        if service:
            service(bulk=change, by=request.user)
        if service is bulk.bulk_forget:
            return HttpResponseRedirect(reverse(ARTICLES))
        return HttpResponseRedirect(address_of(change))

    def one(self, request: HttpRequest, pk: int) -> BulkChange:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(BulkChange, pk=pk)


SERVICES: Mapping[str, Callable[..., None]] = {
    "begin": bulk.bulk_begin,
    "undo": bulk.bulk_undo,
    "forget": bulk.bulk_forget,
}


def is_across(request: HttpRequest) -> bool:
    """Were the articles of all pages chosen?"""
    return request.POST.get("select_across") == "1"


def kind_of(text: str) -> Kind | None:
    return Kind(text) if text in Kind.values else None


def address_of(change: BulkChange) -> str:
    return reverse("admin:search_bulkchange_change", args=[change.pk])
