"""Runs of bulk imports, with what they could not take in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One run of a bulk import: what it was asked, how far it came, and its counts.

    `checkpoint` and the counts are saved in the same transaction as the articles they speak of,
    so a run that was killed goes on exactly behind the last article it kept.
    created + updated + unchanged + rejected = read, at every commit.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        FAILED = "failed", _("failed")

    fingerprint = models.CharField(
        max_length=64,
        editable=False,
        help_text=_("SHA-256 of what was asked: an unfinished batch with the same one is resumed."),
    )
    asked = models.JSONField(
        _("asked"), default=dict, editable=False, help_text=_("Paths, format, source, time zone.")
    )
    checkpoint = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("How far it came: file, records, and a hash of the files so far."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    error = models.TextField(_("error"), blank=True)
    read = models.PositiveIntegerField(_("read"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone = models.PositiveIntegerField(
        _("articles taken out"), default=0, help_text=_("Withdrawn or deleted by undoing it.")
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        indexes = (models.Index(fields=("fingerprint", "state"), name="batch_to_resume"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("created")
                    + models.F("updated")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
                name="batch_counts_add_up",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class FetchFailure(models.Model):
    """A photo or recording that an import was asked to fetch and could not; its article is in."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="fetch_failures", verbose_name=_("import batch")
    )
    url = models.URLField(_("address"), max_length=2000)
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("file that was not fetched")
        verbose_name_plural = _("files that were not fetched")
        constraints = (
            models.UniqueConstraint(fields=("batch", "url"), name="fetch_failed_once_per_batch"),
        )

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class ImportReject(models.Model):
    """A record that could not be taken in: where it stands, why, and the record itself.

    `attempt` is how an editor last mended it. Once that was taken in the row says so and stays, and
    its batch counts what became of it instead.
    """

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="rejects", verbose_name=_("import batch")
    )
    file = models.TextField(_("file"))
    line = models.PositiveIntegerField(_("line"))
    reason = models.TextField(_("reason"))
    record = models.TextField(_("record"))
    attempt = models.TextField(_("as mended"), blank=True)
    mended_at = models.DateTimeField(_("mended"), null=True, blank=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mended by"),
    )

    class Meta:
        ordering = ("id",)
        verbose_name = _("reject")
        verbose_name_plural = _("rejects")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"
