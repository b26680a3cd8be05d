"""Articles there twice: the queue, both texts held against each other, and what an editor says."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive.admin.readonly import ReadOnlyAdmin
from archive.changes import passages
from archive.duplicates import duplicate_decide, duplicates_for
from archive.models import Article, Duplicate, Right
from archive.rights import has_right

QUEUE = "admin:archive_duplicate_changelist"
State = Duplicate.State


class StateFilter(admin.SimpleListFilter):
    """What waits, unless something else is chosen."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(state.value, state.label) for state in State if state is not State.LIKELY]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Duplicate]) -> QuerySet[Duplicate]:
        return queryset.filter(state=self.value() or State.LIKELY)

    def choices(self, changelist: Any) -> Any:
        everything, *others = super().choices(changelist)
        yield everything | {"display": State.LIKELY.label}
        yield from others


@admin.register(Duplicate)
class DuplicateAdmin(ReadOnlyAdmin):
    """Whoever may edit what others wrote decides with one click, and may decide otherwise later."""

    list_display = ("__str__", "resemblance", "by", "at")
    list_filter = (StateFilter,)
    list_select_related = ("one", "other", "by")
    list_per_page = 50
    search_fields = ("one__headline", "other__headline")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duplicate]:
        return duplicates_for(request.user)

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        own = path("<int:pk>/decide/", decide, name="archive_duplicate_decide")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Both articles side by side, and what is different in their words."""
        pair = self.get_object(request, object_id)
        if pair is None:
            messages.info(request, _("These two are not alike any more."))
            return HttpResponseRedirect(reverse(QUEUE))
        if not self.has_view_permission(request, pair):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(pair),
            "pair": pair,
            "passages": passages(pair.one.body, pair.other.body),
            "may_decide": has_right(request.user, Right.EDIT_ANY),
        }
        return TemplateResponse(request, "admin/archive/duplicate/decide.html", context)

    @method_decorator(require_POST)
    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, and go on with the next pair."""
        pair = get_object_or_404(self.get_queryset(request), pk=pk)
        said = request.POST.get("decision", "")
        if said not in State:
            return HttpResponseRedirect(address_of(pair))
        duplicate_decide(duplicate=pair, state=State(said), by=request.user)
        messages.success(request, f"{pair}: {pair.get_state_display()}")
        waiting = self.get_queryset(request).filter(state=State.LIKELY).exclude(pk=pair.pk)
        after = waiting.filter(resemblance__lte=pair.resemblance).first()
        return HttpResponseRedirect(address_of(after) if after else reverse(QUEUE))


class TwinsAdmin(admin.ModelAdmin):
    """The form of an article names those with nearly the same text."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"]:
            context["twins"] = twins_of(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The pairs of an article go with it; nobody needs a right of their own for them."""
        named, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return named, counts, forbidden - {Duplicate._meta.verbose_name}, protected


def twins_of(request: HttpRequest, article: Article) -> list[tuple[Duplicate, Article]]:
    """The pairs of an article that are not kept apart, each with the other one of it."""
    pairs = duplicates_for(request.user).filter(Q(one=article) | Q(other=article))
    standing = pairs.exclude(state=State.APART).select_related("one", "other")
    return [(pair, pair.other if pair.one_id == article.pk else pair.one) for pair in standing]


def address_of(pair: Duplicate) -> str:
    return reverse("admin:archive_duplicate_change", args=[pair.pk])
