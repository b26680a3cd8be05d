"""What belongs to an article and is edited on its page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin.fields import FORM_FIELDS
from archive.admin.media import MEDIA_FIELDS
from archive.admin.merging import MergingForm
from archive.admin.rows import MergingFormSet, Rows
from archive.models import Article, Correction, Media, Mention, RelatedArticle
from archive.selectors import articles_for


class MentionFormSet(MergingFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        """In a table no field has a label of its own."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> None:
        """Whom somebody else has added meanwhile need not be added again."""
        super().clean()
        rows = [form.instance.pk for form in self.initial_forms]
        others = Mention.objects.filter(article=self.instance.pk).exclude(pk__in=rows)
        there = set(others.values_list("person", flat=True))
        for form in self.forms:
            if form.instance.person_id not in there:
                continue
            if form.instance.pk is None:
                form.changed_data = []
            else:
                form.add_error("person", _("This person is already listed for this article."))


class MentionInline(Rows, admin.TabularInline):
    model = Mention
    form = MergingForm
    formset = MentionFormSet
    fields = ("person", "origin", "position")
    readonly_fields = ("origin",)
    autocomplete_fields = ("person",)
    extra = 1
    verbose_name = _("person")
    verbose_name_plural = _("people")


class MediaInline(Rows, admin.StackedInline):
    model = Media
    form = MergingForm
    formset = MergingFormSet
    fields = MEDIA_FIELDS
    formfield_overrides = FORM_FIELDS
    extra = 0


class RelatedForm(MergingForm):
    def clean_target(self) -> Article | None:
        """Django checks no constraint that names the article whose page the form stands on."""
        target: Article | None = self.cleaned_data["target"]
        if target and target.pk == self.instance.article_id:
            raise forms.ValidationError(_("An article is not related to itself."))
        return target


class RelatedInline(Rows, admin.StackedInline):
    model = RelatedArticle
    form = RelatedForm
    formset = MergingFormSet
    fk_name = "article"
    # All that the constraints speak of, or the database would refuse what the form let pass.
    fields = (("target", "position"), "title", ("url", "external_id"))
    autocomplete_fields = ("target",)
    formfield_overrides = FORM_FIELDS
    extra = 0
    after_tags = True
    verbose_name = _("article to read also")
    verbose_name_plural = _("read also")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedArticle]:
        """Without those to articles that one may not read: a row names its target."""
        readable = Exists(articles_for(request.user).filter(pk=OuterRef("target")))
        return super().get_queryset(request).filter(readable | Q(target=None))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "target":  # nor does it say which numbers there are
            kwargs["queryset"] = articles_for(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CorrectionInline(Rows, admin.StackedInline):
    model = Correction
    form = MergingForm
    formset = MergingFormSet
    after_tags = True
    fields = ("text", ("public", "shows_changes"), "when")
    formfield_overrides = FORM_FIELDS
    extra = 0
