"""The language of a page: chosen by the reader or asked for by the browser, and known to caches."""

import pytest

pytestmark = pytest.mark.django_db

PAGES = ("/", "/search/", "/search/suggest/?q=a", "/calendar/", "/people/", "/nowhere/")


def language_of(response) -> str:
    return response.headers["Content-Language"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en-US", "en-gb"),
        ("fr, ru;q=0.8, en;q=0.5", "ru"),
        ("fr", "en-gb"),
        ("nonsense;q=x", "en-gb"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(client, asked, given):
    response = client.get("/", headers={"Accept-Language": asked})
    assert language_of(response) == given
    assert f'<html lang="{given}" dir="ltr">' in response.content.decode()


def test_what_the_reader_chose_stays_and_leads_back_to_the_page(client):
    page = "http://testserver/search/?q=harbour"
    response = client.post("/language/", {"language": "ru"}, headers={"Referer": page})
    assert (response.status_code, response.url) == (302, page)
    assert language_of(client.get("/", headers={"Accept-Language": "de"})) == "ru"


def test_the_choice_leads_to_no_other_site(client):
    referer = {"Referer": "https://elsewhere.example/"}
    assert client.post("/language/", {"language": "de"}, headers=referer).url == "/"


def test_only_a_language_that_is_offered_is_kept(client):
    client.post("/language/", {"language": "tlh"})
    assert not client.cookies


def test_asking_for_the_address_of_the_choice_chooses_nothing(client):
    client.get("/language/?language=de")
    assert not client.cookies


@pytest.mark.parametrize("page", PAGES)
def test_caches_are_told_what_the_language_depends_on(client, page):
    vary = client.get(page).headers["Vary"]
    assert {"Cookie", "Accept-Language"} <= set(vary.split(", "))


@pytest.mark.parametrize("page", PAGES)
def test_who_only_reads_is_given_no_cookie(client, page):
    client.get(page)
    assert not client.cookies


def test_the_choice_needs_no_script_and_shows_what_is_chosen(client):
    html = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert '<form class="choice" action="/language/" method="post"' in html
    assert 'value="de" lang="de" aria-current="true">Deutsch</button>' in html
