"""The outbox's tables: which articles the index has yet to learn about."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.bulk import Kind, Verdict


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


class IndexGeneration(models.Model):
    """A generation of the index that holds this database's articles: see `search.ledger`."""

    name = models.CharField(max_length=40, unique=True)
    commits = models.PositiveBigIntegerField(help_text=_("How many it has taken at least."))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.commits}"


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


class BulkChange(models.Model):
    """One change of many articles: what, of which, by whom, and how far it came.

    Its items are the articles that matched when it was counted, so what arrives later is not
    caught. `reached` is the last item that was dealt with: it is saved in the transaction that
    changes the articles, so whoever goes on begins exactly behind it.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("counted, not begun")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    kind = models.CharField(_("change"), max_length=12, choices=Kind)
    params = models.JSONField(default=dict)
    described = models.TextField(_("what"))
    query = models.TextField(_("of which articles"), help_text=_("As in the list's address."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)
    expected = models.JSONField(default=dict, help_text=_("How many of each verdict were counted."))
    total = models.PositiveIntegerField(_("articles"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.COUNTED)
    reached = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("dealt with"), default=0)
    error = models.TextField(_("stopped by"), blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        ordering = ("-id",)
        default_permissions = ()  # asked of the record's own rights; see `search.desk.bulk`
        verbose_name = _("change of many articles")
        verbose_name_plural = _("changes of many articles")
        indexes = (
            models.Index(
                fields=("id",),
                condition=models.Q(state__in=("running", "undoing"), error=""),
                name="bulk_under_way",
            ),
        )

    def __str__(self) -> str:
        return self.described


class BulkItem(models.Model):
    """One article of a change: what became of it, and what undoing that needs."""

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="items", db_index=False)
    article_id = models.BigIntegerField()  # it may be gone
    verdict = models.CharField(max_length=7, default="", db_default="", choices=Verdict)
    was = models.JSONField(null=True)
    undone = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = (models.Index(fields=("change", "id"), name="bulk_items_in_order"),)

    def __str__(self) -> str:
        return f"{self.article_id} {self.verdict}"
