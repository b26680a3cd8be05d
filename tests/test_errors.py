"""When something is wrong the page says so in the same face and language, as well guarded."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as real

GUARDS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
ERRORS = {
    "bad": (400, SuspiciousOperation, "Das war nicht zu verstehen"),
    "forbidden": (403, PermissionDenied, "Das ist für Sie nicht offen"),
    "broken": (500, OperationalError, "Hier ist etwas schiefgegangen"),
}


def failing(error: type[Exception]):
    def view(request):
        raise error("words for the log alone")

    return view


urlpatterns = [
    *(path(f"{name}/", failing(error)) for name, (_, error, _) in ERRORS.items()),
    *real,
]


@pytest.fixture
def visitor(settings) -> Client:
    """Somebody who reads German, on a site in production."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"Accept-Language": "de"})


def guarded(response) -> bool:
    return all(name in response.headers for name in GUARDS)


@pytest.mark.parametrize(
    ("name", "status", "words"), [(n, s, w) for n, (s, _, w) in ERRORS.items()]
)
def test_an_error_is_a_page_of_the_site_without_touching_the_database(visitor, name, status, words):
    response = visitor.get(f"/{name}/")
    html = response.content.decode()
    assert response.status_code == status
    assert '<html lang="de" dir="ltr">' in html
    assert words in html
    assert "words for the log alone" not in html
    assert 'class="masthead__name"' in html
    assert guarded(response)


def test_what_is_not_there_can_be_searched_for(visitor):
    response = visitor.get("/nowhere/")
    assert response.status_code == 404
    assert '<form class="welcome__search" action="/search/" role="search">' in (
        response.content.decode()
    )
    assert guarded(response)


def test_a_host_that_is_not_ours_is_told_so_in_the_same_face(visitor):
    response = visitor.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Das war nicht zu verstehen" in response.content.decode()
    assert guarded(response)


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(settings):
    settings.ROOT_URLCONF = __name__
    visitor = Client(enforce_csrf_checks=True, headers={"Accept-Language": "de"})
    response = visitor.post("/admin/login/", {"username": "ann"})
    assert response.status_code == 403
    assert "Dieses Formular gilt nicht mehr" in response.content.decode()
    assert guarded(response)


def test_a_page_that_failed_asks_for_nothing_that_may_have_failed(visitor, monkeypatch):
    monkeypatch.setattr(staticfiles_storage, "url", lambda name: 1 / 0)
    response = visitor.get("/broken/")
    assert response.status_code == 500
    assert "/static/css/tokens.css" in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_needs_an_index_says_that_nothing_is_lost(visitor, data_folder):
    (data_folder / "index").mkdir()
    (data_folder / "index" / "CURRENT").write_text("nonsense")
    response = visitor.get("/calendar/")
    assert response.status_code == 503
    assert '<a href="/search/">' in response.content.decode()
    assert guarded(response)
