"""Photos, files and audio that belong to an article."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.files import validate_file


class Media(models.Model):
    """One photo, file or recording. The archive may know of it without holding it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        AUDIO = "audio", _("audio")
        VIDEO = "video", _("video")
        FILE = "file", _("file")

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="media", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.PHOTO)
    title = models.CharField(_("title"), max_length=500, blank=True)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    alt = models.CharField(
        _("text instead"), max_length=500, blank=True, help_text=_("For those who cannot see it.")
    )
    file = models.FileField(
        _("file"),
        upload_to="%Y/%m",
        max_length=500,
        blank=True,
        validators=[validate_file],
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    duration = models.PositiveIntegerField(
        _("duration"), null=True, blank=True, help_text=_("Seconds.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    shared_at = ""
    """Where the file is served to those who read its article by a link of their own."""

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("media item")
        verbose_name_plural = _("media")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=("photo", "audio", "video", "file")),
                name="media_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="photo") | models.Q(duration__isnull=True),
                name="media_photos_last_no_time",
                violation_error_message=_("A photo has no duration."),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.caption or f"{self.get_kind_display()} {self.position + 1}"

    def get_absolute_url(self) -> str:
        """Where the file is served from, if the archive holds it; else its own address, or ""."""
        if not self.file:
            return self.url
        return self.shared_at or reverse("archive:media", args=[self.pk])
