"""Links by which an article can be read before it is public."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.article import Article


class Preview(models.Model):
    """A link to one article for whoever it is sent to, until it expires or is taken back.

    Only a hash of the link is kept: who reads this table cannot make it up. Taking it back deletes
    the row.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="previews")
    token_hash = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the token in the link.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text=_("When it was last opened."))

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.article} ({self.made_at:%Y-%m-%d %H:%M})"
