"""People, the names they go by, and where they are mentioned."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.names import kin_key, name_key

wikidata_id = RegexValidator(r"^Q[1-9][0-9]{0,11}\Z", _("A Wikidata id is written like Q42."))


class Origin(models.TextChoices):
    """Who says so. What an editor says is never undone by an import or an extraction."""

    SOURCE = "source", _("given by the source")
    EXTRACTED = "extracted", _("found in the text")
    EDITOR = "editor", _("set by an editor")


class Person(models.Model):
    """One human under a canonical name. Two people may share a name; nobody shares a slug.

    A person is never taken away by a merge, only set aside: `merged_into` is then where the slug
    and the id lead. Nor by an editor's word that the name is no person's: that row keeps the name
    from coming back. `archive.identity` alone writes these two.
    """

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True, allow_unicode=True)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    kin = models.CharField(
        max_length=200,
        default="",
        editable=False,
        db_index=True,
        help_text=_("The family name and the first letter of the given one."),
    )
    note = models.TextField(_("note"), blank=True)
    wikidata = models.CharField(
        _("Wikidata id"), max_length=13, blank=True, validators=[wikidata_id]
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # see the index below
        related_name="merged",
        verbose_name=_("merged into"),
    )
    not_a_person = models.BooleanField(_("not a person"), default=False, editable=False)
    compared = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("Looked at by find_duplicate_people since the name was given."),
    )
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
        indexes = (
            models.Index(
                fields=("kin",),
                condition=models.Q(compared=False),
                name="person_not_compared",
            ),
            # Of the few that are merged. In an index of all, SQLite would look for those who are
            # not, which is nearly everybody, before it looks for a name.
            models.Index(
                fields=("merged_into",),
                condition=models.Q(merged_into__isnull=False),
                name="person_merged",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key, self.kin = name_key(self.name), kin_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("browse:person", args=[self.slug])

    @property
    def is_standing(self) -> bool:
        """Neither merged into another nor marked as no person."""
        return self.merged_into_id is None and not self.not_a_person


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


class PersonLink(models.Model):
    """Where else something is told of a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=2000)

    class Meta:
        ordering = ("id",)
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.title


class FormerSlug(models.Model):
    """A slug that a person had: its addresses lead to the person still."""

    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Mention(models.Model):
    """Ties a person to an article, with the names they are called there."""

    article = models.ForeignKey("archive.Article", models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="mentions", verbose_name=_("person")
    )
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
