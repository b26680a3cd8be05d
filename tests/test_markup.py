"""The markup of every page, held to what no browser complains of and every reader's software needs.

A guard, not a validator: the pages were checked with html-validate and the Nu checker, and this
keeps the mistakes that templates make from coming back.
"""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.db import transaction

from tests.every_page import EVERY_PAGE, thirty_articles, whole_story

pytestmark = pytest.mark.django_db(transaction=True)

VOID = {
    *("area", "base", "br", "col", "hr", "img", "input"),
    *("link", "meta", "source", "track", "wbr"),
}
PRESSED = {"a", "button", "input", "select", "summary", "textarea"}
PHRASES_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "a", "button", "label", "summary"}
BLOCKS = {
    *("article", "aside", "details", "div", "dl", "fieldset", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "header", "main", "nav", "ol", "p", "section", "table", "ul"),
}
POINTERS = ("for", "form", "aria-controls", "aria-describedby", "aria-labelledby", "list")
TICKED = {"checkbox", "radio"}


class Markup(HTMLParser):
    """What is wrong with a page, as sentences in `faults`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.pointed_at: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"id {name} is there {n} times" for name, n in self.ids.items() if n > 1]
        self.faults += [f"nothing has the id {name}" for name in self.pointed_at - set(self.ids)]
        self.faults += [
            f"{self.tags[tag]} <{tag}>" for tag in ("title", "main", "h1") if self.tags[tag] != 1
        ]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += "svg" not in self.open  # a picture has titles of its own
        self._placed(tag)
        self._described(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:
            self.faults.append(f"<{tag}/> is no way to close it")

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")

    def _placed(self, tag: str) -> None:
        above = set(self.open)
        if tag in BLOCKS and (around := above & PHRASES_ONLY):
            self.faults.append(f"<{tag}> inside {around}")
        if tag in PRESSED and (around := above & (PRESSED - {"label"})):
            self.faults.append(f"<{tag}> inside {around}, both to be pressed")
        if tag == "li" and self.open[-1] not in {"ul", "ol"}:
            self.faults.append(f"<li> inside <{self.open[-1]}>")

    def _described(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if len(told) < len(attributes):
            self.faults.append(f"an attribute twice in {self.get_starttag_text()}")
        if "id" in told:
            self.ids[told["id"]] += 1
        for name in POINTERS:
            self.pointed_at.update(told.get(name, "").split())
        if tag == "img" and "alt" not in told:
            self.faults.append("an <img> without alt")
        if "style" in told or any(name.startswith("on") for name in told):
            self.faults.append(f"style or script in {self.get_starttag_text()}")
        if told.get("type") in TICKED and "autocomplete" in told:
            self.faults.append(f"autocomplete in {self.get_starttag_text()}")
        if tag in {"div", "p", "span"} and "aria-label" in told and "role" not in told:
            self.faults.append(f"a label that nobody reads in {self.get_starttag_text()}")


@pytest.fixture
def archive() -> None:
    with transaction.atomic():
        thirty_articles()
    whole_story()


def test_every_page_is_well_formed(client, archive):
    for address in EVERY_PAGE:
        response = client.get(address, follow=True)
        assert response.status_code == (404 if address == "/nowhere/" else 200), address
        html = response.content.decode()
        assert html.lstrip().startswith("<!doctype html>")
        assert not (faults := Markup(html).faults), (address, faults)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("<p><ul></ul></p>", "<ul> inside {'p'}"),
        ('<a href="/"><button>x</button></a>', "both to be pressed"),
        ("<div><b></div></b>", "closes ['b']"),
        ("<div>", "<div> is never closed"),
        ('<b id="x"></b><b id="x"></b>', "id x is there 2 times"),
        ('<label for="x">x</label>', "nothing has the id x"),
        ('<input type="checkbox" autocomplete="off">', "autocomplete"),
        ('<b style="color: red"></b>', "style"),
        ('<div aria-label="x"></div>', "nobody reads"),
        ("<br/>", "no way to close"),
    ],
)
def test_what_is_wrong_is_seen(wrong: str, fault: str):
    right = "<title>x</title><main><h1>x</h1></main>"
    assert Markup(right).faults == []
    assert fault in "; ".join(Markup(right + wrong).faults)
