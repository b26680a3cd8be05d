"""Changing many articles at the desk: chosen in the list, counted, confirmed, watched, undone."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from archive.bulk import Kind, Verdict
from archive.models import Article, Right
from archive.rights import has_right
from search.desk import bulk
from search.desk.about import articles as so_many
from search.desk.bulk_forms import FORMS
from search.desk.saved import lasting
from search.desk.stepwise import StepwiseAdmin
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
            return HttpResponseRedirect(
                reverse("admin:search_bulkchange_change", args=[counted.pk])
            )
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
class BulkChangeAdmin(StepwiseAdmin[BulkChange]):
    """What was changed in many articles at once: how far it is, what came of it, its undoing."""

    list_display = ("described", "by", "counted_at", "total", "state", "undone_by")
    list_filter = ("state", "kind")
    list_select_related = ("by", "undone_by")
    templates = "admin/search/bulkchange"
    afterwards = ARTICLES

    def context(self, request: HttpRequest, job: BulkChange) -> dict[str, Any]:
        undoing = job.state in (State.UNDOING, State.UNDONE)
        outcome = dict(bulk.outcome(job)) if job.state != State.COUNTED else {}
        counts = outcome or {Verdict(one): count for one, count in job.expected.items()}
        return {
            "title": _("Change many articles"),
            "bulk": job,
            "will": counts.get(Verdict.CHANGED, 0),
            "counts": [(one.label, counts[one]) for one in Verdict if one in counts],
            "all": counts.get(Verdict.CHANGED, 0) if undoing else job.total,
            "put_back": bulk.put_back(job) if undoing else 0,
            "list": f"{reverse(ARTICLES)}?{job.query}" if "ids=" not in job.query else "",
            "under_way": job.state in bulk.UNDER_WAY and not job.error,
            "State": State,
        }

    def go_on(self, job: BulkChange) -> None:
        bulk.bulk_go_on(job.pk)

    def obey(self, job: BulkChange, said: str, by: Any) -> None:
        if service := SERVICES.get(said):
            service(bulk=job, by=by)


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
