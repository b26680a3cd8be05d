"""An article and what it is filed under: source, section, tags, and the articles it points to."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.deletion import Collector
from django.urls import reverse
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from archive.dating import DatePrecision
from archive.models.right import Right
from archive.models.version import Versions

# BCP 47 in the shapes that news formats use: en, en-GB, zh-Hans-CN.
language_tag = RegexValidator(
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("A language is written like en, de or pt-BR.")
)


class Status(models.TextChoices):
    """Where an article stands in the newsroom. Whether the public may see it is decided in ONE
    place, `archive.selectors.public_articles`, never by comparing with these."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Named(models.Model):
    """Something that articles are filed under by its name; the slug stands for it in addresses."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("slug"), max_length=200, unique=True, allow_unicode=True)

    class Meta:
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Source(Named):
    """Who published the articles: a newspaper, an agency, a site."""

    url = models.URLField(_("address"), blank=True)

    class Meta(Named.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class Section(Named):
    """A part of the paper: News, Harbour, Letters."""

    class Meta(Named.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_absolute_url(self) -> str:
        return reverse("browse:section", args=[self.slug])


class Tag(Named):
    """A word that articles are filed under; `kind` says what sort of thing it names."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("subject")
        PLACE = "place", _("place")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SUBJECT)

    class Meta(Named.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def get_absolute_url(self) -> str:
        return reverse("browse:tag", args=[self.slug])


class Article(models.Model):
    """One published text with its headline, dates, people and media.

    Times are instants (aware, kept in UTC); the day that an article belongs to is the day of
    `first_published` in the newsroom's TIME_ZONE. An article without `first_published` is undated.
    Where no more than a month or a year is known, `first_published` is its first instant there, and
    `date_precision` says so.
    """

    external_id = models.CharField(
        _("external id"), max_length=255, blank=True, help_text=_("The source's own id.")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="articles", verbose_name=_("source")
    )
    url = models.URLField(_("original address"), max_length=2000, blank=True)
    language = models.CharField(
        _("language"), max_length=35, default="en", validators=[language_tag]
    )
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    headline = models.CharField(_("headline"), max_length=1000, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(
        _("body"), blank=True, help_text=_("An empty line begins a new paragraph.")
    )
    byline = models.CharField(_("byline"), max_length=500, blank=True)
    place = models.CharField(_("dateline place"), max_length=200, blank=True)
    first_published = models.DateTimeField(
        _("first published"), null=True, blank=True, help_text=_("Empty: undated.")
    )
    date_precision = models.CharField(
        _("exactness of the date"),
        max_length=5,
        blank=True,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        db_default=DatePrecision.DAY,
        help_text=_("Of a month or a year give any day above; readers see no day then."),
    )
    last_modified = models.DateTimeField(_("last modified"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    rights = models.TextField(
        _("rights"), blank=True, help_text=_("Copyright and terms of use, in the source’s words.")
    )
    expires_at = models.DateTimeField(
        _("current until"),
        null=True,
        blank=True,
        help_text=_("What its source said of it; the archive keeps and shows it all the same."),
    )

    tags = models.ManyToManyField(Tag, blank=True, related_name="articles", verbose_name=_("tags"))
    people = models.ManyToManyField(
        "archive.Person",
        through="archive.Mention",
        related_name="articles",
        verbose_name=_("people"),
    )

    content_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the record as it was last imported; empty if written by hand."),
    )
    imported_fields = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("Field to hash of the value last imported: what differs, an editor changed."),
    )
    batch = models.ForeignKey(
        "archive.ImportBatch",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
        verbose_name=_("import batch"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="articles_written",
        verbose_name=_("written at the desk by"),
        help_text=_("Whose draft it is; nobody's, if it was imported."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    versions = Versions()

    class Meta:
        ordering = (models.F("first_published").desc(nulls_last=True), "-id")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = tuple((right.value, right.label) for right in Right)
        constraints = (
            models.UniqueConstraint(
                fields=("source", "external_id"),
                condition=~models.Q(external_id=""),
                name="article_once_per_source",
                violation_error_message=_("This source already has an article with this id."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="article_status_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(headline="") | ~models.Q(body=""),
                name="article_says_something",
                violation_error_message=_("An article needs a headline or a body."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="scheduled") | models.Q(first_published__isnull=False),
                name="article_scheduled_has_a_time",
                violation_error_message=_("A scheduled article needs the time it is published."),
            ),
        )
        indexes = (
            models.Index(
                # SQLite puts NULLs last by itself, and refuses to hear it in an index; PostgreSQL
                # has to be told, which migration 0002 does.
                models.F("first_published").desc(),
                models.F("id").desc(),
                name="article_newest",
            ),
            # What came due by its date (`selectors.came_due`), and the editors' lists by status.
            models.Index(fields=("status", "first_published"), name="article_due"),
            models.Index(
                fields=("embargo_until",),
                condition=models.Q(embargo_until__isnull=False),
                name="article_embargo",
            ),
            models.Index(fields=("url",), condition=~models.Q(url=""), name="article_url"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("archive:article", args=[self.pk, self.slug])

    @property
    def title(self) -> str:
        """The headline; where the source gave none, the body's first words."""
        return self.headline or Truncator(self.body).words(12)

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.body.split("\n\n") if part.strip()]

    @property
    def slug(self) -> str:
        return slugify(self.title, allow_unicode=True)[:80].strip("-") or "article"


def forget_target(
    collector: Collector, field: Any, pointers: models.QuerySet[Any], using: str
) -> None:
    """A pointer whose target is deleted keeps its own words; one that has none goes with it."""
    says_nothing = models.Q(title="", external_id="", url="")
    models.SET_NULL(collector, field, pointers.exclude(says_nothing), using)
    models.CASCADE(collector, field, pointers.filter(says_nothing), using)


class RelatedArticle(models.Model):
    """ "Read also": an editor's pointer to another article, perhaps one not yet in the archive.

    `target` is filled in when an article with that headline or address arrives.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="related")
    target = models.ForeignKey(
        Article,
        forget_target,
        null=True,
        blank=True,
        related_name="pointed_to_by",
        verbose_name=_("article"),
    )
    title = models.CharField(_("title"), max_length=1000, blank=True)
    external_id = models.CharField(_("external id"), max_length=255, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(target__isnull=False)
                | ~models.Q(title="")
                | ~models.Q(external_id="")
                | ~models.Q(url=""),
                name="related_points_somewhere",
                violation_error_message=_("Name the related article or choose it."),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("article")),
                name="related_to_another",
                violation_error_message=_("An article is not related to itself."),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.target or self.external_id or self.url)
