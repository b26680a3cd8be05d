"""Editors who have one article open hear of each other while they write."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from archive.admin.editing import EditingAdmin
from archive.models import Article, Presence
from archive.presence import presence_end, presence_note, present


class MeetingAdmin(EditingAdmin):
    """The form of an article says who else has it open."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.presence_view)
        own = path("<int:pk>/presence/", view, name="archive_article_presence")
        return [own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"] and self.has_change_permission(request, context["original"]):
            context["others"] = others(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_POST)
    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A sign of life, answered with who else is there; `left`: there will be no more."""
        article = self.article_to_edit(request, pk)
        user: Any = request.user
        if "left" in request.POST:
            presence_end(article=article, user=user)
        else:
            presence_note(article=article, user=user, now=timezone.now())
        context = {"others": others(request, article)}
        return render(request, "admin/archive/article/_presence.html", context)


def others(request: HttpRequest, article: Article) -> list[Presence]:
    assert isinstance(request.user, User)  # noqa: S101  the desk lets nobody else in
    return list(present(article, timezone.now(), but=request.user))
