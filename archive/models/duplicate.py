"""The same story twice: prints by which it is found, and what editors say of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.article import Article


class ArticlePrint(models.Model):
    """What an article's text is found by (`archive.duplicates.prints`).

    A band is empty where the text is too short to tell anything, or where so many have it that it
    tells nothing. An article whose print is missing or older than itself was not looked at.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="print", editable=False
    )
    band_1 = models.IntegerField(null=True, db_index=True)
    band_2 = models.IntegerField(null=True, db_index=True)
    band_3 = models.IntegerField(null=True, db_index=True)
    band_4 = models.IntegerField(null=True, db_index=True)
    band_5 = models.IntegerField(null=True, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.article_id}"


class Duplicate(models.Model):
    """Two articles with nearly the same text. `one` came first, by its id.

    A likely pair follows its texts: it goes once they are no longer alike. What an editor decided
    stays, and is not asked again.
    """

    class State(models.TextChoices):
        LIKELY = "likely", _("waits")
        SAME = "same", _("the same story")
        APART = "apart", _("kept apart")

    one = models.ForeignKey(Article, models.CASCADE, related_name="duplicates")
    other = models.ForeignKey(Article, models.CASCADE, related_name="duplicates_of")
    resemblance = models.PositiveSmallIntegerField(
        _("alike"), help_text=_("Percent of their runs of five words that both texts have.")
    )
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.LIKELY)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("on"), null=True)

    class Meta:
        ordering = ("-resemblance", "id")
        verbose_name = _("article there twice")
        verbose_name_plural = _("articles there twice")
        indexes = (models.Index(fields=("state", "-resemblance", "id"), name="duplicate_queue"),)
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="duplicate_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="duplicate_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
