"""Where nothing is found: which searches close to it find something, and how much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from search import totals
from search.forms import SearchForm
from search.language.cost import affordable
from search.language.tree import And, Node, Quoted, every, held_together
from search.language.unparse import unparse
from search.parts.chips import chips
from search.request import SearchPage

TRIED = 12
"""Searches that are tried for one page, fewer for a long query. Each costs a count."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another search, in words what it is, and how many articles it finds."""

    label: str
    url: str
    count: int


def ways_out(form: SearchForm, page: SearchPage) -> list[WayOut]:
    """The searches close to one that finds nothing that do find something."""
    most = affordable(TRIED, page.request.query.tree)
    tried = list(islice(close_by(form, page), most))
    counts = totals(other.to_request() for _, other in tried)
    return [
        WayOut(label, other.url, count)
        for (label, other), count in zip(tried, counts, strict=True)
        if count
    ]


def close_by(form: SearchForm, page: SearchPage) -> Iterator[tuple[str, SearchForm]]:
    """Searches to try, each with what it is called, the likeliest first."""
    if page.suggestion:
        label = _("Did you mean “%(words)s”?") % {"words": page.suggestion}
        yield label, form.but(q=page.suggestion)
    yield from fewer_filters(form, page)
    yield from fewer_words(form, page.request.query.tree)


def fewer_filters(form: SearchForm, page: SearchPage) -> Iterator[tuple[str, SearchForm]]:
    chosen = chips(form, page)
    if form.q and len(chosen) > 1:
        yield _("The same words without any filter"), form.words_alone()
    for chip in chosen:
        yield without(chip.label), chip.form


def fewer_words(form: SearchForm, tree: Node) -> Iterator[tuple[str, SearchForm]]:
    """Without one of the things that a query asks for together; then each of them alone."""
    parts = asked_together(tree)
    for part in parts:
        others = every(other for other in parts if other is not part)
        yield without(unparse(part)), form.but(q=unparse(held_together(others)))
    for part in parts if len(parts) > 2 else ():
        words = unparse(part)
        yield _("Only “%(words)s”") % {"words": words}, form.but(q=words)


def asked_together(tree: Node) -> Sequence[Node]:
    """What a query asks of each article or, where that is all it asks, of one quotation."""
    match tree:
        case And(parts) | Quoted(And(parts)):
            return parts
    return ()


def without(label: str) -> str:
    return _("Without “%(label)s”") % {"label": label}
