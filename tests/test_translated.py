"""A page is in one language from its first word to its last, whoever asked for it before."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client

from archive.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-said")
"""Attributes whose values are read or heard."""

LETTERS = {"en": "A-Za-z", "ru": "А-Яа-яЁё"}
IN_EVERY_LANGUAGE = {
    *("Backfile", "English", "Deutsch", "Русский", "BibTeX", "RIS"),  # names
    *("OR", "person", "headline", "said", "by", "date", "harb"),  # what is typed
    *("Enter", "Escape", "Esc", "Shift"),  # what stands on the keys
}

PAGES = (
    "/",
    "/search/",
    "/search/?q=γέφυρα",
    "/search/?q=άννα",
    "/search/?q=γέφυρα&person=άννα&person=νίκος&people=all",
    "/search/?q=γέφυρα&view=headlines",
    "/search/?q=γέφυρα&view=timeline",
    "/search/?q=γέφυρα&chart=share&from=1997",
    "/search/?q=γέφυρα&from=31.02.1997&to=03/04/2009",
    "/search/?q=(όχι&from=2001&to=2009",
    "/search/?undated=1",
    "/search/suggest/?q=γέ",
    "/search/dates/?from=17.12.2009",
    "/search/facet/person/?q=γέφυρα",
    "/people/",
    "/people/?like=ω",
    "/person/άννα/",
    "/section/νέα/",
    "/tags/",
    "/tag/πόλη/",
    "/calendar/",
    "/calendar/1997/",
    "/calendar/1997/06/",
    "/calendar/1997/06/21/",
    "/on-this-day/06-21/",
    "/on-this-day/01-01/",
    "/article/",
    "/nowhere/",
)


class Reader(HTMLParser):
    """What somebody sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._is_mute = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_mute = tag in {"script", "style"}
        self.heard += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._is_mute = False

    def handle_data(self, data: str) -> None:
        if not self._is_mute:
            self.heard.append(data)


@pytest.fixture
def greek() -> None:
    """Thirteen articles, one of them undated, in letters that neither language has."""
    filed = {"section": "Νέα", "source__name": "Ημερησία", "language": "el"}
    with transaction.atomic():
        for number in range(12):
            ArticleFactory(
                headline=f"Γέφυρα {number}",
                body="Η γέφυρα άνοιξε.",
                published=f"{1997 + number}-06-21",
                people=["Άννα", "Νίκος", f"Μαρία {number}"],
                tags=["πόλη"],
                **filed,
            )
        ArticleFactory(headline="Γέφυρα", body="Γέφυρα.", published=None, **filed)


def words(client: Client, page: str, language: str, letters: str, **headers: str) -> set[str]:
    """Those of a page that are written in some letters, without addresses."""
    response = client.get(page, headers={"Accept-Language": language, **headers})
    reader = Reader()
    reader.feed(response.content.decode())
    text = re.sub(r"https?://\S+", "", " ".join(reader.heard))
    return set(re.findall(f"[{LETTERS[letters]}]{{2,}}", text))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_word_of_another_language_whoever_asked_before(client, greek, page):
    """Numbers, days, bars and whole templates are kept once they are written."""
    if page == "/article/":
        page = Article.objects.earliest("pk").get_absolute_url() + "?q=γέφυρα&at=1"
    for headers in ({}, {"HX-Request": "true"}) * 2:
        assert words(client, page, "en", letters="ru", **headers) <= IN_EVERY_LANGUAGE
        assert words(client, page, "ru", letters="en", **headers) <= IN_EVERY_LANGUAGE


def test_numbers_are_declined(client, greek):
    def found(query: str) -> str:
        html = client.get(f"/search/?{query}", headers={"Accept-Language": "ru"}).content.decode()
        heading = re.search(r'<h2[^>]*id="results"[^>]*>(.*?)</h2>', html)
        assert heading
        return heading[1]

    assert found("undated=1") == "1 статья"
    assert found("from=1997&to=1998") == "2 статьи, 1997–1998"
    assert found("from=1997&to=2001") == "5 статей, 1997–2001"
