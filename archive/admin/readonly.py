"""For what is looked at and never typed in."""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

Row = TypeVar("Row", bound=Model)


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


class OwnPageAdmin(ReadOnlyAdmin, Generic[Row]):
    """Rows that have a page of ours where others have a form."""

    list_per_page = 50
    show_full_result_count = False

    gone: ClassVar[Any] = ""
    """What somebody reads who comes to a row that is there no more."""

    @abstractmethod
    def page(self, request: HttpRequest, row: Row) -> HttpResponse:
        """The page of a row, for somebody who may view it."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            if self.gone:
                messages.info(request, self.gone)
            return HttpResponseRedirect(reverse(self.named("changelist")))
        return self.page(request, row)

    def render(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        about = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, about | context)
