"""What was put right in an article after it appeared."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """A note that stands at the article for as long as it is kept, if it is `public`."""

    article = models.ForeignKey("archive.Article", models.CASCADE, related_name="corrections")
    when = models.DateTimeField(_("corrected"), default=timezone.now)
    text = models.TextField(_("correction"), help_text=_("What was wrong, and what is right."))
    public = models.BooleanField(_("shown to readers"), default=True)
    shows_changes = models.BooleanField(
        _("with what was changed"),
        default=False,
        help_text=_("Readers see word by word what this correction changed in the public text."),
    )
    version = models.ForeignKey(
        "archive.ArticleVersion",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("What the correction made of the text, if it was public before and after."),
    )

    class Meta:
        ordering = ("when", "id")
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text
