"""Behind a cache that many share, each reader is given what the site itself would give them."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from archive.models import Article, Status
from archive.rights import Role
from search import outbox
from tests.caching import SharedCache
from tests.desk import signed_in
from tests.every_page import EVERY_PAGE, thirty_articles, whole_story
from tests.factories import ArticleFactory, member

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
BACK = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
GERMAN = {"Accept-Language": "de"}
RANDOM = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def record() -> None:
    thirty_articles()
    whole_story()
    outbox.drain_all()


@pytest.fixture
def readers() -> list[tuple[str, Client, dict[str, str]]]:
    """Who may ask for one page, and how."""
    german = Client()
    german.post("/language/", {"language": "de"})
    contributor = signed_in(member(Role.CONTRIBUTOR))
    return [
        ("a page", Client(), {}),
        ("htmx", Client(), HTMX),
        ("htmx going back", Client(), BACK),
        ("a browser in German", Client(), GERMAN),
        ("who chose German", german, {}),
        ("who chose German, htmx", german, HTMX),
        ("a contributor", contributor, {}),
        ("a contributor, htmx", contributor, HTMX),
    ]


def test_no_two_readers_are_given_each_others_answer(record, readers):
    """By a cache that asks again for nothing: what tells answers apart is `Vary` alone."""
    wrong = []
    for page in EVERY_PAGE:
        shared = SharedCache(careless=True)
        for name, browser, headers in [*readers, readers[0]]:
            given = shared.get(browser, page, headers)
            own = browser.get(page, headers=headers)
            if (given.status, plain(given.body)) != (own.status_code, plain(own.content)):
                wrong.append((page, name))
    assert wrong == []


def plain(body: bytes) -> bytes:
    return RANDOM.sub(b"", body)


def test_a_cache_that_asks_for_nothing_again_has_something_to_give(record, readers):
    """Or the test above would prove nothing."""
    shared = SharedCache(careless=True)
    for _ in range(2):
        for _, browser, headers in readers:
            shared.get(browser, "/search/?q=harbour", headers)
    assert shared.hits >= 3


def test_what_is_withdrawn_is_gone_from_caches_with_the_next_request():
    article = ArticleFactory(pk=1001, headline="Harbour bridge", people=["Ann Vale"])
    photo = article.media.create(kind="photo")
    photo.file.save("a.gif", ContentFile(b"GIF89a\x20\x03\x58\x02"))
    ArticleFactory(headline="Another")
    outbox.drain_all()
    pages = (
        *("/", "/search/?q=harbour", "/person/ann-vale/", "/people/", "/calendar/2009/12/17/"),
        *(article.get_absolute_url(), photo.get_absolute_url(), "/search/suggest/?q=harb"),
    )
    shared = SharedCache()
    before = {page: shared.get(Client(), page) for page in pages}
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
    for page in pages:
        given = shared.get(Client(), page)
        assert given.body != before[page].body, page
        assert b"Harbour bridge" not in given.body.replace(b"<mark>", b""), page


def test_no_cache_keeps_what_was_answered_to_an_account_or_gives_out_its_cookies(record):
    chief = signed_in(member(Role.CHIEF))
    shared = SharedCache()
    for page in (*EVERY_PAGE, "/admin/", "/admin/archive/article/", "/admin/login/"):
        shared.get(chief, page)
    assert shared.kept == {}
    for page in EVERY_PAGE:
        shared.get(Client(), page)
    assert all("Set-Cookie" not in one.headers for kept in shared.kept.values() for one in kept)
