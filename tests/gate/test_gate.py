"""Who is not let in is told so kindly, in the shape that was asked for."""

import json
from http import HTTPStatus

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gate import middleware
from gate.clerk import Clerk
from gate.limits import LONGEST_ADDRESS, MOST_PARAMETERS, STRANGERS_BODY
from tests.desk import signed_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json, text/javascript, */*; q=0.01"}
COSTLY = (
    *("/search/", "/search/suggest/?q=har", "/search/dates/", "/search/facet/person/"),
    *("/people/", "/tags/", "/calendar/", "/on-this-day/"),
)


@pytest.fixture(autouse=True)
def counted(settings, monkeypatch) -> None:
    """Three searches and two changes at once; no other process counts."""
    settings.ALLOWANCES = {
        "search": {"address": (3, 0.01), "account": (5, 0.01)},
        "change": {"address": (2, 0.01), "account": (2, 0.01)},
    }
    monkeypatch.setattr(middleware, "clerk", Clerk(lambda work: None))


def tried(client: Client, path: str, times: int, **more) -> list[int]:
    return [client.get(path, **more).status_code for _ in range(times)]


@pytest.mark.parametrize("path", COSTLY)
def test_who_asks_too_often_is_told_when_to_come_back(client, path):
    assert 429 not in tried(client, path, 3)
    answer = client.get(path)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 100
    assert "Please try again in" in answer.content.decode()


def test_reading_costs_nothing(client):
    assert tried(client, "/", 10) == [200] * 10


def test_doors_have_counts_of_their_own(client):
    tried(client, "/search/", 4)
    assert client.post("/language/", {"language": "de"}).status_code == 302


def test_what_changes_something_is_counted_too(client):
    codes = [client.post("/language/", {"language": "de"}).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_who_is_signed_in_is_counted_by_account(client):
    tried(client, "/search/", 4)
    ann, ben = (signed_in(User.objects.create_user(name)) for name in ("ann", "ben"))
    assert tried(ann, "/search/", 6) == [200] * 5 + [429]
    assert tried(ben, "/search/", 1) == [200]


def test_a_made_up_session_is_no_account(client):
    client.cookies["sessionid"] = "made-up"
    assert tried(client, "/search/", 4)[-1] == 429
    client.cookies["sessionid"] = "another"
    assert tried(client, "/search/", 1) == [429]


def test_who_comes_by_a_socket_file_without_an_address_is_not_counted(client):
    assert tried(client, "/search/", 6, REMOTE_ADDR="") == [200] * 6


def test_an_address_that_is_made_up_is_no_other_guest(client):
    codes = [
        client.get("/search/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(4)
    ]
    assert codes[-1] == 429


def test_a_page_is_refused_as_a_page_a_part_as_a_part_and_json_as_json(client):
    tried(client, "/search/", 3)
    page, part, data = (client.get("/search/", headers=asked) for asked in ({}, HTMX, JSON))
    assert 'class="masthead__name"' in page.content.decode()
    assert part.content.decode().startswith('<p class="note">')
    assert "error" in json.loads(data.content)
    for answer in (page, part, data):
        assert answer.status_code == 429
        assert {"HX-Request", "Accept"} <= set(answer.headers["Vary"].split(", "))
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_is_in_the_language_of_the_guest(client):
    tried(client, "/search/", 3)
    answer = client.get("/search/", headers={"Accept-Language": "ru"})
    assert answer.headers["Content-Language"] == "ru"


def test_an_address_that_is_too_long_is_refused(client):
    fits = "a" * (LONGEST_ADDRESS - len("/search/") - len("q="))
    assert client.get(f"/search/?q={fits}").status_code == 200
    assert client.get(f"/search/?q={fits}a").status_code == 414
    assert client.get("/" + "a" * LONGEST_ADDRESS).status_code == 414


def test_an_address_with_too_many_parts_is_refused(client):
    assert client.get("/?" + "&a" * (MOST_PARAMETERS - 1)).status_code == 200
    assert client.get("/?" + "&a" * MOST_PARAMETERS).status_code == 400


def test_a_stranger_sends_little(client):
    assert client.post("/language/", {"language": "x" * 1000}).status_code == 302
    answer = client.post("/language/", {"language": "x" * STRANGERS_BODY})
    assert answer.status_code == 413
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/archive/upload/add/", "/language/"])
def test_no_file_of_a_stranger_is_read(path, monkeypatch):
    """Not even for the token against forged requests, which stands in what is sent."""
    monkeypatch.setattr(
        "django.http.multipartparser.MultiPartParser.parse", lambda _: pytest.fail("read")
    )
    client = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("wire.zip", b"x" * STRANGERS_BODY)
    assert client.post(path, {"file": file}).status_code == 413


def test_the_desk_takes_files_up_to_its_limit(settings):
    settings.UPLOAD_LIMIT = 100_000
    chief = signed_in(User.objects.create_superuser("chief"))
    file = SimpleUploadedFile("wire.zip", b"x" * 110_000)
    answer = chief.post("/admin/archive/upload/add/", {"file": file})
    assert (answer.status_code, b"at most" in answer.content) == (200, True)
    file = SimpleUploadedFile("wire.zip", b"x" * 1_200_000)
    assert chief.post("/admin/archive/upload/add/", {"file": file}).status_code == 413


def test_a_form_of_the_desk_has_a_limit_too(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    chief = signed_in(User.objects.create_superuser("chief"))
    plain = {"content_type": "application/x-www-form-urlencoded"}
    big = "headline=" + "x" * 100_000
    assert chief.post("/admin/archive/article/add/", big, **plain).status_code == 413
    several = {"headline": "x" * 60_000, "body": "x" * 60_000}  # no file, and yet too much
    assert chief.post("/admin/archive/article/add/", several).status_code == 413


@pytest.mark.parametrize("announced", ["-1", "1e9", "٣", "9" * 400, "9" * 5000, "", "0x10"])
def test_a_length_that_is_no_number_is_no_error(client, announced):
    answer = client.generic("POST", "/language/", b"", CONTENT_LENGTH=announced)
    assert answer.status_code in (302, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
