"""Who is who: the queue of likely duplicates, and the decisions that were made."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive import identity
from archive.admin.pairs import PairsAdmin
from archive.admin.readonly import ReadOnlyAdmin
from archive.identity.evidence import evidence, in_common
from archive.models import Likeness, Person, PersonDecision


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
class LikenessAdmin(PairsAdmin[Likeness]):
    """People who may be one. Who may change people decides it with one click."""

    list_display = ("__str__", "reason", "likelihood")
    list_filter = ("reason",)
    list_select_related = ("one", "other")
    search_fields = ("one__key", "other__key")
    template = "admin/archive/likeness/decide.html"
    gone = _("This pair was decided already.")

    def context(self, request: HttpRequest, pair: Likeness) -> dict[str, Any]:
        sides = [evidence(person, request.user) for person in (pair.one, pair.other)]
        return {
            "likeness": pair,
            "sides": zip(sides, ("one", "other"), strict=True),
            "in_common": in_common(*sides),
            "may_decide": request.user.has_perm("archive.change_person"),
        }

    def obey(self, request: HttpRequest, pair: Likeness, said: str) -> bool:
        decision = DECISIONS.get(said)
        if decision is None:
            return False
        try:
            made = decision(pair.one, pair.other, request.user)
        except identity.IdentityError as error:
            messages.error(request, error.message)
            return False
        messages.success(request, str(made))
        return True

    def after(self, request: HttpRequest, pair: Likeness) -> Likeness | None:
        return Likeness.objects.filter(likelihood__lte=pair.likelihood).first()


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
