"""Who is who: what editors decided, and what waits for their decision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.person import Person


class PersonDecision(models.Model):
    """What an editor decided about a person, and all that it takes to undo it.

    `person` is the one set aside, divided or kept apart; `other` the one that was kept, made or
    kept apart from; None where the name is no person's. The history of a person is these rows.
    """

    class Kind(models.TextChoices):
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("divided; the other is")
        APART = "apart", _("is not")
        NOT_A_PERSON = "no_person", _("is not a person")

    kind = models.CharField(_("decision"), max_length=9, choices=Kind)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="decisions", verbose_name=_("person")
    )
    other = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="decisions_on", verbose_name=_("other")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("on"), default=timezone.now)
    moved = models.JSONField(default=dict, help_text=_("The rows it changed, for its undoing."))
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("decision about a person")
        verbose_name_plural = _("decisions about people")

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.other or ''}".strip()


class Likeness(models.Model):
    """Two people who may be one; `find_duplicate_people` finds them, an editor decides.

    `one` has the smaller id. Once decided the row is gone, and PersonDecision keeps it from coming
    back.
    """

    class Reason(models.TextChoices):
        ASKED = "asked", _("an editor’s question")
        SPELLING = "spelling", _("the same name, spelt otherwise")
        MIDDLE = "middle", _("a middle name more or less")
        INITIAL = "initial", _("a given name and its initial")
        NICKNAME = "nickname", _("a nickname")
        SLIP = "slip", _("a letter of the family name")

    one = models.ForeignKey(Person, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Person, models.CASCADE, related_name="likenesses_of")
    reason = models.CharField(_("because of"), max_length=8, choices=Reason)
    likelihood = models.PositiveSmallIntegerField(
        _("right in"), db_index=True, help_text=_("Percent of such pairs that are one person.")
    )

    class Meta:
        ordering = ("-likelihood", "id")
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="likeness_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="likeness_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
