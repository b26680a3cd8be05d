"""Articles: found, written and filed. How they are moved stands in `moving.py`."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from archive.admin.dating_form import DatingForm
from archive.admin.duplicates import TwinsAdmin
from archive.admin.fields import FORM_FIELDS, BodyWidget, CalmFields
from archive.admin.history import HistoryAdmin
from archive.admin.inlines import (
    CorrectionInline,
    MediaInline,
    MentionInline,
    RelatedInline,
)
from archive.admin.meeting import MeetingAdmin
from archive.admin.merging import MergingForm
from archive.admin.moving import MovingAdmin
from archive.admin.moving_form import MovingForm
from archive.admin.offering import OfferingAdmin
from archive.admin.previewing import PreviewingAdmin
from archive.admin.quotation import QuotationInline
from archive.attribution import quotations_extract
from archive.dating import published_in_words
from archive.duplicates import duplicates_find
from archive.extraction import PARTS, people_extract
from archive.models import Article, Mention, Origin, Quotation


class ArticleForm(DatingForm, MovingForm, MergingForm):
    """An article as an editor writes it."""

    class Meta:
        widgets = {"body": BodyWidget}
        help_texts = {
            "standfirst": _("A sentence or two that stand under the headline."),
            "byline": _("Who wrote it, as readers see it."),
            "place": _("Where it was written."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "external_id" in self.fields:
            # Shown and checked with the source; an import would not find it again under another.
            self.fields["external_id"].disabled = bool(self.instance.content_hash)


@admin.register(Article)
class ArticleAdmin(
    MeetingAdmin, OfferingAdmin, PreviewingAdmin, TwinsAdmin, CalmFields, HistoryAdmin, MovingAdmin
):
    form = ArticleForm
    formfield_overrides = FORM_FIELDS
    list_display = ("title", "status", "section", "published", "people_count", "source")
    list_filter = (
        "status",
        "section",
        "source",
        ("first_published", admin.EmptyFieldListFilter),
    )
    list_select_related = ("source", "section")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be another count over the whole table
    search_fields = ("headline", "standfirst", "body")
    autocomplete_fields = ("source", "section", "tags")
    readonly_fields = ("batch", "created_at", "updated_at")
    # The classes say where `change_form.html` puts each: in the column of the text, or beside it.
    fieldsets = (
        (
            None,
            {
                "fields": ("headline", "standfirst", "body", ("byline", "place")),
                "classes": ("text",),
            },
        ),
        (_("Tags"), {"fields": ("tags",), "classes": ("tags",)}),
        (
            _("Publication"),
            {
                "fields": (
                    "status",
                    "reason",
                    "first_published",
                    "date_precision",
                    "embargo_until",
                ),
                "classes": ("aside",),
            },
        ),
        (_("Filing"), {"fields": ("section", "source", "language"), "classes": ("aside",)}),
        (_("Rights"), {"fields": ("rights", "expires_at"), "classes": ("collapse",)}),
        (
            _("Origin"),
            {
                "fields": (
                    "url",
                    "external_id",
                    "last_modified",
                    "batch",
                    ("created_at", "updated_at"),
                ),
                "classes": ("collapse",),
            },
        ),
    )
    inlines = (MentionInline, QuotationInline, MediaInline, RelatedInline, CorrectionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        mentions = Mention.objects.filter(article=OuterRef("pk")).order_by()
        counts = mentions.values("article").annotate(count=Count("pk")).values("count")
        return super().get_queryset(request).annotate(people_count=Coalesce(Subquery(counts), 0))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Whoever saves has the article for themselves from reading it to the end of the
        transaction, in which Django's pages save: what is compared cannot change any more."""
        found: Article | None = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        Article.objects.select_for_update().filter(pk=found.pk).first()
        now: Article | None = super().get_object(request, object_id, from_field)
        return now

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        forms = [context["adminform"].form, *formsets]
        context["show_save_and_add_another"] = False
        context["conflicts"] = [conflict for form in forms for conflict in form.conflicts]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, article: Article) -> str:
        return article.title

    @admin.display(description=_("first published"), ordering="first_published")
    def published(self, article: Article) -> str:
        if article.first_published and not article.date_precision:
            return str(localize(timezone.localtime(article.first_published)))
        return published_in_words(article)

    @admin.display(description=_("people"), ordering="people_count")
    def people_count(self, article: Any) -> int:
        return int(article.people_count)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "tags" not in form.changed_data:
            form.cleaned_data.pop("tags", None)
        super().save_related(request, form, formsets, change)

    def read_texts(self, form: Any, change: bool) -> None:
        if not change or not {*PARTS}.isdisjoint(form.changed_data):
            people_extract(articles=[form.instance.pk], newcomers=False)
        quotations_extract(articles=[form.instance.pk])
        duplicates_find(articles=[form.instance.pk])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save one of the inlines; what an editor touched in it is the editor's from now on."""
        if formset.model in (Mention, Quotation):
            for touched in formset.forms:  # only those that were changed are saved
                touched.instance.origin = Origin.EDITOR
        super().save_formset(request, form, formset, change)
