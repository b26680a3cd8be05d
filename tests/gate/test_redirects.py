"""No address of ours leads to another site, whatever it is given."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.desk import signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

HERE = "testserver"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "\\/evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "/\r\n/evil.example/",
    "\x00//evil.example/",
    " //evil.example/",
    "\u3000//evil.example/",
    "http:evil.example/",
    "http:/evil.example/",
    "http:///evil.example/",
    "https://testserver@evil.example/",
    "https://testserver:80@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example\\@testserver/",
    "https://evil.example#@testserver/",
    "https://[evil.example/",
    "https://evil。example/",
    "／／evil.example/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "%2f%2fevil.example/",
    "/%0d%0aLocation:%20https://evil.example/",
)


def led_to(location: str, page: str = f"http://{HERE}/search/") -> str:
    """The host that a browser goes to: it drops tabs and line ends, strips what lies around, and
    takes a backslash for a slash (WHATWG URL)."""
    as_read = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33))))
    as_read = as_read.replace("\\", "/")
    if re.match(r"https?:/*[^/]", as_read):
        as_read = re.sub(r"^(https?):/*", r"\1://", as_read)
    elif re.match(r"/{2,}", as_read):
        as_read = "//" + as_read.lstrip("/")
    url = urlsplit(urljoin(page, as_read))
    return url.hostname or url.scheme


def test_the_reader_of_locations_is_as_gullible_as_a_browser():
    gullible = [led_to(address) for address in ELSEWHERE[:11]]
    assert set(gullible) == {"evil.example"}
    assert led_to("javascript:alert(1)") == "javascript"
    assert led_to("/people/") == led_to("people/") == HERE


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_choice_of_a_language_leads_back_here(client, address):
    for given, headers in (
        ({"next": address}, {}),
        ({}, {"Referer": quote(address, safe=":/@\\#")}),
    ):
        answer = client.post("/language/", {"language": "de", **given}, headers=headers)
        assert led_to(answer.headers.get("Location", "/")) == HERE


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_to_the_desk(address):
    User.objects.create_superuser("ann", password="Petrels over Port Almond")
    sent = {"username": "ann", "password": "Petrels over Port Almond", "next": address}
    browser = Client()
    answer = browser.post(f"/admin/login/?next={quote(address)}", sent)
    assert answer.status_code == 302
    assert led_to(answer.headers["Location"]) == HERE
    # Who is signed in already is sent on at once.
    answer = browser.get(f"/admin/login/?next={quote(address)}")
    assert led_to(answer.headers.get("Location", "/")) == HERE
    answer = browser.post("/admin/logout/", {"next": address})
    assert led_to(answer.headers.get("Location", "/")) == HERE


@pytest.mark.parametrize(
    "path", ["//evil.example/search", "//evil.example/%2f..", "/\\evil.example"]
)
def test_a_missing_slash_is_added_here(client, path):
    answer = client.get(path)
    assert led_to(answer.headers.get("Location", "/")) == HERE


def test_an_article_under_an_old_name_leads_to_its_own_with_the_search(client):
    article = ArticleFactory(headline="//evil.example")
    answer = client.get(f"/article/{article.pk}/evil/?q=//evil.example&next=//evil.example")
    assert answer.status_code == 301
    assert led_to(answer.headers["Location"]) == HERE


def test_the_desk_leads_nobody_away_by_what_is_in_its_forms():
    chief = signed_in(User.objects.create_superuser("chief"))
    for address in ELSEWHERE:
        sent = {"text": "{}", "next": address, "back": address, "_changelist_filters": address}
        answer = chief.post(f"/admin/archive/tag/add/?next={quote(address)}", sent)
        assert led_to(answer.headers.get("Location", "/")) == HERE


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "testserver", "X-Forwarded-Host": "evil.example"},
        {"Host": "testserver", "X-Host": "evil.example", "Forwarded": "host=evil.example"},
        {"Host": "evil.example:testserver"},
        {"Host": "testserver\tevil.example"},
    ],
)
def test_no_page_names_a_host_that_is_not_ours(client, headers):
    article = ArticleFactory()
    for path in ("/", "/search/", article.get_absolute_url(), "/admin/login/", "/nowhere/"):
        answer = client.get(path, headers=headers)
        assert b"evil.example" not in answer.content
        assert "evil" not in str(answer.headers)
