"""Forms in which two editors may work on one article, and neither undoes what the other did.

What a form showed is sent back with it, as Django's hidden initial values. So three texts of each
field are at hand: the one that was shown, the editor's, and the one that is in the archive now.
Whoever saves holds the article's row (`ArticleAdmin.get_object`), so "now" is not over before it
is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Manager, QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.differences import Piece, differences, joined
from archive.models import Article


@dataclass(frozen=True)
class Conflict:
    """A field that was changed by the editor and, since they opened the form, by somebody else.

    `both` is a text with the changes of both; None where they meet, or where it is no text.
    """

    field: BoundField
    mine: str
    theirs: str
    both: str | None = None

    @property
    def name(self) -> str:
        """Under which the editor's choice is sent."""
        return f"settle-{self.field.html_name}"

    @property
    def label(self) -> str:
        """Of the field, and of the row below the article that it is in."""
        row = self.field.form.instance  # type: ignore[attr-defined]
        label = str(self.field.label)
        if isinstance(row, Article):
            return label
        told = {"kind": row._meta.verbose_name, "name": row, "field": label}
        return str(_("%(kind)s “%(name)s”: %(field)s") % told)

    @property
    def seen(self) -> str:
        """Sent with the choice: what was chosen against was this text, and no later one."""
        return sha256(self.theirs.encode()).hexdigest()[:16]

    @cached_property
    def differences(self) -> list[Piece]:
        """On the way from theirs to mine."""
        return differences(self.theirs, self.mine)

    @cached_property
    def additions(self) -> list[Piece]:
        """What `both` has more than theirs."""
        return differences(self.theirs, self.both or "")


class MergingForm(forms.ModelForm):
    """A form that saves what its editor changed, and leaves the rest as it is by now.

    Where somebody else has changed the same field, nothing is saved before the editor has seen both
    texts and chosen (`conflicts`).
    """

    data: Any
    conflicts: tuple[Conflict, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = {field.name for field in self.instance._meta.get_fields()}
        for name in columns & set(self.fields):
            self.fields[name].show_hidden_initial = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self.merge(cleaned)
        return cleaned

    def merge(self, cleaned: dict[str, Any]) -> None:
        kept = [name for name in self.merged if not self.is_mine(name)]
        for name in set(kept) & set(cleaned):
            cleaned[name] = value_now(self.instance, name)
        self.changed_data = [name for name in self.changed_data if name not in kept]
        both_changed = [name for name in self.moved if name in self.changed_data]
        found = [self.conflict(name, cleaned) for name in both_changed if name in cleaned]
        self.conflicts = tuple(one for one in found if not self.settle(one, cleaned))
        self.show_as_now([name for name in self.moved if name in kept])
        for one in self.conflicts:
            self.add_error(one.field.name, _("Somebody else changed this meanwhile."))

    @cached_property
    def merged(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.show_hidden_initial]

    @cached_property
    def moved(self) -> list[str]:
        """The fields that are not any more as they were shown."""
        return [name for name in self.merged if self.differs(name, self.shown(name))]

    def is_mine(self, name: str) -> bool:
        """Did the editor change it to what it is not already?"""
        return name in self.changed_data and self.differs(name, self[name].data)

    def differs(self, name: str, sent: Any) -> bool:
        """Is what was sent other than what the form would show now?"""
        field, now = self.fields[name], self[name].initial
        if isinstance(now, str):
            now = field.to_python(now)  # as it comes back: browsers send other ends of lines
        return bool(field.has_changed(now, sent))

    def shown(self, name: str) -> Any:
        """What the form showed, as it was sent back."""
        return self._widget_data_value(  # type: ignore[attr-defined]
            self.fields[name].hidden_widget(), self[name].html_initial_name
        )

    def conflict(self, name: str, cleaned: Mapping[str, Any]) -> Conflict:
        field, theirs = self[name], value_now(self.instance, name)
        conflict = Conflict(field, readable(cleaned[name], field), readable(theirs, field))
        if type(theirs) is not str or isinstance(field.field, forms.ChoiceField):
            return conflict
        base = field.field.to_python(self.shown(name)) or ""
        both = joined(base, cleaned[name], theirs)
        return Conflict(field, cleaned[name], theirs, both)

    def settle(self, conflict: Conflict, cleaned: dict[str, Any]) -> bool:
        """Do what the editor chose. Whether they did, and knew what they chose against."""
        choice, _colon, seen = self.data.get(conflict.name, "").partition(":")
        name = conflict.field.name
        if seen != conflict.seen or choice not in ("mine", "theirs", "both"):
            return False
        if choice == "theirs":
            cleaned[name] = value_now(self.instance, name)
            self.changed_data.remove(name)
        elif choice == "both" and conflict.both is not None:
            cleaned[name] = conflict.both
        return True

    def show_as_now(self, names: list[str]) -> None:
        """Let the form, if it comes back, show these fields as they are now."""
        if not names:
            return
        self.data = self.data.copy()
        for name in names:
            field, bound = self.fields[name], self[name]
            value = field.prepare_value(bound.initial)
            sent = [*inputs(field.hidden_widget(), bound.html_initial_name, value)]
            sent += inputs(field.hidden_widget(), bound.html_name, value)
            for key in {key for key, _value in sent}:
                self.data.setlist(key, [text for other, text in sent if other == key])


def inputs(widget: forms.Widget, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """What a browser sends back of a hidden widget: names and values."""
    context = widget.get_context(name, value, {})["widget"]
    for part in context.get("subwidgets", [context]):
        yield part["name"], "" if part["value"] is None else str(part["value"])


def value_now(instance: Any, name: str) -> Any:
    """A field of a row as it was read, as a form has it cleaned."""
    value = getattr(instance, name)
    return value.all() if isinstance(value, Manager) else value


def readable(value: Any, bound: BoundField) -> str:
    """A value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, QuerySet):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, datetime):
        return str(localize(timezone.localtime(value)))
    if isinstance(bound.field, forms.TypedChoiceField):
        labels: Any = bound.field.choices
        return str(dict(labels).get(value, value))
    return str(localize(value))
