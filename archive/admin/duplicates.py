"""Articles there twice: the queue, both texts held against each other, and what an editor says."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from archive.admin.pairs import PairsAdmin
from archive.changes import passages
from archive.duplicates import duplicate_decide, duplicates_for
from archive.models import Article, Duplicate, Right
from archive.rights import has_right

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
class DuplicateAdmin(PairsAdmin[Duplicate]):
    """Whoever may edit what others wrote decides with one click, and may decide otherwise later."""

    list_display = ("__str__", "resemblance", "by", "at")
    list_filter = (StateFilter,)
    list_select_related = ("one", "other", "by")
    search_fields = ("one__headline", "other__headline")
    show_facets = admin.ShowFacets.NEVER
    template = "admin/archive/duplicate/decide.html"
    gone = _("These two are not alike any more.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duplicate]:
        return duplicates_for(request.user)

    def context(self, request: HttpRequest, pair: Duplicate) -> dict[str, Any]:
        return {
            "pair": pair,
            "passages": passages(pair.one.body, pair.other.body),
            "may_decide": has_right(request.user, Right.EDIT_ANY),
        }

    def obey(self, request: HttpRequest, pair: Duplicate, said: str) -> bool:
        if said not in State:
            return False
        duplicate_decide(duplicate=pair, state=State(said), by=request.user)
        messages.success(request, f"{pair}: {pair.get_state_display()}")
        return True

    def after(self, request: HttpRequest, pair: Duplicate) -> Duplicate | None:
        waiting = self.get_queryset(request).filter(state=State.LIKELY).exclude(pk=pair.pk)
        return waiting.filter(resemblance__lte=pair.resemblance).first()


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
