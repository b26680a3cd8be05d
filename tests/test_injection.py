"""Whatever stands in a field, it is text: on no page an element more, and nothing that runs.

The same articles twice, with harmless words and with hostile ones in every field that holds words.
Two readers of HTML have to see the same elements with the same attributes in both; what is
executed, dialled or opened by a program is looked at by itself.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from search import outbox
from tests.desk import signed_in
from tests.leaks.canaries import Text
from tests.leaks.desk import pages as pages_of_the_desk
from tests.leaks.matrix import answers
from tests.leaks.scenario import archive
from tests.leaks.secrets import STATES, secret
from tests.leaks.surfaces import Answer, Answers, fetched, others, pages, surfaces

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="of pages and files, which are the same with any database"
)

MARKUP = (
    """'"><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><a href="""
    "javascript:alert(1)>x</a></script></style></title></textarea>]]>--><!--<![CDATA[{{7*7}}"
    "{% debug %}${7*7}&lt;b&gt;<b onclick=x style=position:fixed>\u202e\u2028<plaintext>"
)
HARMLESS = re.sub(r"[^a-z0-9]", " ", MARKUP)
ADDRESSES = {"hostile": "javascript:alert(1)//{}", "harmless": "https://{}.example/"}
RUN = re.compile(r"^[\x00-\x20]*(javascript|vbscript|data):", re.IGNORECASE)
OPENED = {"href", "src", "action", "formaction", "poster", "data", "srcset", "content", "hx-get"}
STATE = STATES[0]


def words(text: str, address: str) -> Callable[[str, Text], str]:
    """What stands in the fields: a word and `text`, as far as there is room; or an address."""

    def say(word: str, field: Text) -> str:
        if type(field).__name__ == "URLField":
            return address.format(word)
        return f"{word} {text}"[: field.max_length]

    return say


def asked(folder: Path, say: Callable[[str, Text], str]) -> Answers:
    """All surfaces with one article of such words, asked by a stranger and by a chief."""
    with archive(folder) as bridge:
        made = secret(STATE.published(), bridge, say)
        outbox.drain_all()
        chief = signed_in(User.objects.create_superuser("chief"))
        own = {"the article": partial(fetched, Client(), made.article.get_absolute_url())}
        desk = surfaces(chief, chain(pages_of_the_desk([made])))
        return answers(own | surfaces(Client(), pages(STATES[:1])) | others(Client()) | desk)


@pytest.fixture(scope="module")
def hostile(django_db_setup, django_db_blocker, tmp_path_factory) -> Answers:
    with django_db_blocker.unblock():
        return asked(tmp_path_factory.mktemp("a"), words(MARKUP, ADDRESSES["hostile"]))


@pytest.fixture(scope="module")
def harmless(django_db_setup, django_db_blocker, tmp_path_factory) -> Answers:
    with django_db_blocker.unblock():
        return asked(tmp_path_factory.mktemp("b"), words(HARMLESS, ADDRESSES["harmless"]))


class Elements(HTMLParser):
    """The elements of a page as Python's own reader sees them, with the names of attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.attributes += [(name, value or "") for name, value in attrs]


def elements(page: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """The same by libxml2."""
    found = lxml.html.document_fromstring(page).iter(lxml.etree.Element)
    return Counter((each.tag, tuple(sorted(each.attrib))) for each in found)


def html(told: Answers) -> Iterator[tuple[str, str]]:
    for name, answer in told.items():
        kind = dict(answer.headers).get("Content-Type", "")
        if kind.startswith("text/html") and answer.body.strip():
            yield name, answer.body.decode()


@pytest.mark.django_db
def test_no_page_has_an_element_or_an_attribute_more(hostile, harmless):
    different = {}
    for name, page in html(hostile):
        other = harmless[name].body.decode()
        more = Elements(page).seen - Elements(other).seen
        more |= elements(page) - elements(other)
        if more:
            different[name] = more
    assert different == {}


@pytest.mark.django_db
def test_no_page_opens_what_would_run(hostile):
    found = {
        (name, value)
        for name, page in html(hostile)
        for attribute, value in Elements(page).attributes
        if attribute in OPENED and RUN.match(value)
    }
    assert found == set()


@pytest.mark.django_db
def test_nothing_is_taken_for_a_template(hostile):
    assert [name for name, page in html(hostile) if "{{49" in page or "x49" in page] == []
    assert any("{{7*7}}" in page for _, page in html(hostile))


@pytest.mark.django_db
def test_what_pages_tell_machines_is_json_and_ends_no_script(hostile):
    told = [
        script.text
        for name, page in html(hostile)
        if name == "the article"
        for script in lxml.html.document_fromstring(page).iter("script")
        if script.get("type") == "application/ld+json"
    ]
    assert told
    for text in told:
        assert "<" not in text
        json.loads(text)


@pytest.mark.django_db
def test_no_header_and_no_status_is_another(hostile, harmless):
    """Names of files and addresses hold slugs alone; what a line would end is not in any."""
    for name, answer in hostile.items():
        assert answer.status == harmless[name].status, name
        assert [header for header, _ in answer.headers] == [
            header for header, _ in harmless[name].headers
        ], name
        values = "".join(value for _, value in answer.headers)
        assert "<" not in values, name
        assert not re.search(r"[\x00-\x1f\x7f]", values), name


@pytest.mark.django_db
def test_every_export_is_read_back_as_what_it_is(hostile):
    for line in lines(hostile["export jsonl"]) + lines(hostile["export ninjs"]):
        json.loads(line)
    news = lxml.etree.fromstring(hostile["export newsml-g2"].body)
    known = {lxml.etree.QName(each).localname for each in news.iter(lxml.etree.Element)}
    assert known.isdisjoint({"script", "img", "svg", "b", "plaintext"})


def lines(answer: Answer) -> list[str]:
    return answer.body.decode().split("\n")[:-1]


CELLS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1")


@pytest.mark.django_db
@pytest.mark.parametrize("cell", CELLS)
def test_no_spreadsheet_runs_a_cell(tmp_path, cell):
    told = commands(tmp_path, lambda word, field: cell[: field.max_length])
    cells = chain.from_iterable(csv.reader(io.StringIO(told["export csv"].body.decode())))
    assert [one for one in cells if one.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.django_db
def test_no_word_of_the_archive_speaks_to_the_terminal(tmp_path):
    """Escapes that move its cursor, colour it, name its window; marks that turn a line around."""
    signs = "\x1b[31m\x1b]0;owned\x07\x9b2J\x08\u202e\u2066\r\n12:00 INFO forged"
    told = commands(tmp_path, lambda word, field: f"{word} {signs}"[: field.max_length])
    for name, answer in told.items():
        if name.startswith("search ") and "--json" not in name:
            printed = answer.body.decode()
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)
            assert "\n12:00" not in printed
        elif name.startswith("search --json"):
            json.loads(answer.body)


def commands(folder: Path, say: Callable[[str, Text], str]) -> Answers:
    with archive(folder) as bridge:
        secret(STATE.published(), bridge, say)
        outbox.drain_all()
        asked = others(Client())
        return answers({name: ask for name, ask in asked.items() if name[0] not in "/"})
