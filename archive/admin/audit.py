"""The audit log at the desk: to be read by chiefs, and by nobody changed."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.admin.readonly import ReadOnlyAdmin
from archive.models import AuditEntry, Right
from archive.rights import has_right

MOST = 10_000
"""Entries of a list that are counted and paged through. Who looks for older ones filters."""


class RecentPaginator(Paginator):
    """Counts no further than MOST: a log has millions of rows, and nobody goes through them all."""

    @cached_property
    def count(self) -> int:
        assert isinstance(self.object_list, QuerySet)  # noqa: S101
        return self.object_list.order_by().values("pk")[:MOST].count()


class AccountFilter(admin.SimpleListFilter):
    """Accounts of the desk, past and present ones."""

    title = _("who")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        staff = User.objects.filter(is_staff=True).order_by("username")
        return [(str(pk), name) for pk, name in staff.values_list("pk", "username")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry]
    ) -> QuerySet[AuditEntry]:
        value = self.value() or ""
        plain = value.isascii() and value.isdecimal() and len(value) < 19
        return queryset.filter(account=int(value)) if plain else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("moment", "kind", "name", "whence", "of_what", "note")
    list_display_links = ("moment",)
    list_filter = ("kind", AccountFilter, ("at", admin.DateFieldListFilter))
    list_per_page = 100
    paginator = RecentPaginator
    ordering = ("-id",)
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_right(request.user, Right.CHANGE_MANY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titled = {"title": _("Audit log"), **(extra_context or {})}
        return super().changelist_view(request, titled)

    @admin.display(description=_("when"))
    def moment(self, entry: AuditEntry) -> str:
        return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("of what"))
    def of_what(self, entry: AuditEntry) -> str:
        """A name, or what they are and how many."""
        return entry.subject if entry.count == 1 else f"{entry.subject} × {entry.count}".strip()
