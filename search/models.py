"""The outbox's tables: which articles the index has yet to learn about."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """One article that changed and that the index has to be told of.

    Database triggers write these rows (`triggers.py`) in the transaction of the change. There is no
    foreign key: the article may be gone. A payload is never kept: the drainer reads the article as
    it is now.
    """

    article_id = models.BigIntegerField(_("article"), db_index=True)
    created_at = models.DateTimeField(_("since"), db_default=Now())
    applied = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("The live index knows; kept for the rebuild that is going on."),
    )
    hides = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("What the index holds may not be public any more."),
    )
    error = models.TextField(
        _("error"), default="", db_default="", help_text=_("Set aside with this.")
    )

    class Meta:
        ordering = ("id",)
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")
        indexes = (
            # Asked before each search, also while the rows of a large import wait.
            models.Index(
                fields=("article_id",),
                condition=models.Q(hides=True, applied=False),
                name="index_change_hides",
            ),
            # Those set aside: few, among the many of a large import, and asked for by the desk.
            models.Index(
                fields=("id",), condition=~models.Q(error=""), name="index_change_set_aside"
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.article_id}"


class DueMark(models.Model):
    """Until when the index knows of articles that time alone made public. One row."""

    until = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="due_mark_is_one"),)

    def __str__(self) -> str:
        return self.until.isoformat()


class SavedView(models.Model):
    """A list of articles under a name: its words and filters, which are asked anew each time."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(_("words and filters"), help_text=_("As in the list's address."))
    shared = models.BooleanField(
        _("shared"), default=False, help_text=_("Everybody at the desk has it above the list.")
    )

    class Meta:
        ordering = ("name", "id")
        default_permissions = ()  # one's own are everybody's; see `search.desk.saved`
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="view_once_per_owner",
                violation_error_message=_("You have a view of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name
