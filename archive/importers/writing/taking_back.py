"""Articles that their source takes back: cancelled for good, or withheld until further notice."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from archive.importers.writing.merge import is_edited, mark, marks, merge_values
from archive.importers.writing.rows import Wanted
from archive.models import Article, Status
from archive.services import articles_take_back

_LET_OUT = (Status.PUBLISHED, Status.SCHEDULED)
_HELD_BACK = (Status.DRAFT, Status.IN_REVIEW)


def withdraw_taken_back(wants: Iterable[tuple[Article, Wanted]]) -> set[int]:
    """Withdraw those that their source takes back, as an editor would. Returns their ids."""
    taken = [article for article, want in wants if _is_taken_back(article, want)]
    pks = {article.pk for article in taken}
    if pks:
        chosen = Article.objects.filter(pk__in=pks)
        reason = _("Taken back by its source.")
        articles_take_back(articles=chosen, now=timezone.now(), reason=reason)
    for article in taken:
        article.status = Status.WITHDRAWN
    return pks


def _is_taken_back(article: Article, want: Wanted) -> bool:
    """A cancellation holds whoever published the article, but once: what an editor publishes again
    after it stays. What is only withheld does not touch what an editor published."""
    if article.status not in _LET_OUT:
        return False
    if want.values["status"] == Status.WITHDRAWN:
        return bool(article.imported_fields.get("status") != mark(Status.WITHDRAWN))
    return want.values["status"] in _HELD_BACK and not is_edited(article, "status", article.status)


def merge_cancellation(article: Article, want: Wanted) -> bool:
    """The article keeps its text: a cancellation says why at best. It is a version all the same,
    and no older one comes in after it. Whether anything is different now."""
    values = {name: want.values[name] for name in ("status", "last_modified") if want.values[name]}
    is_different = merge_values(article, values)
    article.imported_fields |= marks(values)
    return is_different
