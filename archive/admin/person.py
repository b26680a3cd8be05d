"""People and the names they go by."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin.filing import FilingAdmin
from archive.models import Person, PersonAlias
from archive.names import name_key


class AliasInline(admin.TabularInline):
    model = PersonAlias
    fields = ("name", "origin")
    readonly_fields = ("origin",)
    extra = 1


@admin.register(Person)
class PersonAdmin(FilingAdmin):
    lookup = "people"
    ordering = ("key",)  # indexed: a page counts the articles of its own people alone
    list_display = ("name", "alias_names", "article_count")
    search_fields = ("key", "aliases__key")
    search_help_text = _("A name or a part of one; accents and capitals do not matter.")
    inlines = (AliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        return super().get_search_results(request, queryset, name_key(search_term))

    @admin.display(description=_("also known as"))
    def alias_names(self, person: Person) -> str:
        return ", ".join(alias.name for alias in person.aliases.all())
