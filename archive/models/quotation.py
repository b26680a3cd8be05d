"""What somebody said, where an article says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.person import Origin, Person


class Quotation(models.Model):
    """Words of an article that stand in quotation marks, with the speaker they are attributed to.

    `start` and `end` count characters of the article's `part`; between them stands `text`, without
    the marks. Both are empty where an editor's quotation is no longer in the text: it is kept, and
    not shown. What an editor said of a quotation no extraction changes.
    """

    class Part(models.TextChoices):
        HEADLINE = "headline", _("headline")
        STANDFIRST = "standfirst", _("standfirst")
        BODY = "body", _("body")

    class How(models.TextChoices):
        """What told the speaker."""

        NAME = "name", _("by name")
        TITLE = "title", _("by title")
        PRONOUN = "pronoun", _("by pronoun")
        CONTINUED = "continued", _("goes on")
        UNTOLD = "", _("not told")

    article = models.ForeignKey("archive.Article", models.CASCADE, related_name="quotations")
    part = models.CharField(_("where"), max_length=10, choices=Part, default=Part.BODY)
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    text = models.TextField(_("words"))
    speaker = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotations",
        verbose_name=_("speaker"),
    )
    surface = models.CharField(
        _("speaker in the text"), max_length=200, blank=True, help_text=_("As the article says it.")
    )
    how = models.CharField(_("attributed"), max_length=9, choices=How, blank=True, editable=False)
    origin = models.CharField(
        _("origin"), max_length=9, choices=Origin, default=Origin.EDITOR, editable=False
    )
    dismissed = models.BooleanField(
        _("not a quotation"), default=False, help_text=_("Not shown, and not found again.")
    )

    class Meta:
        ordering = ("start", "id")
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "part", "start"),
                name="quotation_once_in_its_place",
                violation_error_message=_("There is a quotation at this place already."),
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(start__lt=models.F("end")),
                name="quotation_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.text
