"""Each request has an id and a line, and the line keeps what readers look for to themselves."""

import logging

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from archive.tracing import trace_id
from config.urls import urlpatterns as real

pytestmark = pytest.mark.django_db


def parts():
    yield trace_id.get()


def speaks(request):
    logging.getLogger("archive.test").warning("from within")
    return HttpResponse(trace_id.get())


def fails(request):
    raise ValueError("words for the log alone")


urlpatterns = [
    path("speaks/", speaks, name="speaks"),
    path("streams/", lambda request: StreamingHttpResponse(parts()), name="streams"),
    path("fails/", fails, name="fails"),
    *real,
]


@pytest.fixture(autouse=True)
def site(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def told(caplog):
    """What the lines of requests say."""
    caplog.set_level("INFO", logger="config.requests")
    return lambda: [each.fields for each in caplog.records if each.name == "config.requests"]


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/speaks/", "/static/nothing.css"])
def test_every_answer_carries_an_id_of_its_own(client, address):
    ids = {client.get(address).headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


def test_the_id_is_that_of_all_that_is_logged_meanwhile(client):
    response = client.get("/speaks/")
    assert response.content.decode() == response.headers["X-Request-ID"]


def test_it_is_also_that_of_what_is_streamed_later_and_of_nothing_after(client):
    response = client.get("/streams/")
    [streamed] = response.streaming_content
    assert streamed.decode() == response.headers["X-Request-ID"]
    response.close()
    assert trace_id.get() == ""


def test_a_proxy_of_ours_may_name_the_request(client, settings):
    settings.BEHIND_PROXY = True
    sent = {"X-Request-ID": "4bf92f3577b34da6-1"}
    assert client.get("/", headers=sent).headers["X-Request-ID"] == "4bf92f3577b34da6-1"


@pytest.mark.parametrize("behind_proxy", [True, False])
@pytest.mark.parametrize(
    "sent", ["", "short", "x" * 65, "4bf92f\n3577b34", "4bf92f35 77b34", "é" * 9]
)
def test_nobody_else_does_and_nothing_odd_is_taken(client, settings, behind_proxy, sent):
    settings.BEHIND_PROXY = behind_proxy
    assert client.get("/", headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent


def test_a_stranger_cannot_name_a_request(client):
    sent = "4bf92f3577b34da6"
    assert client.get("/", headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent


def test_the_line_says_what_was_asked_of_whom_and_how_it_went(client, told):
    response = client.get("/search/?q=harbour", headers={"Accept-Encoding": "gzip"})
    [line] = told()
    assert line.pop("ms") > 0
    assert line == {
        "method": "GET",
        "view": "search:search",
        "status": 200,
        "bytes": len(response.content),
    }


@pytest.mark.parametrize(
    "address", ["/search/?q=secretword", "/search/suggest/?q=secretword", "/secretword/"]
)
def test_no_line_says_what_was_searched(client, caplog, address):
    caplog.set_level("INFO", logger="config.requests")
    client.get(address, headers={"Referer": "http://testserver/?q=secretword"})
    assert [
        each for each in caplog.records if "secretword" in str(each.__dict__ | {"request": ""})
    ] == []


def test_what_breaks_has_its_line_and_its_id(told):
    response = Client(raise_request_exception=False).get("/fails/")
    assert response.headers["X-Request-ID"]
    [line] = told()
    assert (line["view"], line["status"]) == ("fails", 500)


def test_what_reaches_no_view_has_a_line(client, told, settings):
    client.get("/nowhere/")
    settings.SECURE_SSL_REDIRECT = True
    client.get("/search/")
    assert [(line["view"], line["status"]) for line in told()] == [
        ("unrouted", 404),
        ("search:search", 200),
    ]


def test_who_is_signed_in_is_a_number(client, told):
    editor = User.objects.create_superuser("ann")
    client.force_login(editor)
    client.get("/admin/")
    assert told()[-1]["user"] == editor.pk
    assert "ann" not in str(told())
