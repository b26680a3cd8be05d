"""What imports set aside: looked at, mended, and tried again."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from archive.admin.readonly import OwnPageAdmin
from archive.importers.journal.lock import BusyError
from archive.importers.mending import LONGEST, MendedAlready, Tried, readable, reject_try_again
from archive.models import ImportReject


class MendForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The record, to be mended"),
        max_length=LONGEST,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 18, "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        """Browsers end each line with CR LF."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@admin.register(ImportReject)
class ImportRejectAdmin(OwnPageAdmin[ImportReject]):
    list_display = ("__str__", "batch", "mended_at")
    list_select_related = ("batch",)
    list_filter = (("mended_at", admin.EmptyFieldListFilter),)
    search_fields = ("reason", "file", "record")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportReject]:
        return super().get_queryset(request).select_related("batch", "mended_by")

    def get_urls(self) -> list[URLPattern]:
        mend = self.admin_site.admin_view(self.mend)
        return [path("<int:pk>/mend/", mend, name="archive_importreject_mend"), *super().get_urls()]

    def page(self, request: HttpRequest, row: ImportReject) -> HttpResponse:
        """The record with the reason, and a form for whoever may mend it."""
        if request.method == "POST":
            raise PermissionDenied  # what is sent goes to `mend`
        form = MendForm(initial={"text": readable(row.attempt or row.record)})
        return self._page(request, row, form)

    @method_decorator(require_POST)
    def mend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try the record as it was mended; with `check`, only tell what would become of it."""
        reject = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, reject):
            raise PermissionDenied  # before anything of it is shown
        form, is_check = MendForm(request.POST), "check" in request.POST
        if not form.is_valid():
            return self._page(request, reject, form)
        text = form.cleaned_data["text"]
        try:
            tried = reject_try_again(
                reject=reject, text=text, editor=request.user, dry_run=is_check
            )
        except BusyError:
            messages.error(request, _("An import is running. Try again when it has ended."))
            return self._page(request, reject, form)
        except MendedAlready:
            messages.info(request, _("This record was taken in already."))
            return HttpResponseRedirect(self.address_of(reject))
        if is_check or tried.reason:
            reject.refresh_from_db()
            return self._page(request, reject, form, tried)
        return self._taken_in(request, reject, tried)

    def _taken_in(self, request: HttpRequest, reject: ImportReject, tried: Tried) -> HttpResponse:
        """Say what it became, and go on with the next that waits in the same batch."""
        self.log_change(request, reject, _("Mended and taken in."))
        for note in tried.notes:
            messages.warning(request, note)
        messages.success(request, became(tried))
        waiting = ImportReject.objects.filter(batch=reject.batch_id, mended_at=None)
        after = waiting.filter(pk__gt=reject.pk).first() or waiting.first()
        return HttpResponseRedirect(
            self.address_of(after) if after else reverse(self.named("changelist"))
        )

    def _page(
        self,
        request: HttpRequest,
        reject: ImportReject,
        form: MendForm,
        tried: Tried | None = None,
    ) -> HttpResponse:
        may_mend = request.user.has_perm("archive.change_importreject")
        context = {
            "title": _("Set aside: %(reason)s") % {"reason": reject.reason},
            "reject": reject,
            "form": form,
            "may_mend": may_mend and not reject.mended_at,
            "is_too_long": len(reject.record) > LONGEST,
            "tried": tried,
            "would_become": became(tried) if tried and not tried.reason else "",
        }
        return self.render(request, "admin/archive/importreject/mend.html", context)


def became(tried: Tried) -> str:
    """What became of a record, or would, as a line with the way to its article."""
    counts, article = tried.counts, tried.article
    if counts.created:
        text = _("A new entry of the archive.")
    elif counts.updated:
        text = _("Another version of what the archive has.")
    else:
        text = _("As the archive has it already.")
    if article is None:
        return text
    address = reverse("admin:archive_article_change", args=[article.pk])
    return format_html('{} <a href="{}">{}</a>', text, address, article.title)
