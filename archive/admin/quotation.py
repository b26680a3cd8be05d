"""Who said what, as editors correct it on the page of the article."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin.fields import FORM_FIELDS
from archive.admin.merging import MergingForm
from archive.admin.rows import MergingFormSet, Rows
from archive.attribution import place_of
from archive.models import Article, Quotation


class QuotationForm(MergingForm):
    """A quotation is where its words stand in the article, as the article is about to be saved."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.article = article  # with its texts as they were sent, not as they are

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        words, part = cleaned.get("text"), cleaned.get("part")
        if words and part and self.has_changed():
            self.find(words, getattr(self.instance.article, part))
        return cleaned

    def find(self, words: str, text: str) -> None:
        start = place_of(words, text, self.instance.start or 0)
        if start is None:
            self.add_error("text", _("These words do not stand there. Copy them from the article."))
            return
        self.instance.start, self.instance.end = start, start + len(words)


class QuotationFormSet(MergingFormSet):
    def follow(self) -> None:
        """A quotation that was found again has another row; what the editor says of it is said of
        that one."""
        rows = self.get_queryset()
        words = {(row.part, row.text): row.pk for row in rows}
        ids = {str(row.pk) for row in rows}
        for at in range(self.initial_form_count()):
            prefix = self.add_prefix(at)
            shown = (self.data.get(f"initial-{prefix}-{name}", "") for name in ("part", "text"))
            part, text = (value.replace("\r\n", "\n") for value in shown)
            if self.data.get(f"{prefix}-id") not in ids and (part, text) in words:
                self.data[f"{prefix}-id"] = str(words.pop((part, text)))
        super().follow()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "article": self.instance}

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """An article may have hundreds: those that nobody touched are not looked at again."""
        form: Any = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.empty_permitted = True
        return form

    def clean(self) -> None:
        """No two at one place: the database would refuse them."""
        super().clean()
        taken: set[tuple[str, int | None]] = set()
        for form in self.forms:
            place = (form.instance.part, form.instance.start)
            if form.has_changed() and form.instance.text and place in taken:
                form.add_error("text", _("There is a quotation at this place already."))
            taken.add(place)


class QuotationInline(Rows, admin.StackedInline):
    """What an extraction found is dismissed rather than deleted, or it would be found again."""

    model = Quotation
    form = QuotationForm
    formset = QuotationFormSet
    fields = (("text", "speaker"), ("part", "surface", "dismissed", "how", "origin"))
    readonly_fields = ("how", "origin")
    autocomplete_fields = ("speaker",)
    formfield_overrides = FORM_FIELDS
    can_delete = False
    extra = 0
