"""What a change of many articles has to be told, one form for each kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.bulk import Kind
from archive.bulk.filing import SetSection, SetSource
from archive.bulk.moves import Publish, Withdraw
from archive.bulk.tagging import AddPerson, AddTags, MergeTags, RemoveTags
from archive.models import Article, Mention, Person, Section, Source, Tag

TAGS = Article._meta.get_field("tags")


def one_of(field: Any) -> AutocompleteSelect:
    """A box that completes what is typed to one row of what `field` leads to."""
    return AutocompleteSelect(field, admin.site)


class KindForm(forms.Form):
    """Nothing to be told."""

    def change(self) -> Any:
        """The change as it was told. Ask a valid form."""
        return Publish()

    def told(self) -> str:
        """The same in words."""
        return ""


class WithdrawForm(KindForm):
    reason = forms.CharField(
        label=gettext_lazy("Why?"), widget=AdminTextareaWidget(attrs={"rows": 3}), strip=True
    )

    def change(self) -> Any:
        return Withdraw(self.cleaned_data["reason"])

    def told(self) -> str:
        return str(self.cleaned_data["reason"])


class TagsForm(KindForm):
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label=gettext_lazy("Tags"),
        widget=AutocompleteSelectMultiple(TAGS, admin.site),
    )

    def ids(self) -> list[int]:
        return sorted(tag.pk for tag in self.cleaned_data["tags"])

    def change(self) -> Any:
        return AddTags(self.ids())

    def told(self) -> str:
        return ", ".join(str(tag) for tag in self.cleaned_data["tags"])


class RemoveTagsForm(TagsForm):
    def change(self) -> Any:
        return RemoveTags(self.ids())


class SectionForm(KindForm):
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("no section"),
    )

    def change(self) -> Any:
        section = self.cleaned_data["section"]
        return SetSection(section.pk if section else None)

    def told(self) -> str:
        return str(self.cleaned_data["section"] or _("no section"))


class SourceForm(KindForm):
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source"),
        widget=one_of(Article._meta.get_field("source")),
    )

    def change(self) -> Any:
        return SetSource(self.cleaned_data["source"].pk)

    def told(self) -> str:
        return str(self.cleaned_data["source"])


class PersonForm(KindForm):
    person = forms.ModelChoiceField(
        Person.objects.filter(merged_into=None, not_a_person=False),
        label=gettext_lazy("Person"),
        widget=one_of(Mention._meta.get_field("person")),
    )

    def change(self) -> Any:
        return AddPerson(self.cleaned_data["person"].pk)

    def told(self) -> str:
        return str(self.cleaned_data["person"])


class MergeTagsForm(KindForm):
    gone = forms.ModelChoiceField(
        Tag.objects.all(),
        label=gettext_lazy("Instead of this tag"),
        help_text=gettext_lazy("It is deleted when no article has it any more."),
        widget=one_of(TAGS),
    )
    kept = forms.ModelChoiceField(
        Tag.objects.all(), label=gettext_lazy("they get this one"), widget=one_of(TAGS)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("gone") and cleaned.get("gone") == cleaned.get("kept"):
            self.add_error("kept", _("These are the same tag."))
        return cleaned

    def change(self) -> Any:
        gone, kept = self.cleaned_data["gone"], self.cleaned_data["kept"]
        return MergeTags(gone.pk, kept.pk, gone.name, gone.slug, gone.kind)

    def told(self) -> str:
        return f"{self.cleaned_data['gone']} → {self.cleaned_data['kept']}"


FORMS: Mapping[Kind, type[KindForm]] = {
    Kind.PUBLISH: KindForm,
    Kind.WITHDRAW: WithdrawForm,
    Kind.ADD_TAGS: TagsForm,
    Kind.REMOVE_TAGS: RemoveTagsForm,
    Kind.SECTION: SectionForm,
    Kind.SOURCE: SourceForm,
    Kind.PERSON: PersonForm,
    Kind.MERGE_TAGS: MergeTagsForm,
}
