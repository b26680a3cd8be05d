"""What belongs to an article and is edited on its page."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin.fields import FORM_FIELDS
from archive.admin.media import MEDIA_FIELDS
from archive.models import Article, Correction, Media, Mention, RelatedArticle


class MentionInline(admin.TabularInline):
    model = Mention
    fields = ("person", "origin", "position")
    readonly_fields = ("origin",)
    autocomplete_fields = ("person",)
    extra = 1
    verbose_name = _("person")
    verbose_name_plural = _("people")


class MediaInline(admin.StackedInline):
    model = Media
    fields = MEDIA_FIELDS
    formfield_overrides = FORM_FIELDS
    extra = 0


class RelatedForm(forms.ModelForm):
    def clean_target(self) -> Article | None:
        """Django checks no constraint that names the article whose page the form stands on."""
        target: Article | None = self.cleaned_data["target"]
        if target and target.pk == self.instance.article_id:
            raise forms.ValidationError(_("An article is not related to itself."))
        return target


class RelatedInline(admin.StackedInline):
    model = RelatedArticle
    form = RelatedForm
    fk_name = "article"
    # All that the constraints speak of, or the database would refuse what the form let pass.
    fields = (("target", "position"), "title", ("url", "external_id"))
    autocomplete_fields = ("target",)
    formfield_overrides = FORM_FIELDS
    extra = 0
    verbose_name = _("article to read also")
    verbose_name_plural = _("read also")


class CorrectionInline(admin.StackedInline):
    model = Correction
    fields = (("when", "public", "shows_changes"), "text")
    formfield_overrides = FORM_FIELDS
    extra = 0
