"""What stands above the list: how much there is, and what was done with what was typed."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import spelling
from search.by_name import as_words
from search.desk.listing import WINDOW, Rows
from search.request import PersonName

if TYPE_CHECKING:
    from search.desk.changelist import DeskChangeList


class About:
    """What is said of one list. The template asks for one thing after the other."""

    def __init__(self, changelist: "DeskChangeList") -> None:
        self._list = changelist
        self._listing = changelist.listing

    @property
    def trouble(self) -> str:
        """Why words cannot be searched for."""
        return self._list.trouble if self._list.words else ""

    @property
    def plainly(self) -> str:
        """What was found all the same, and where."""
        if (looked := self._list.looked) is None:
            return ""
        found = articles(self._listing.total)
        if looked.is_whole:
            return _("%(found)s with these words just as they are typed") % {"found": found}
        return _(
            "%(found)s with these words just as they are typed, "
            "among the newest %(looked_at)s that were looked at"
        ) % {"found": found, "looked_at": intcomma(looked.looked_at)}

    @property
    def total(self) -> str:
        """“5,213 articles”; “More than 10,000 articles” where nobody knows for little."""
        answer = self._list.answer
        if self._listing.complete:
            return articles(self._listing.total)
        if answer:
            return articles(answer.total)
        if self._list.words:
            return _("%(articles)s among the %(window)s that match the words best") % {
                "articles": articles(self._listing.total),
                "window": intcomma(WINDOW),
            }
        return _("More than %(window)s articles") % {"window": intcomma(WINDOW)}

    @property
    def ranked(self) -> bool:
        return bool(self._list.words and self._list.order == "" and self._listing.total > 1)

    @property
    def named(self) -> tuple[PersonName, ...]:
        """Whose name the words were taken for."""
        return self._list.understood.named

    @property
    def as_words(self) -> str:
        """The address of a search for the same words and nobody's name."""
        return self._list.get_query_string({"q": as_words(self._list.asked())})

    @cached_property
    def suggestion(self) -> dict[str, str] | None:
        """Another spelling, and its address, where nothing was found."""
        if not self._list.words or self._list.trouble or self._listing.total:
            return None
        text = spelling.correction(self._list.understood, frozenset())
        return {"text": text, "address": self._list.get_query_string({"q": text})} if text else None

    def notes(self) -> Iterator[str]:
        """What could not be honoured, and what is approximate."""
        window = {"window": intcomma(WINDOW)}
        yield from self.bounds()
        if self._listing.complete:
            return
        if self._list.order is not None and not self._list.words:
            yield _("The first %(window)s can be listed. Narrow down to reach the others.") % window
        elif self._list.order is None and self._list.words:
            yield _("The %(window)s that match best are sorted by this column.") % window
        elif self._list.order is None:
            yield _("The newest %(window)s are sorted by this column.") % window
        yield _("A “+” beside a number means: at least so many.")

    def bounds(self) -> Iterator[str]:
        """Why the list, however far one pages, does not hold all that one may think of."""
        window = {"window": intcomma(WINDOW)}
        yield from map(str, self._list.understood.query.notes)
        if any(self._truncated()):
            yield _("Looked for among the newest %(window)s articles alone.") % window
        if self._list.words and not self._listing.complete:
            yield _("Only the %(window)s that match best can be listed and changed.") % window

    def _truncated(self) -> Iterator[bool]:
        """For each choice without an index: were there articles that were not looked at?"""
        for spec in self._list.filter_specs if not self._list.words else ():
            if spec.value and spec.is_windowed(spec.value):
                yield not Rows(self._list.filtered(but=spec)).complete


def articles(count: int) -> str:
    return ngettext("%(number)s article", "%(number)s articles", count) % {
        "number": intcomma(count)
    }
