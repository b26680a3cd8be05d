"""Who is who: the queue of likely duplicates, and the decisions that were made."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive import identity
from archive.admin.readonly import ReadOnlyAdmin
from archive.identity.evidence import evidence, in_common
from archive.models import Likeness, Person, PersonDecision

QUEUE = "admin:archive_likeness_changelist"


def merge(lost: Person, kept: Person, by: Any) -> PersonDecision:
    return identity.person_merge(lost=lost, kept=kept, by=by)


def no_person(person: Person, _other: Person, by: Any) -> PersonDecision:
    return identity.person_mark_not_a_person(person=person, by=by)


DECISIONS: Mapping[str, Callable[[Person, Person, Any], PersonDecision]] = {
    "keep-one": lambda one, other, by: merge(other, one, by),
    "keep-other": merge,
    "apart": lambda one, other, by: identity.person_keep_apart(one=one, other=other, by=by),
    "one-is-none": no_person,
    "other-is-none": lambda one, other, by: no_person(other, one, by),
}
"""What an editor can say of a pair, by the name of its button."""


@admin.register(Likeness)
class LikenessAdmin(ReadOnlyAdmin):
    """People who may be one. Who may change people decides it with one click."""

    list_display = ("__str__", "reason", "likelihood")
    list_filter = ("reason",)
    list_select_related = ("one", "other")
    list_per_page = 50
    search_fields = ("one__key", "other__key")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        own = path("<int:pk>/decide/", decide, name="archive_likeness_decide")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The evidence on both, side by side."""
        likeness = self.get_object(request, object_id)
        if likeness is None:
            messages.info(request, _("This pair was decided already."))
            return HttpResponseRedirect(reverse(QUEUE))
        if not self.has_view_permission(request, likeness):
            raise PermissionDenied
        sides = [evidence(likeness.one), evidence(likeness.other)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(likeness),
            "likeness": likeness,
            "sides": zip(sides, ("one", "other"), strict=True),
            "in_common": in_common(*sides),
            "may_decide": request.user.has_perm("archive.change_person"),
        }
        return TemplateResponse(request, "admin/archive/likeness/decide.html", context)

    @method_decorator(require_POST)
    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, and go on with the next pair."""
        likeness = get_object_or_404(self.get_queryset(request), pk=pk)
        decision = DECISIONS.get(request.POST.get("decision", ""))
        if decision is None:
            return HttpResponseRedirect(address_of(likeness))
        try:
            made = decision(likeness.one, likeness.other, request.user)
        except identity.IdentityError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(address_of(likeness))
        messages.success(request, str(made))
        after = Likeness.objects.filter(likelihood__lte=likeness.likelihood).first()
        return HttpResponseRedirect(address_of(after) if after else reverse(QUEUE))


@admin.register(PersonDecision)
class PersonDecisionAdmin(ReadOnlyAdmin):
    """What was decided about whom, by whom, and its undoing."""

    list_display = ("__str__", "by", "at", "undone_at", "undone_by")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("person", "other", "by", "undone_by")
    search_fields = ("person__key", "other__key")
    fields = ("kind", "person", "other", "by", "at", "undone_at", "undone_by")
    actions = ("undo",)
    list_per_page = 50

    @admin.action(description=_("Undo"), permissions=["view"])
    def undo(self, request: HttpRequest, queryset: QuerySet[PersonDecision]) -> None:
        """The latest first: one may stand on another."""
        for decision in queryset.order_by("-at", "-pk"):
            try:
                identity.decision_undo(decision=decision, by=request.user)
            except identity.IdentityError as error:
                messages.error(request, f"{decision}: {error.message}")
            else:
                messages.success(request, _("Undone: %s") % decision)


def address_of(likeness: Likeness) -> str:
    return reverse("admin:archive_likeness_change", args=[likeness.pk])
