"""Photos, files and recordings."""

from django.contrib import admin

from archive.admin.fields import FORM_FIELDS
from archive.models import Media

MEDIA_FIELDS = (
    ("kind", "position"),
    "title",
    "file",
    "url",
    "alt",
    "caption",
    "credit",
    "duration",
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
