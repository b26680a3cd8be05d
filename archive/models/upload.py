"""Files that came over the desk, to be imported."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """One file on its way into the archive, and what a dry run says would become of it.

    `token` names the folder it lies in. The counts, `rejects` (the first ones), `notes` and
    `new_people` (the first ones) are those of the dry run; what the import itself came to stands in
    its batch. `position`: bytes that were read, of `size`.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")

    token = models.CharField(max_length=32, unique=True, editable=False)
    name = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("Bytes."))
    format = models.CharField(_("format"), max_length=20)
    source = models.CharField(_("source"), max_length=200, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.CHECKING)
    error = models.TextField(_("error"), blank=True)
    position = models.PositiveBigIntegerField(default=0, editable=False)
    checkpoint = models.JSONField(default=dict, editable=False)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    rejects: Any = models.JSONField(default=list, editable=False)
    notes: Any = models.JSONField(default=list, editable=False)
    new_people: Any = models.JSONField(default=list, editable=False)
    batch = models.ForeignKey(
        "archive.ImportBatch",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("import batch"),
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return self.name
