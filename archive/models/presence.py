"""Who has which article open at the desk."""

from django.conf import settings
from django.db import models

from archive.models.article import Article


class Presence(models.Model):
    """An editor with the form of an article before them, `since` then and last `seen` then.

    Their browser says so every half minute; who was not heard of for a while is there no more.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=("article", "user"), name="presence_once_per_article"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.article}"
