"""Photos, files and recordings."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from archive import selectors
from archive.admin.fields import FORM_FIELDS
from archive.models import Media, Right
from archive.rights import has_right

MEDIA_FIELDS = (
    "file",
    "caption",
    ("credit", "alt"),
    ("title", "kind"),
    ("url", "duration", "position"),
)


@admin.register(Media)
class MediaAdmin(admin.ModelAdmin):
    list_display = ("__str__", "kind", "article", "duration")
    list_filter = ("kind",)
    list_select_related = ("article",)
    list_per_page = 50
    search_fields = ("title", "caption", "credit", "article__headline")
    autocomplete_fields = ("article",)
    fields = ("article", *MEDIA_FIELDS)
    formfield_overrides = FORM_FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Media]:
        return selectors.media_for(request.user)

    # Whose article it is matters here, and where it may be taken: whoever edits only their own
    # drafts finds their media on the pages of those.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and has_right(request.user, Right.EDIT_ANY)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_edit = has_right(request.user, Right.EDIT_ANY)
        return super().has_change_permission(request, obj) and may_edit

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_edit = has_right(request.user, Right.EDIT_ANY)
        return super().has_delete_permission(request, obj) and may_edit
