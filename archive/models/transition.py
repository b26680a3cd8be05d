"""How an article went from one status to another."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.article import Article, Status


class Transition(models.Model):
    """One move: from which status to which, when, by whom and why.

    Written in the transaction of the move and never changed. Without `by` nobody at the desk moved
    it: its hour came, which is `when` then, or its source took it back.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="transitions")
    origin = models.CharField(_("from"), max_length=10, choices=Status)
    target = models.CharField(_("to"), max_length=10, choices=Status)
    when = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)

    class Meta:
        ordering = ("when", "id")
        default_permissions = ()  # nobody edits one, and whoever reads the article may read it
        verbose_name = _("move")
        verbose_name_plural = _("moves")

    def __str__(self) -> str:
        return f"{self.get_origin_display()} → {self.get_target_display()}"
