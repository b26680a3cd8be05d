"""For what is looked at and never typed in."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the system writes: whoever may view them may, and nobody edits them here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def address_of(self, row: Model) -> str:
        return reverse(self.named("change"), args=[row.pk])

    def named(self, verb: str) -> str:
        """The name of an address of these rows, as `reverse` takes it."""
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{verb}"
