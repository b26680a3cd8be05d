"""Importing at the desk: a file is sent, what would become of it is told, and then it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importers import uploads
from archive.importers.formats import AUTO, FORMATS
from archive.importers.journal.uploaded import MOST_PEOPLE
from archive.models import ImportBatch, Upload
from search import outbox
from search.desk.stepwise import StepwiseAdmin

INDEXED = 2_000
"""Articles that a step puts into the index, where no worker sees to that."""

State = Upload.State


def zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


def formats() -> list[tuple[str, Any]]:
    return [(AUTO, gettext_lazy("find out")), *((name, name) for name in FORMATS)]


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=formats, initial=AUTO)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Who published what does not say so itself."),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zones,
        initial=lambda: settings.TIME_ZONE,
        help_text=gettext_lazy("Of times that name none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "In any of the formats, also packed (zip, tar, gz, bz2, xz). At most %(size)s; what is "
            "larger is imported by the command import_articles."
        ) % {"size": filesizeformat(settings.UPLOAD_LIMIT)}

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.UPLOAD_LIMIT:
            told = {"size": filesizeformat(size), "limit": filesizeformat(settings.UPLOAD_LIMIT)}
            raise forms.ValidationError(
                _("This file has %(size)s; at most %(limit)s can be sent here.") % told
            )
        return file


class UploadAdmin(StepwiseAdmin[Upload]):
    """Uploaded files: what would become of them, how far their import is, what came of it."""

    list_display = ("name", "state", "by", "uploaded_at", "batch")
    list_filter = ("state",)
    list_select_related = ("by", "batch")
    templates = "admin/archive/upload"
    afterwards = "admin:archive_importbatch_changelist"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A file is chosen; once it is kept, its own page checks it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
        if is_sent and form.is_valid():
            told = form.cleaned_data
            kept = uploads.upload_keep(
                file=told["file"],
                format=told["format"],
                source=told["source"],
                zone=told["timezone"],
                by=request.user,
            )
            return HttpResponseRedirect(self.address_of(kept))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import a file"),
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/upload/send.html", context)

    def context(self, request: HttpRequest, job: Upload) -> dict[str, Any]:
        is_begun = job.state in (State.IMPORTING, State.DONE)
        counted = (job.batch or ImportBatch()) if is_begun else job
        names = ("created", "updated", "unchanged", "rejected")
        return {
            "title": _("Import a file"),
            "upload": job,
            "is_begun": is_begun,
            "counts": {name: getattr(counted, name) for name in names},
            "read": sum(getattr(counted, name) for name in names),
            "more_rejects": job.rejected - len(job.rejects),
            "more_people": len(job.new_people) == MOST_PEOPLE,
            "under_way": job.state in uploads.UNDER_WAY and not job.error,
            "State": State,
        }

    def go_on(self, job: Upload) -> None:
        uploads.upload_step(job.pk)
        if outbox.is_inline() and job.state == State.IMPORTING:
            outbox.drain_if_possible(wait=0, limit=INDEXED)

    def obey(self, job: Upload, said: str, by: Any) -> None:
        if service := SERVICES.get(said):
            service(upload=job, by=by)


SERVICES: Mapping[str, Callable[..., None]] = {
    "begin": uploads.upload_begin,
    "forget": uploads.upload_forget,
}
