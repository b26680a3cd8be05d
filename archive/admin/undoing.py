"""An import is undone at the desk: a page that says what it would come to, and does it."""

from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.admin.readonly import ReadOnlyAdmin
from archive.importers.journal.lock import BusyError
from archive.importers.undoing import Undone, Way, articles_of, batch_undo, require_undoing
from archive.models import Article, ImportBatch
from archive.rights import NotAllowed, Somebody

AT_ONCE = 2_000
"""Articles that one click looks at: a few seconds."""

NAMED = 50
"""Articles that are kept and named one by one."""

WAYS = {
    Way.WITHDRAW: gettext_lazy("Withdraw the articles: nobody sees them, and they can come back"),
    Way.DELETE: gettext_lazy("Delete the articles for good, as if they had never been imported"),
}


class UndoingAdmin(ReadOnlyAdmin):
    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(self.undo)
        return [path("<int:pk>/undo/", undo, name="archive_importbatch_undo"), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "may_undo": bool(ways_of(request.user))}
        return super().change_view(request, object_id, form_url, context)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fetched, it tells of the next articles what would become of them; sent, it does it."""
        batch = get_object_or_404(self.get_queryset(request), pk=pk)
        ways = ways_of(request.user)
        if not (ways and self.has_view_permission(request, batch)):
            raise PermissionDenied
        is_sent = request.method == "POST"
        way, after = step_in(request.POST if is_sent else request.GET, ways)
        try:
            undone = batch_undo(
                batch=batch,
                editor=request.user,
                way=way,
                now=timezone.now(),
                after=after,
                limit=AT_ONCE,
                dry_run=not is_sent,
            )
        except BusyError:
            messages.error(request, _("An import is running. Try again when it has ended."))
            return HttpResponseRedirect(address_of(batch, "change"))
        if is_sent:
            return self._go_on(request, batch, way, undone)
        context = {
            **self.admin_site.each_context(request),
            **plan(batch, way, undone),
            "opts": self.opts,
            "title": _("Undo %(batch)s") % {"batch": batch},
            "ways": {one: WAYS[one] for one in ways},
            "after": after,
        }
        return TemplateResponse(request, "admin/archive/importbatch/undo.html", context)

    def _go_on(
        self, request: HttpRequest, batch: ImportBatch, way: Way, undone: Undone
    ) -> HttpResponse:
        """To the next articles, if there are any."""
        text = taken_out(way, undone.taken)
        self.log_change(request, batch, text)
        messages.success(request, text)
        if undone.kept:
            messages.warning(request, kept(len(undone.kept)))
        if undone.last and articles_of(batch, way, undone.last).exists():
            step = urlencode({"way": way.value, "after": str(undone.last)})
            return HttpResponseRedirect(f"{address_of(batch, 'undo')}?{step}")
        return HttpResponseRedirect(address_of(batch, "change"))


def plan(batch: ImportBatch, way: Way, undone: Undone) -> dict[str, Any]:
    """What the page tells before anything happens."""
    named = Article.objects.filter(pk__in=undone.kept[:NAMED]).order_by("pk")
    return {
        "batch": batch,
        "way": way,
        "taken": undone.taken,
        "kept": named,
        "kept_in_all": len(undone.kept),
        "left": articles_of(batch, way, undone.last).count() if undone.last else 0,
    }


def ways_of(editor: Somebody) -> list[Way]:
    """The ways that are open to this account."""
    return [way for way in Way if is_open(editor, way)]


def is_open(editor: Somebody, way: Way) -> bool:
    try:
        require_undoing(editor, way)
    except NotAllowed:
        return False
    return True


def step_in(data: QueryDict, ways: list[Way]) -> tuple[Way, int]:
    """In which way, and behind which article it goes on."""
    way = next((way for way in ways if way == data.get("way")), ways[0])
    after = data.get("after", "")
    return way, int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0


def taken_out(way: Way, count: int) -> str:
    told = {"number": intcomma(count)}
    if way is Way.DELETE:
        return ngettext("%(number)s article deleted.", "%(number)s articles deleted.", count) % told
    return ngettext("%(number)s article withdrawn.", "%(number)s articles withdrawn.", count) % told


def kept(count: int) -> str:
    return ngettext(
        "%(number)s article was changed since the import, and kept.",
        "%(number)s articles were changed since the import, and kept.",
        count,
    ) % {"number": intcomma(count)}


def address_of(batch: ImportBatch, page: str) -> str:
    return reverse(f"admin:archive_importbatch_{page}", args=[batch.pk])
