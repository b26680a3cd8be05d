"""Every answer is guarded: each address by each method, and every kind of refusal and error."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.http import Http404, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from archive.models import Media
from config.urls import handler400
from config.urls import urlpatterns as real
from gate import middleware
from gate.clerk import Clerk
from tests.desk import signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

GUARDS = {
    "Content-Security-Policy": re.compile(r"(?!.*unsafe).*frame-ancestors 'none'"),
    "X-Content-Type-Options": re.compile("nosniff"),
    "X-Frame-Options": re.compile("DENY"),
    "Referrer-Policy": re.compile("strict-origin-when-cross-origin|no-referrer|same-origin"),
    "Permissions-Policy": re.compile(r".*camera=\(\).*geolocation=\(\)"),
    "Cross-Origin-Opener-Policy": re.compile("same-origin"),
    "Cross-Origin-Resource-Policy": re.compile("same-origin"),
    "Cache-Control": re.compile("no-cache|no-store|private|max-age"),
}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
# What stands in an address for each kind of place holder.
SAMPLES = {
    "int": "1",
    "str": "a",
    "slug": "a",
    "path": "a",
    "text": "a",
    "ending": "ris",
    "year": "2001",
    "month": "2001/02",
    "day": "2001/02/03",
    "day_of_year": "02-03",
    "facet": "person",
}


def streaming(request):
    return StreamingHttpResponse(iter([b"a", b"b"]))


def failing(error: Exception):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("streaming/", streaming),
    path("broken/", failing(OperationalError("words for the log alone"))),
    path("missing/", failing(Http404())),
    *real,
]
__all__ = ["handler400"]


def unguarded(response) -> dict[str, str | None]:
    """The guards that the answer lacks."""
    found = {name: response.headers.get(name) for name in GUARDS}
    return {name: value for name, value in found.items() if not GUARDS[name].match(value or "")}


def addresses(resolvers: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """An example of each address that there is."""
    for each in resolvers:
        here = before + example(str(each.pattern))
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, here)
        else:
            yield here


def example(route: str) -> str:
    if route.startswith("^"):  # Django's own, two for the desk
        return "nowhere" if "url" in route else "archive/"
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)


EVERY_ADDRESS = sorted(
    {f"/{address}" for address in addresses(get_resolver("config.urls").url_patterns)}
)


def test_there_are_as_many_addresses_as_there_seem():
    assert len(EVERY_ADDRESS) > 120
    assert {"/", "/search/", "/media/1/", "/admin/login/"} <= set(EVERY_ADDRESS)


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_every_address_is_guarded_by_every_method(address):
    browser = Client(raise_request_exception=False)
    for method in METHODS:
        response = getattr(browser, method)(address)
        assert not unguarded(response), (method, response.status_code)
        assert not response.cookies or address.startswith("/admin/"), method
        assert response.status_code < 500, method


def test_every_page_of_the_desk_is_guarded_and_kept_by_nobody():
    chief = signed_in(User.objects.create_superuser("chief"))
    for address in EVERY_ADDRESS:
        if address.startswith("/admin/"):
            response = chief.get(address)
            assert not unguarded(response), (address, response.status_code)
            kept = response.headers["Cache-Control"]
            assert {"no-store", "private"} <= set(kept.split(", ")), address


@pytest.fixture
def visitor(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"), [("/streaming/", 200), ("/broken/", 500), ("/missing/", 404)]
)
def test_what_streams_or_fails_is_guarded(visitor, address, status):
    response = visitor.get(address)
    assert response.status_code == status
    assert not unguarded(response)


def test_a_host_that_is_not_ours_is_guarded(visitor):
    for host in ("elsewhere.example", "testserver@elsewhere.example", "a b", "testserver:http"):
        response = visitor.get("/search/", headers={"Host": host})
        assert response.status_code == 400
        assert b"elsewhere.example" not in response.content
        assert not unguarded(response)


def test_the_way_to_https_is_guarded_and_leads_to_no_other_host(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = visitor.get("//elsewhere.example/%0d%0aX-A:b")
    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://testserver/")
    assert not unguarded(response)


def test_browsers_are_told_to_come_by_https_alone(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    told = Client().get("/", secure=True).headers["Strict-Transport-Security"]
    assert told.startswith("max-age=31536000; includeSubDomains")


def test_what_the_gate_refuses_is_guarded(client, settings, monkeypatch):
    settings.ALLOWANCES = {"search": {"address": (0, 1)}}
    monkeypatch.setattr(middleware, "clerk", Clerk(lambda work: None))
    refused = [
        client.get("/search/"),
        client.get("/" + "a" * 9000),
        client.get("/?" + "&" * 900),
        client.post("/language/", {"language": "x" * 100_000}),
        Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ann"}),
    ]
    assert [answer.status_code for answer in refused] == [429, 414, 400, 413, 403]
    assert not any(map(unguarded, refused))


def test_files_are_guarded_whole_in_part_and_unchanged(client):
    media = Media(article=ArticleFactory(), kind="audio")
    media.file.save("talk.wav", ContentFile(b"RIFF\0\0\0\0WAVE" + b"\0" * 4000))
    for wanted, status in ({}, 200), ({"Range": "bytes=5-9"}, 206), ({"Range": "bytes=9999-"}, 416):
        response = client.get(media.get_absolute_url(), headers=wanted)
        assert response.status_code == status
        assert not unguarded(response)
        list(response)  # the client closes what was read to its end


def test_styles_are_guarded_also_where_they_have_not_changed(settings, tmp_path, monkeypatch):
    (tmp_path / "a.css").write_text("a {}")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_USE_FINDERS = False
    browser = Client()
    first = browser.get("/static/a.css")
    assert first.status_code == 200
    again = browser.get(
        "/static/a.css", headers={"If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert again.status_code == 304
    assert not any(unguarded(one) for one in (first, again))
    assert list(first)
