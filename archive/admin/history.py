"""What became of an article: its versions, its moves and its corrections, and the way back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import localize
from django.utils.timezone import get_default_timezone_name, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.changes import all_changes
from archive.editing import article_restore
from archive.models import Article, Status, Transition
from archive.rights import may_edit
from archive.versions import Version, is_same, version_now

SHOWN = 200
"""The newest that the page lists of each kind."""


class Event(NamedTuple):
    """One line of the history. `version`: the id of the version that it made, if it made one."""

    when: datetime
    what: str
    who: str = ""
    why: str = ""
    version: int | None = None


class RestoreForm(forms.Form):
    """What brings back a version. `seen`: the last change of the article that was looked at."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class HistoryAdmin(admin.ModelAdmin):
    """The page behind the button “History” of an article, and one for each of its versions."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = "<int:pk>/versions/<int:number>/"
        return [
            path(own, view(self.version_view), name="archive_article_version"),
            path(f"{own}restore/", view(self.restore_view), name="archive_article_restore"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        article = self.article_of(request, int(object_id) if object_id.isdigit() else 0)
        events = sorted(events_of(article), key=lambda event: event.when, reverse=True)
        zone = get_default_timezone_name()
        context = {"events": events, "shown": SHOWN, "zone": zone, **(extra_context or {})}
        title = _("History of “%s”") % article.title
        return self.page(request, "history", article, title, context)

    @method_decorator(require_safe)
    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One version, against the one before it or, with ?against=now, the article as it is."""
        article = self.article_of(request, pk)
        version: Version = get_object_or_404(article.versions, history_id=number)
        earlier = article.versions.filter(history_id__lt=number).order_by("-history_id").first()
        against_now = earlier is None or request.GET.get("against") == "now"
        now = version_now(article)
        changes = all_changes(version, now) if against_now else all_changes(earlier, version)
        context = {
            "version": version,
            "earlier": earlier,
            "against_now": against_now,
            "changes": changes,
            "may_restore": may_edit(request.user, article) and not is_same(version, now),
            "form": RestoreForm(initial={"seen": article.updated_at.isoformat()}),
        }
        return self.page(request, "version", article, _("A version of “%s”") % article, context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self.article_of(request, pk)
        version: Version = get_object_or_404(article.versions, history_id=number)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = RestoreForm(request.POST)
        if not form.is_valid():
            raise SuspiciousOperation(form.errors.as_text())
        try:
            article_restore(
                article=article, version=version, editor=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(
                reverse("admin:archive_article_version", args=[pk, number]) + "?against=now"
            )
        self.message_user(request, _("This version is the article again."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:archive_article_history", args=[pk]))

    def article_of(self, request: HttpRequest, pk: int) -> Article:
        article: Article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def page(
        self, request: HttpRequest, name: str, article: Article, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        about = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(
            request,
            f"admin/archive/history/{name}.html",
            {**about, "original": article, "article": article, **context},
        )


def events_of(article: Article) -> Iterator[Event]:
    """All that is known of what became of the article, in no order."""
    yield beginning(article)
    told = ("history_date", "history_user__username", "history_change_reason", "history_id")
    changed = article.versions.exclude(history_type="+").order_by("-history_id")
    for when, who, why, number in changed.values_list(*told)[:SHOWN]:
        yield Event(when, _("changed"), who or "", why, number)
    for move in article.transitions.select_related("by").order_by("-when", "-id")[:SHOWN]:
        who = move.by.get_username() if move.by else ""
        yield Event(move.when, what_happened(move), who, move.reason)
    for note in article.corrections.order_by("-when", "-id")[:SHOWN]:
        shown = _("correction, shown to readers") if note.public else _("correction, not shown")
        yield Event(note.when, shown, "", note.text)


def beginning(article: Article) -> Event:
    first = article.versions.filter(history_type="+").values_list("history_id", flat=True).first()
    writer = article.created_by.get_username() if article.created_by else ""
    if article.batch_id:
        return Event(article.created_at, _("imported (%s)") % article.batch, "", "", first)
    return Event(article.created_at, _("written"), writer, "", first)


def what_happened(move: Transition) -> str:
    if move.scheduled_for:
        return _("scheduled for %s") % localize(localtime(move.scheduled_for))
    if move.origin == Status.SCHEDULED and move.target == Status.PUBLISHED and not move.by_id:
        return _("published by itself, at its hour")
    return str(move)
