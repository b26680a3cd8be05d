"""What articles are filed under: sources, sections, tags; and the form of all that have a slug."""

from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.fields import FORM_FIELDS
from archive.models import Section, Source, Tag
from archive.selectors import articles_for
from archive.slugs import free_slug


class NamedForm(forms.ModelForm):
    """A form for what has a name and a slug; an empty slug is made from the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # not where the form may only be read
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Part of addresses. Empty: made from the name.")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug or free_slug(self._meta.model, self.cleaned_data.get("name", ""))


class FilingAdmin(admin.ModelAdmin):
    """What articles are filed under, with the number of its articles that one may read."""

    form = NamedForm
    formfield_overrides = FORM_FIELDS
    list_per_page = 50
    lookup = ""
    """How an article names it: the field."""

    filter_name = ""
    """What the list of articles is filtered by in its address, with the slug."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        articles = articles_for(request.user).filter(**{self.lookup: OuterRef("pk")}).order_by()
        counts = articles.values(self.lookup).annotate(count=Count("pk")).values("count")
        counted: QuerySet[Any] = (
            super().get_queryset(request).annotate(article_count=Coalesce(Subquery(counts), 0))
        )
        return counted

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, thing: Any) -> SafeString:
        address = reverse("admin:archive_article_changelist")
        return format_html(
            '<a href="{}?{}={}">{}</a>',
            address,
            self.filter_name,
            quote_plus(thing.slug),
            thing.article_count,
        )


@admin.register(Section)
class SectionAdmin(FilingAdmin):
    lookup = "section"
    filter_name = "section"
    list_display = ("name", "article_count")
    search_fields = ("name",)


@admin.register(Source)
class SourceAdmin(FilingAdmin):
    lookup = "source"
    filter_name = "source"
    list_display = ("name", "url", "article_count")
    search_fields = ("name",)


@admin.register(Tag)
class TagAdmin(FilingAdmin):
    lookup = "tags"
    filter_name = "tag"
    list_display = ("name", "kind", "article_count")
    list_filter = ("kind",)
    search_fields = ("name",)
