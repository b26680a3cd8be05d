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
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from archive.admin.readonly import ReadOnlyAdmin
from archive.importers import uploads
from archive.importers.formats import AUTO, FORMATS
from archive.importers.journal.uploaded import MOST_PEOPLE
from archive.models import ImportBatch, Right, Upload
from archive.rights import has_right
from search import outbox

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


class UploadAdmin(ReadOnlyAdmin):
    """Uploaded files: what would become of them, how far their import is, what came of it."""

    list_display = ("name", "state", "by", "uploaded_at", "batch")
    list_filter = ("state",)
    list_select_related = ("by", "batch")
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_right(request.user, Right.CHANGE_MANY)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        def at(verb: str, view: Callable[..., HttpResponse]) -> URLPattern:
            name = f"archive_upload_{verb}"
            return path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=name)

        return [at("step", self.step), at("do", self.do), *super().get_urls()]

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
            return HttpResponseRedirect(address_of(kept))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import a file"),
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/upload/send.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What would become of it, how far its import is, what came of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        upload = self.get_object(request, object_id)
        if upload is None:
            return HttpResponseRedirect(reverse("admin:archive_upload_changelist"))
        context = self.context(request, upload)
        return TemplateResponse(request, "admin/archive/upload/change.html", context)

    def context(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        is_begun = upload.state in (State.IMPORTING, State.DONE)
        counted = (upload.batch or ImportBatch()) if is_begun else upload
        names = ("created", "updated", "unchanged", "rejected")
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import a file"),
            "upload": upload,
            "is_begun": is_begun,
            "counts": {name: getattr(counted, name) for name in names},
            "read": sum(getattr(counted, name) for name in names),
            "more_rejects": upload.rejected - len(upload.rejects),
            "more_people": len(upload.new_people) == MOST_PEOPLE,
            "under_way": upload.state in uploads.UNDER_WAY and not upload.error,
            "State": State,
        }

    @method_decorator(require_POST)
    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go on for a few seconds; htmx asks for it again and again, a button once."""
        upload = self.one(request, pk)
        uploads.upload_step(upload.pk)
        if outbox.is_inline() and upload.state == State.IMPORTING:
            outbox.drain_if_possible(wait=0, limit=INDEXED)
        upload.refresh_from_db()
        if not getattr(request, "htmx", False):
            return HttpResponseRedirect(address_of(upload))
        return TemplateResponse(
            request, "admin/archive/upload/_state.html", self.context(request, upload)
        )

    @method_decorator(require_POST)
    def do(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the button says: import it, go on with it, or forget it."""
        upload = self.one(request, pk)
        service = SERVICES.get(request.POST.get("do", ""))
        if service:
            service(upload=upload, by=request.user)
        if service is uploads.upload_forget:
            return HttpResponseRedirect(reverse("admin:archive_importbatch_changelist"))
        return HttpResponseRedirect(address_of(upload))

    def one(self, request: HttpRequest, pk: int) -> Upload:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Upload, pk=pk)


SERVICES: Mapping[str, Callable[..., None]] = {
    "begin": uploads.upload_begin,
    "forget": uploads.upload_forget,
}


def address_of(upload: Upload) -> str:
    return reverse("admin:archive_upload_change", args=[upload.pk])
