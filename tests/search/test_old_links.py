"""Addresses that name somebody by a slug of before: they lead to whoever it is now."""

import pytest
from django.contrib.auth.models import User

from archive.attribution import quotations_extract
from archive.identity import decision_undo, person_mark_not_a_person, person_merge, person_rename
from archive.models import Article, Status
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "/person/dmitri-medvedev/", "/person/dmitry-medvedev/"


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def merged(chief):
    """Dmitri, who has an article, was merged into Dmitry, who has another."""
    people = [PersonFactory(name=name) for name in ("Dmitri Medvedev", "Dmitry Medvedev")]
    for person in people:
        ArticleFactory(headline=f"About {person}", people=[person])
    return person_merge(lost=people[0], kept=people[1], by=chief)


def test_the_page_of_somebody_merged_leads_to_who_they_are(client, merged):
    response = client.get(f"{OLD}?year=2009")
    assert (response.status_code, response["Location"]) == (302, f"{NEW}?year=2009")
    page = client.get(NEW).content.decode()
    assert "About Dmitri" in page
    assert "About Dmitry" in page


def test_so_does_a_search_for_them(client, merged):
    page = client.get("/search/?person=dmitri-medvedev").content.decode()
    assert "2 articles" in page
    assert "person=dmitri-medvedev" not in page


def test_so_does_a_search_for_what_they_said(client, merged, chief):
    decision_undo(decision=merged, by=chief)
    article = ArticleFactory(body="“We go,” Dmitri Medvedev said.", people=["Dmitri Medvedev"])
    quotations_extract(articles=[article.pk])
    person_merge(lost=merged.person, kept=merged.other, by=chief)
    found = client.get("/search/?quoted=dmitri-medvedev").context
    assert found["page"].total == 1
    assert found["form"].query == "quoted=dmitry-medvedev"


def test_undone_the_page_is_there_again(client, merged, chief):
    decision_undo(decision=merged, by=chief)
    assert "About Dmitri" in client.get(OLD).content.decode()
    assert "About Dmitri " not in client.get(NEW).content.decode()


def test_the_page_of_somebody_renamed_leads_on_also_through_a_merge(client, merged, chief):
    kept = merged.other
    person_rename(person=kept, name="D. A. Medvedev", slug="medvedev", by=chief)
    for old in (OLD, NEW):
        assert client.get(old)["Location"] == "/person/medvedev/"
    third = PersonFactory(name="The President")
    ArticleFactory(people=[third])
    person_merge(lost=kept, kept=third, by=chief)
    for old in (OLD, NEW, "/person/medvedev/"):
        assert client.get(old)["Location"] == "/person/the-president/"


def test_nobody_is_led_to_whom_no_public_article_mentions(client, merged):
    Article.objects.update(status=Status.DRAFT)
    assert client.get(OLD).status_code == 404
    assert "dmitry" not in client.get("/search/?person=dmitri-medvedev").content.decode()


def test_what_is_no_person_has_no_page(client, chief):
    firm = PersonFactory(name="Merrill Lynch")
    ArticleFactory(people=[firm])
    person_mark_not_a_person(person=firm, by=chief)
    assert client.get("/person/merrill-lynch/").status_code == 404
