"""What would show somebody what is not theirs, or let them do what is not theirs to do."""

from collections.abc import Callable
from typing import Any

from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators import vary

from archive import rights, selectors, structured
from archive.admin import filing, moving
from archive.exporters import csv
from archive.models import Article, Media
from gate import headers
from search import finding, highlight, outbox, shelving, spelling, suggesting
from search.browse import catalogue
from search.engines.base import Change, Shelf
from search.management.commands import search as search_command
from tests.faults.seeded import Defect
from tests.faults.seeded.durability import Planting, both, instead

LEAKS = ("pytest", "tests/test_leaks.py", "-k")
PUBLIC = (*LEAKS, "kept_from_the_public")
DESK = (*LEAKS, "contributors_desk")


def nothing(*_: object) -> frozenset[int]:
    return frozenset()


def the_same(text: str) -> str:
    return text


def blind(home: object, name: str) -> Callable[[], Planting]:
    """Plants a function that is told of no hidden articles."""
    function: Callable[..., Any] = getattr(home, name)
    return instead(home, name, lambda asked, hidden: function(asked, frozenset()))


def all_public(*args: Any) -> list[Change]:
    """`changes_of`, with everything on the shelf of the public."""
    return [
        Change(one.id, one.document, Shelf.PUBLIC) if one.document else one for one in _of(*args)
    ]


_of = shelving.changes_of


def all_pointers(article: Article) -> list[selectors.ReadAlso]:
    """`read_also`, of whatever an article points to."""
    targets = [pointer.target for pointer in article.related.all() if pointer.target]
    return [selectors.ReadAlso(target.title, target.get_absolute_url()) for target in targets]


def excused(self: CsrfViewMiddleware, request: Any, *args: Any) -> Any:
    """`process_view`, but nobody needs a token to say that they are there."""
    return None if request.path.endswith("/presence/") else _checked(self, request, *args)


_checked = CsrfViewMiddleware.process_view

DEFECTS = (
    Defect(
        "hides-nothing",
        "what waits for the index and is not public any more is not hidden",
        instead(outbox, "hidden_ids", nothing),
        PUBLIC,
    ),
    Defect(
        "one-shelf",
        "drafts are put on the shelf of the public",
        instead(shelving, "changes_of", all_public),
        PUBLIC,
    ),
    Defect(
        "opens-every-article",
        "the page of an article does not ask whether it is public",
        instead(selectors, "articles_for", lambda user, now=None: Article.objects.all()),
        PUBLIC,
    ),
    Defect(
        "serves-every-file",
        "a file does not ask whether its article is public",
        instead(selectors, "media_for", lambda user: Media.objects.all()),
        PUBLIC,
    ),
    Defect(
        "suggests-hidden",
        "suggestions count what is hidden",
        instead(suggesting, "up_to_date", nothing),
        PUBLIC,
    ),
    Defect(
        "lists-hidden",
        "the indexes of names and the calendar count what is hidden",
        instead(catalogue, "up_to_date", nothing),
        PUBLIC,
    ),
    Defect(
        "mends-by-hidden",
        "“did you mean” offers the words of what is hidden",
        both(blind(spelling, "similar"), blind(spelling, "correction")),
        PUBLIC,
    ),
    Defect(
        "reads-also-hidden",
        "“read also” names articles that are not public",
        instead(selectors, "read_also", all_pointers),
        PUBLIC,
    ),
    Defect(
        "counts-values-of-hidden",
        "search within a facet counts what is hidden",
        instead(finding, "up_to_date", nothing),
        PUBLIC,
    ),
    Defect(
        "counts-embargoed",
        "lists at the desk count for a contributor what others have under an embargo",
        instead(filing, "articles_for", lambda user: Article.objects.all()),
        DESK,
    ),
    Defect(
        "edits-of-anybody",
        "whose draft it is does not matter to who may edit",
        both(*(instead(home, "may_edit", lambda *_: True) for home in (rights, moving))),
        ("pytest", "tests/test_others_things.py"),
    ),
    Defect(
        "excuses-a-form",
        "one form is taken without its token",
        instead(CsrfViewMiddleware, "process_view", excused),
        ("pytest", "tests/test_requests.py", "-k", "no_post"),
    ),
    Defect(
        "drops-vary",
        "answers do not say that they are other ones for htmx",
        instead(vary, "patch_vary_headers", lambda *_: None),
        ("pytest", "tests/test_caching.py", "-k", "each_others"),
    ),
    Defect(
        "shares-answers",
        "caches are not told that an answer is somebody's own",
        instead(headers, "keeping", lambda request: "no-cache"),
        ("pytest", "tests/test_caching.py", "-k", "account"),
    ),
    Defect(
        "escapes-nothing",
        "what is marked in a text is not escaped first",
        instead(highlight, "escape", the_same),
        ("pytest", "tests/test_injection.py", "-k", "element"),
    ),
    Defect(
        "ends-the-script",
        "what pages tell machines may end its script",
        instead(structured, "_MARKUP", {}),
        ("pytest", "tests/test_injection.py", "-k", "json"),
    ),
    Defect(
        "writes-formulas",
        "cells of a table may be formulas",
        instead(csv, "defused", the_same),
        ("pytest", "tests/test_injection.py", "-k", "spreadsheet"),
    ),
    Defect(
        "speaks-to-terminals",
        "a headline is printed with its escape sequences",
        instead(search_command, "for_terminal", the_same),
        ("pytest", "tests/test_injection.py", "-k", "terminal"),
    ),
)
