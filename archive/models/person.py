"""People, the names they go by, and where they are mentioned."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.names import name_key


class Origin(models.TextChoices):
    """Who says so. What an editor says is never undone by an import or an extraction."""

    SOURCE = "source", _("given by the source")
    EXTRACTED = "extracted", _("found in the text")
    EDITOR = "editor", _("set by an editor")


class Person(models.Model):
    """One human under a canonical name. Two people may share a name; nobody shares a slug."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True, allow_unicode=True)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    note = models.TextField(_("note"), blank=True)
    content_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the record as it was last imported; empty if made otherwise."),
    )
    imported_fields = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("The note's hash and the aliases as last imported: the rest is an editor's."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("browse:person", args=[self.slug])


class PersonAlias(models.Model):
    """Another name of a person: a variant, a transliteration, a nickname, a slip."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.EDITOR)

    class Meta:
        ordering = ("name",)
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = (
            models.UniqueConstraint(fields=("person", "name"), name="alias_once_per_person"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Mention(models.Model):
    """Ties a person to an article, with the names they are called there."""

    article = models.ForeignKey("archive.Article", models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentions")
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.EDITOR)
    surfaces = models.JSONField(_("names in the text"), default=list, blank=True, editable=False)
    count = models.PositiveIntegerField(_("times"), default=1, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "person"),
                name="mention_once_per_article",
                violation_error_message=_("This person is already listed for this article."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
