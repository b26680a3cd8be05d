"""The editors' desk, in Django's own admin. One module per thing that is edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin import (
    article,
    audit,
    duplicates,
    filing,
    identity,
    imports,
    media,
    person,
    rejects,
)

__all__ = [
    "article",
    "audit",
    "duplicates",
    "filing",
    "identity",
    "imports",
    "media",
    "person",
    "rejects",
]

admin.site.site_header = _("Backfile: the editors’ desk")
admin.site.site_title = _("Backfile")
admin.site.index_title = _("The record")
