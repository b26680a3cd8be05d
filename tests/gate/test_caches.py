"""A cache between readers and the site gives nobody what was meant for somebody else."""

import re
from collections.abc import Mapping
from random import Random

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from archive.models import Status
from tests.desk import signed_in
from tests.every_page import EVERY_PAGE, WHOLE_STORY, thirty_articles, whole_story
from tests.factories import ArticleFactory
from tests.gate.shared_cache import SharedCache

pytestmark = pytest.mark.django_db

DRAFT = "/article/4711/a-draft/"
PAGES = (
    "/",
    "/search/?q=harbour",
    "/search/suggest/?q=har",
    "/search/dates/?from=2001",
    "/search/facet/person/?q=harbour",
    "/search/why/1001/?q=harbour",
    "/calendar/2001/",
    "/people/",
    "/person/ann-vale/",
    "/tag/bridge/",
    "/nowhere/",
    "/admin/",
    "/admin/login/",
    "/admin/archive/article/",
    WHOLE_STORY,
    "/article/1001/citation.ris",
    DRAFT,
)


Visitors = dict[str, dict[str, str]]


@pytest.fixture
def visitors() -> Visitors:
    """The headers by which their answers differ."""
    thirty_articles()
    whole_story()
    ArticleFactory(pk=4711, headline="A draft", status=Status.DRAFT)
    ann = signed_in(User.objects.create_superuser("ann")).cookies["sessionid"].value
    ben = signed_in(User.objects.create_user("ben")).cookies["sessionid"].value
    people = {
        "a stranger": {},
        "a German": {"Accept-Language": "de"},
        "a Russian": {"Cookie": "language=ru"},
        "Ann": {"Cookie": f"sessionid={ann}"},
        "Ben": {"Cookie": f"sessionid={ben}"},
    }
    parts = {f"{who}, a part": {**told, "HX-Request": "true"} for who, told in people.items()}
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    return {**people, **parts, "a stranger, back": back}


class Site:
    """What the site answers; whatever is asked, it is asked once."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], HttpResponse] = {}

    def __call__(self, path: str, headers: Mapping[str, str]) -> HttpResponse:
        key = path, str(sorted(headers.items()))
        if key not in self.answers:
            self.answers[key] = Client().get(path, headers=dict(headers))
        return self.answers[key]


def wrongly_given(cache: SharedCache, visitors: Visitors) -> list[tuple[str, str]]:
    """Who was given another answer than the site's, where. Everybody asks for everything twice."""
    asked = [(path, who) for path in PAGES for who in visitors] * 2
    Random(8).shuffle(asked)
    return [
        (path, who)
        for path, who in asked
        if told(cache.get(path, visitors[who])) != told(cache.site(path, visitors[who]))
    ]


def told(answer: HttpResponse) -> tuple[int, str, str]:
    """The answer, but for its tokens against forged requests, which are others each time."""
    page = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode())
    return answer.status_code, answer.headers.get("Location", ""), page


def test_whoever_asks_through_a_cache_gets_their_own_answer(visitors):
    site = Site()
    careless, heeding = SharedCache(site), SharedCache(site, heeding=True)
    assert wrongly_given(careless, visitors) == []
    assert careless.hits > len(PAGES) * len(visitors)
    assert wrongly_given(heeding, visitors) == []
    assert heeding.hits == 0  # what is withdrawn is gone with the next request


def test_a_cache_that_overhears_a_header_gives_wrong_answers(visitors):
    """Else the test above could not fail."""
    site = Site()
    for header in ("HX-Request", "HX-History-Restore-Request", "Cookie", "Accept-Language"):
        assert wrongly_given(SharedCache(site, deaf_to=header), visitors), header


def test_every_page_says_what_it_depends_on(client):
    thirty_articles()
    whole_story()
    for path in EVERY_PAGE:
        page = client.get(path)
        vary = {one.strip().lower() for one in page.headers["Vary"].split(",")}
        assert {"cookie", "accept-language"} <= vary, path
        part = client.get(path, headers={"HX-Request": "true"})
        if part.content != page.content:
            assert "hx-request" in vary, path
