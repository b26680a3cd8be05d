"""The rows below an article's form, while somebody else may add to them, change and remove them."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.admin.fields import CalmFields
from archive.admin.merging import Conflict


class KnownSelect(AutocompleteSelect):
    """A choice that completes while one types. What is chosen, the row has brought with it."""

    known: Any = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        if self.known is None or [str(self.known.pk)] != [str(one) for one in value]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, self.known.pk, str(self.known), True, len(empty))
        return [(None, [*empty, chosen], 0)]


class Rows(CalmFields, InlineModelAdmin):
    """Rows that are read together with what they point to: as many queries for many as for one."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        pointers = self.get_autocomplete_fields(request)
        return rows.select_related(*pointers) if pointers else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MergingFormSet(forms.BaseInlineFormSet):
    """Rows in `MergingForm`s. What others added since stays, and is not among them."""

    data: Any
    prefix: Any
    model: Any
    returned: Sequence[str] = ()
    """The prefixes of the rows that somebody else removed, and that this editor had changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.instance.pk:
            self.follow()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, known in form.instance._state.fields_cache.items():
            select = getattr(getattr(form.fields.get(name), "widget", None), "widget", None)
            if isinstance(select, KnownSelect):
                select.known = known

    def follow(self) -> None:
        """Take what was sent as sent for the rows that there are now.

        Rows that are gone are left out; those of them that the editor had changed become new ones.
        """
        before: list[Any] = self.forms
        old = before[: self.initial_form_count()]
        there = [form for form in old if form.instance.pk]
        if len(there) < len(old):
            gone = [form for form in old if not form.instance.pk and self.was_touched(form)]
            rows = [*there, *gone, *before[len(old) :]]
            self.data = self.renumbered([form.prefix for form in rows], len(there))
            first = len(there)
            self.returned = [self.add_prefix(first + at) for at in range(len(gone))]
            for cached in ("forms", "management_form"):
                self.__dict__.pop(cached, None)
        # The desk pairs forms with rows by their order.
        self._queryset = [form.instance for form in self.initial_forms if form.instance.pk]

    def was_touched(self, form: Any) -> bool:
        names = [name for name in form.changed_data if form.fields[name].show_hidden_initial]
        return bool(names) and "DELETE" not in form.changed_data

    def renumbered(self, prefixes: Sequence[str], initial: int) -> QueryDict:
        """What was sent, its rows in this order; all from `initial` on are new."""
        sent: QueryDict = self.data.copy()
        row = re.compile(rf"(settle-|initial-)?({re.escape(self.prefix)}-\d+)-(.+)")
        for key in filter(row.fullmatch, self.data):
            del sent[key]
        places = {prefix: self.add_prefix(at) for at, prefix in enumerate(prefixes)}
        for key, found in ((key, row.fullmatch(key)) for key in self.data):
            if found and found[2] in places:
                sent.setlist(
                    f"{found[1] or ''}{places[found[2]]}-{found[3]}", self.data.getlist(key)
                )
        for prefix in list(places.values())[initial:]:
            sent[f"{prefix}-{self.model._meta.pk.name}"] = ""
        management = self.management_form.prefix
        sent[f"{management}-INITIAL_FORMS"] = str(initial)
        sent[f"{management}-TOTAL_FORMS"] = str(len(prefixes))
        return sent

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form.prefix in self.returned:
                form.add_error(
                    None,
                    _("Somebody else removed this meanwhile. Save again to put it back."),
                )
        changed: list[Any] = [form for form in self.deleted_forms if form.moved]  # type: ignore[attr-defined]
        for form in changed:
            form.data = form.data.copy()
            form.data.pop(form.add_prefix("DELETE"), None)
            form.show_as_now(form.merged)
        if changed:
            text = _("“%s” was changed by somebody else meanwhile. Delete it again if it is to go.")
            raise ValidationError([text % form.instance for form in changed])

    @cached_property
    def conflicts(self) -> list[Conflict]:
        forms: list[Any] = self.forms
        return [conflict for form in forms for conflict in form.conflicts]
