"""People and the names they go by."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from archive import identity
from archive.admin.dividing import DivideForm
from archive.admin.fields import FORM_FIELDS
from archive.admin.filing import FilingAdmin
from archive.identity.resemblance import LIKELIHOODS
from archive.models import Likeness, Origin, Person, PersonAlias, PersonLink
from archive.names import name_key


class AliasInline(admin.TabularInline):
    model = PersonAlias
    fields = ("name", "origin")
    readonly_fields = ("origin",)
    extra = 1


class LinkInline(admin.TabularInline):
    model = PersonLink
    fields = ("title", "url")
    formfield_overrides = FORM_FIELDS
    extra = 0


@admin.register(Person)
class PersonAdmin(FilingAdmin):
    lookup = "people"
    filter_name = "person"
    ordering = ("key",)  # indexed: a page counts the articles of its own people alone
    list_display = ("name", "alias_names", "article_count")
    search_fields = ("key", "aliases__key")
    search_help_text = _("A name or a part of one; accents and capitals do not matter.")
    inlines = (AliasInline, LinkInline)
    actions = ("compare", "mark_not_people")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Those who stand for themselves. Who was set aside is among the decisions."""
        people: QuerySet[Person] = super().get_queryset(request).prefetch_related("aliases")
        return people.filter(merged_into=None, not_a_person=False)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        return super().get_search_results(request, queryset, name_key(search_term))

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """All but a new name or slug: see `save_related`."""
        if change:
            obj.name, obj.slug = form.initial["name"], form.initial["slug"]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new name or slug goes by the service, which sees to whatever has the old ones; last of
        all, since the old name may be among the aliases that were just typed. An alias that no
        editor gave and this one takes away is somebody else's."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            for gone in getattr(formset, "deleted_objects", ()):
                if isinstance(gone, PersonAlias) and gone.origin != Origin.EDITOR:
                    identity.person_deny_name(person=form.instance, name=gone.name, by=request.user)
        if change and {"name", "slug"} & set(form.changed_data):
            name, slug = form.cleaned_data["name"], form.cleaned_data["slug"]
            identity.person_rename(person=form.instance, name=name, slug=slug, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        divide = self.admin_site.admin_view(self.divide)
        own = path("<int:pk>/divide/", divide, name="archive_person_divide")
        return [own, *super().get_urls()]

    def divide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A page to choose the articles that are about somebody else."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = DivideForm(person, request.POST or None)
        if form.is_valid():
            try:
                decision = identity.person_split(
                    person=person, **form.cleaned_data, by=request.user
                )
            except identity.IdentityError as error:
                form.add_error(None, error)
            else:
                self.message_user(request, str(decision), messages.SUCCESS)
                address = reverse("admin:archive_person_change", args=[decision.other_id])
                return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Divide “%s”") % person,
            "original": person,
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/person/divide.html", context)

    @admin.display(description=_("also known as"))
    def alias_names(self, person: Person) -> str:
        return ", ".join(alias.name for alias in person.aliases.all())

    @admin.action(description=_("Compare two people, who may be one"), permissions=["change"])
    def compare(self, request: HttpRequest, queryset: QuerySet[Person]) -> HttpResponse | None:
        """Put the pair into the queue and show the evidence."""
        pair = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(pair) != 2:
            self.message_user(request, _("Choose two people."), messages.WARNING)
            return None
        reason = Likeness.Reason.ASKED
        likeness, _made = Likeness.objects.get_or_create(
            one_id=pair[0],
            other_id=pair[1],
            defaults={"reason": reason, "likelihood": LIKELIHOODS[reason]},
        )
        address = reverse("admin:archive_likeness_change", args=[likeness.pk])
        return HttpResponseRedirect(address)

    @admin.action(description=_("These are not people"), permissions=["change"])
    def mark_not_people(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset:
            decision = identity.person_mark_not_a_person(person=person, by=request.user)
            self.message_user(request, str(decision), messages.SUCCESS)
