"""What was imported when. How it is undone stands in `undoing.py`, what it set aside in
`rejects.py`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.undoing import UndoingAdmin
from archive.models import ImportBatch, Right
from archive.rights import has_right

NAMED = 100
"""Media that could not be fetched and are named one by one."""


@admin.register(ImportBatch)
class ImportBatchAdmin(UndoingAdmin):
    list_display = (
        "__str__",
        "state",
        "read",
        "created",
        "updated",
        "unchanged",
        "rejects",
        "started_at",
        "finished_at",
        "undone",
    )
    list_filter = ("state", ("undone_at", admin.EmptyFieldListFilter))
    fields = (
        ("state", "error"),
        "asked",
        ("read", "created", "updated", "unchanged", "rejects"),
        "not_fetched",
        ("started_at", "finished_at"),
        ("undone", "undone_at", "undone_by"),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse | HttpResponse:
        may_import = has_right(request.user, Right.CHANGE_MANY)
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may_import})

    @admin.display(description=_("media that could not be fetched"))
    def not_fetched(self, batch: ImportBatch) -> str:
        """The first of them, each with its reason."""
        failures = list(batch.fetch_failures.values_list("url", "reason")[: NAMED + 1])
        lines = format_html_join("", "<li>{}: {}</li>", failures[:NAMED])
        more = format_html("<li>{}</li>", "…") if len(failures) > NAMED else ""
        return format_html("<ul>{}{}</ul>", lines, more) if failures else "–"

    @admin.display(description=_("rejected"), ordering="rejected")
    def rejects(self, batch: ImportBatch) -> SafeString:
        """How many wait to be mended, and the way to them."""
        return format_html(
            '<a href="{}?batch__id__exact={}&amp;mended_at__isempty=1">{}</a>',
            reverse("admin:archive_importreject_changelist"),
            batch.pk,
            batch.rejected,
        )
