"""How some columns become form fields, alike on every page of the desk."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminFileWidget,
    AdminSplitDateTime,
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.db.models import FileField, TextField, URLField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class CalmFields(BaseModelAdmin):
    """What a form points to can be added beside it, and is changed and deleted on its own page.

    Dates and times say of what they are.
    """

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = field and field.widget
        if isinstance(widget, AdminSplitDateTime):
            for part, name in zip(widget.widgets, (_("date"), _("time")), strict=True):
                part.attrs["aria-label"] = f"{field.label}: {name}"
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_change_related = False
            widget.can_delete_related = False
            widget.can_view_related = False
        return field


class HeldFile(NamedTuple):
    """What the file widget shows of a file that is held."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class HeldFileWidget(AdminFileWidget):
    """Links a held file by the address that asks whose it is: by its name it cannot be had."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if self.is_initial(value):
            value = HeldFile(value.name, value.instance.get_absolute_url())
        return super().get_context(name, value, attrs)


class HeldFileField(forms.FileField):
    """A file, or the name of the one that was held when the form was shown."""

    def to_python(self, data: Any) -> Any:
        return data if isinstance(data, str) else super().to_python(data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(data, str):
            return str(initial or "") != data
        return super().has_changed(initial, data)


class LinesField(forms.CharField):
    """Text of several lines, as it is kept: browsers send the end of each line as CR LF."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return lines_of(text) if text else text


class BodyWidget(AdminTextareaWidget):
    """A text with its length below, which `desk-words.js` keeps up with the writing."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 24})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        text = value or ""
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "id": (attrs or {}).get("id"),
            "words": words_in(text),
            "paragraphs": len([part for part in lines_of(text).split("\n\n") if part.strip()]),
        }
        return render_to_string("admin/archive/article/_body.html", context)


def words_in(text: str) -> int:
    """What stands between spaces and has a letter or a digit in it."""
    return sum(any(map(str.isalnum, part)) for part in text.split())


def lines_of(text: str) -> str:
    return text.replace("\r\n", "\n")


FORM_FIELDS: Mapping[type[Any], Mapping[str, Any]] = {
    FileField: {"form_class": HeldFileField, "widget": HeldFileWidget},
    TextField: {"form_class": LinesField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
    URLField: {"assume_scheme": "https"},
}
