"""Links for review, made and taken back beside the form of an article."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive.admin.editing import EditingAdmin
from archive.models import Article, Preview
from archive.previews import preview_make, preview_revoke, previews_at
from archive.selectors import is_public

DAYS = (1, 7, 30)


class PreviewingAdmin(EditingAdmin):
    """An article that is not public can be shown to others by a link."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/preview/", view(self.make_preview), name="archive_article_preview"),
            path(
                "<int:pk>/preview/<int:preview_pk>/revoke/",
                view(self.revoke_preview),
                name="archive_article_preview_revoke",
            ),
        ]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = context["original"]
        if article and not is_public(article) and self.has_change_permission(request, article):
            previews = previews_at(timezone.now()).filter(article=article)
            context["previews"] = previews.select_related("made_by")
            context["preview_days"] = [
                (days, ngettext("%d day", "%d days", days) % days) for days in DAYS
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_POST)
    def make_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new link, shown this once."""
        article = self.article_to_edit(request, pk)
        asked = request.POST.get("days", "")
        days = int(asked) if asked in map(str, DAYS) else min(DAYS)
        token = preview_make(
            article=article,
            editor=request.user,
            lasting=timedelta(days=days),
            now=timezone.now(),
        )
        address = request.build_absolute_uri(reverse("archive:preview", args=[token]))
        text = format_html(
            '<span data-share-with>{} <a href="{}">{}</a> '
            '<button type="button" data-copy="{}" hidden>{}</button> '
            '<span role="status" data-said="{}"></span></span>',
            _("The link for review, which is shown only now:"),
            address,
            address,
            address,
            _("Copy"),
            _("Copied"),
        )
        return self.back_to(request, article, text)

    @method_decorator(require_POST)
    def revoke_preview(self, request: HttpRequest, pk: int, preview_pk: int) -> HttpResponse:
        article = self.article_to_edit(request, pk)
        preview = get_object_or_404(Preview, pk=preview_pk, article=article)
        preview_revoke(preview=preview, editor=request.user)
        return self.back_to(request, article, _("The link leads nowhere any more."))

    def back_to(self, request: HttpRequest, article: Article, text: str) -> HttpResponse:
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:archive_article_change", args=[article.pk]))
