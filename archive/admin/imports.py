"""What was imported when, and what could not be taken in."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.readonly import ReadOnlyAdmin
from archive.models import ImportBatch, ImportReject


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
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
    )
    list_filter = ("state",)
    fields = (
        ("state", "error"),
        "asked",
        ("read", "created", "updated", "unchanged", "rejects"),
        ("started_at", "finished_at"),
    )

    @admin.display(description=_("rejected"), ordering="rejected")
    def rejects(self, batch: ImportBatch) -> SafeString:
        address = reverse("admin:archive_importreject_changelist")
        return format_html(
            '<a href="{}?batch__id__exact={}">{}</a>', address, batch.pk, batch.rejected
        )


@admin.register(ImportReject)
class ImportRejectAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "batch")
    list_select_related = ("batch",)
    search_fields = ("reason", "file", "record")
    fields = ("batch", "file", "line", "reason", "raw")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportReject]:
        return super().get_queryset(request).select_related("batch")

    @admin.display(description=_("record"))
    def raw(self, reject: ImportReject) -> SafeString:
        return format_html("<pre>{}</pre>", reject.record)
