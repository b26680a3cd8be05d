"""Who did what: the audit log."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(TypeError):
    """The audit log is added to and read, never changed."""


class AuditEntries(models.QuerySet["AuditEntry"]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError("An entry of the audit log is never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Only `entries_forget` removes entries, once they are old.")


class AuditEntry(models.Model):
    """One deed, written in the transaction of the deed.

    Whoever and whatever it names may be gone: `account` and `subject_id` are no foreign keys, and
    `name` and `subject` are those of that time. A deed done to many things at once is one entry.
    What each move, decision or import was like stands in tables of their own.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        FAILED = "failed", _("failed to sign in")
        SIGNED_OUT = "signed_out", _("signed out")
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        WITHDRAWN = "withdrawn", _("withdrawn")
        PUT_BACK = "put_back", _("change of many articles undone")
        DELETED = "deleted", _("deleted")
        DECIDED = "decided", _("decided who is who")
        UNDECIDED = "undecided", _("decision taken back")
        IMPORTED = "imported", _("import begun")
        UNDONE = "undone", _("import undone")
        EXPORTED = "exported", _("exported")
        ROLE = "role", _("account or role changed")
        PREVIEW = "preview", _("preview link made")
        REVOKED = "revoked", _("preview link taken back")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    account = models.BigIntegerField(_("account"), null=True)
    name = models.CharField(_("who"), max_length=150, blank=True)
    whence = models.CharField(
        _("from"), max_length=150, help_text=_("An address, or a command and who ran it.")
    )
    trace = models.CharField(_("request"), max_length=64, blank=True)
    model = models.CharField(max_length=50, blank=True)
    subject_id = models.BigIntegerField(_("number"), null=True)
    subject = models.CharField(_("of what"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=1)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = AuditEntries.as_manager()

    class Meta:
        ordering = ("-id",)
        default_permissions = ()  # whoever may change many articles may read it
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log entries")
        indexes = (
            models.Index(fields=("kind", "-id"), name="audit_by_kind"),
            models.Index(fields=("account", "-id"), name="audit_by_account"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.name} {self.get_kind_display()} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("An entry of the audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyError("Only `entries_forget` removes entries, once they are old.")
