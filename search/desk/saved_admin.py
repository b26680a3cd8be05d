"""Saved views at the desk: a list gets a name where it is shown; here it is renamed or deleted."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive.models import Right
from archive.rights import has_right
from search.desk.saved import lasting, may_change, view_keep, views_for
from search.models import SavedView

ARTICLES = "admin:archive_article_changelist"


class KeepForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    shared = forms.BooleanField(label=_("for everybody at the desk"), required=False)


class KeepingAdmin(admin.ModelAdmin):
    """The list of articles, with the views above it."""

    def get_urls(self) -> list[URLPattern]:
        keep = self.admin_site.admin_view(self.keep_view)
        return [path("keep/", keep, name="archive_article_keep"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        here = lasting(request.GET.urlencode())
        views = [
            {"view": view, "address": f"?{view.query}", "is_here": view.query == here}
            for view in views_for(request.user)
        ]
        context = {
            "saved_views": views,
            "here": here,
            "may_share": has_right(request.user, Right.EDIT_ANY),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_POST)
    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """Give the list that the form was sent from a name."""
        form = KeepForm(request.POST)
        query = lasting(request.POST.get("query", ""))
        if form.is_valid():
            view = view_keep(**form.cleaned_data, by=request.user)
            self.message_user(request, _("Kept as “%s”.") % view, messages.SUCCESS)
        else:
            self.message_user(
                request, _("A view needs a name, of at most 60 characters."), messages.ERROR
            )
        return HttpResponseRedirect(f"{reverse(ARTICLES)}?{query}")


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):
    """One's own views and those that are shared, to be renamed, shared and deleted."""

    list_display = ("name", "owner", "shared", "opens")
    list_filter: ClassVar[Any] = ("shared",)
    list_select_related = ("owner",)
    fields = ("name", "shared", "opens")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        return views_for(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("opens",) if has_right(request.user, Right.EDIT_ANY) else ("shared", "opens")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a list is kept where it is shown

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("archive.view_article")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and (obj is None or may_change(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    @admin.display(description=_("list"))
    def opens(self, view: SavedView) -> SafeString:
        return format_html('<a href="{}?{}">{}</a>', reverse(ARTICLES), view.query, _("Open"))
