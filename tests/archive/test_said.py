"""Who said what, as readers see it: on the article's page and on the person's own."""

import pytest
from django.test import Client

from archive.attribution import quotations_extract
from archive.models import Article, Person, Quotation, Status
from archive.said import who_said_what
from search.outbox import drain_all
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

BODY = (
    'Ann Vale met Ben Roy.\n\n\n\n"We <b>sail</b> at dawn," Vale said. "Or at noon."\n\n'
    '"We stay in port," Roy said.'
)


def told(**fields: object) -> Article:
    given = {"body": BODY, "people": ["Ann Vale", "Ben Roy"]} | fields
    article = ArticleFactory(**given)
    quotations_extract(articles=[article.pk])
    drain_all()
    return article


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_quotations_stand_by_speaker_with_the_paragraph_they_are_from():
    article = told(headline="“Not by land” – Roy")
    assert [
        (one.name, [(quotation.text, quotation.anchor) for quotation in one.quotations])
        for one in who_said_what(article)
    ] == [
        ("Ben Roy", [("Not by land", "headline")]),
        ("Ann Vale", [("We <b>sail</b> at dawn", "p2"), ("Or at noon.", "p2")]),
        ("Ben Roy", [("We stay in port", "p3")]),
    ]


def test_what_nobody_known_says_has_the_words_of_the_text_and_he_said_is_left_out():
    article = told(body="“We sail at dawn,” the docker said.\n\n“We stay in port,” he said.")
    Quotation.objects.filter(how="pronoun").update(speaker=None)
    (one,) = who_said_what(article)
    assert (one.speaker, one.name) == (None, "the docker")


def test_the_article_leads_to_the_place_of_each_quotation_and_escapes_it(client):
    content = page(client, told().get_absolute_url())
    assert '<a href="#p2">We &lt;b&gt;sail&lt;/b&gt; at dawn</a>' in content
    assert '<p id="p2" dir="auto">“We &lt;b&gt;sail' in content
    assert '<a href="/person/ben-roy/">Ben Roy</a>' in content


def test_what_an_editor_dismissed_is_not_shown(client):
    article = told()
    Quotation.objects.update(dismissed=True)
    assert "Who said what" not in page(client, article.get_absolute_url())
    assert "In their own words" not in page(client, "/person/ben-roy/")


def test_a_person_says_it_with_the_newest_first_and_the_way_to_each_place(client):
    old, new = (told(published=day, headline=day) for day in ("1999-01-01", "2009-01-01"))
    content = page(client, "/person/ben-roy/quotations/")
    links = [f'<a href="{one.get_absolute_url()}#p3">We stay in port</a>' for one in (new, old)]
    assert content.index(links[0]) < content.index(links[1])
    assert links[0] in page(client, "/person/ben-roy/")


def test_what_a_person_says_is_searched_from_there(client):
    article = told()
    ArticleFactory(headline="Ann Vale is told of", people=["Ann Vale"])
    address = "/search/?q=by%3A%22Ann+Vale%22"
    assert f'<a href="{address}">' in page(client, "/person/ann-vale/quotations/")
    assert [hit.id for hit in client.get(address).context["page"].hits] == [article.pk]


def test_more_than_fits_is_paged(client):
    for _ in range(4):
        told(body="\n\n".join(["Ann Vale came.", *["“We sail,” Vale said."] * 8]))
    assert "/person/ann-vale/quotations/" in page(client, "/person/ann-vale/")
    first, last = (page(client, f"/person/ann-vale/quotations/?page={n}") for n in (1, 99))
    assert (first.count("<blockquote"), last.count("<blockquote")) == (30, 2)


def test_what_is_said_in_secret_stays_secret(client):
    told()
    told(status=Status.DRAFT, body="“We sink at dawn,” Vale said.")
    for address in ("/person/ann-vale/", "/person/ann-vale/quotations/"):
        assert "We sink" not in page(client, address)


def test_nobody_is_known_to_speak_whom_only_secrets_mention(client):
    told(status=Status.DRAFT)
    assert client.get("/person/ann-vale/quotations/", follow=True).status_code == 404


def test_a_speaker_without_a_page_is_not_linked(client):
    article = told()
    Quotation.objects.update(speaker=Person.objects.create(name="Cay Stour", slug="cay-stour"))
    content = page(client, article.get_absolute_url())
    assert "Cay Stour" in content
    assert "/person/cay-stour/" not in content
