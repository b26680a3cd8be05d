"""What was imported when. How it is undone stands in `undoing.py`, what it set aside in
`rejects.py`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.undoing import UndoingAdmin
from archive.models import ImportBatch, Right
from archive.rights import has_right


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
        ("started_at", "finished_at"),
        ("undone", "undone_at", "undone_by"),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse | HttpResponse:
        may_import = has_right(request.user, Right.CHANGE_MANY)
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may_import})

    @admin.display(description=_("rejected"), ordering="rejected")
    def rejects(self, batch: ImportBatch) -> SafeString:
        """How many wait to be mended, and the way to them."""
        return format_html(
            '<a href="{}?batch__id__exact={}&amp;mended_at__isempty=1">{}</a>',
            reverse("admin:archive_importreject_changelist"),
            batch.pk,
            batch.rejected,
        )
