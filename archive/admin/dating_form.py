"""The part of an article's form that says how exactly its date is known."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.dating import DatePrecision, beginning
from archive.models import Status


class DatingForm(forms.ModelForm):
    """Of a month or a year its beginning is kept, whichever of its days was given."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        precision, at = cleaned.get("date_precision", DatePrecision.DAY), self._date(cleaned)
        if precision and at is None:
            self.add_error("first_published", _("Give a date: any day of the month or the year."))
        elif precision and cleaned.get("status") == Status.SCHEDULED:
            self.add_error("date_precision", _("What is scheduled has a day and an hour."))
        elif precision and at and (first := beginning(at, precision)) != at:
            cleaned["first_published"] = first
            self.changed_data = list({*self.changed_data, "first_published"})
        return cleaned

    def _date(self, cleaned: dict[str, Any]) -> datetime | None:
        known: datetime | None = cleaned.get("first_published", self.instance.first_published)
        return known
