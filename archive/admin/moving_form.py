"""The part of an article's form that says what becomes of it: status, reason and hours."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive import services
from archive.models import Article, Status
from archive.rights import Somebody


class MovingForm(forms.ModelForm):
    """Offers `editor` the statuses that they can give the article, and asks why where that matters.

    `editor` is set on the class, which the admin makes anew for each request.
    """

    editor: Somebody

    reason = forms.CharField(
        label=_("reason"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=_(
            "What you change and why, for the desk’s history; readers never see it. It is needed "
            "to send an article back from review and to withdraw it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_moves()
        self.name_the_time_zone()

    def offer_moves(self) -> None:
        status = self.fields.get("status")
        if not isinstance(status, forms.ChoiceField):
            return  # the form may only be read
        article = self.instance if self.instance.pk else Article(created_by_id=self.editor.pk)
        here = Status(article.status)
        moves = services.moves_for(self.editor, article)
        offered = [here, *(to for to in moves if to != here)]
        status.choices = [(to.value, to.label) for to in offered]

    def name_the_time_zone(self) -> None:
        zone = _("Newsroom time (%s).") % timezone.get_default_timezone_name()
        for name in ("first_published", "embargo_until"):
            if name in self.fields:
                self.fields[name].help_text = f"{zone} {self.fields[name].help_text}".strip()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if "status" in self.changed_data and cleaned.get("status"):
            origin = Status(self.initial.get("status", Status.DRAFT))
            target = Status(cleaned["status"])
            if services.needs_reason(origin, target) and not cleaned.get("reason", "").strip():
                self.add_error("reason", _("Say why."))
        self.check_the_hour(cleaned)
        return cleaned

    def check_the_hour(self, cleaned: dict[str, Any]) -> None:
        at = cleaned.get("first_published")
        touched = {"status", "first_published"} & set(self.changed_data)
        if cleaned.get("status") == Status.SCHEDULED and touched and at and at <= timezone.now():
            self.add_error(
                "first_published",
                _("This time has passed. Choose a later one, or “published” as the status."),
            )
