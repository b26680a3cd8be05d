"""Editors correct who said what, and where it begins and ends."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.attribution import quotations_extract
from archive.models import Article, Origin, Person, Quotation
from tests.desk import address_of, errors_of, form_of, save, signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

BODY = "Ann Vale met Ben Roy.\n\n“We sail at dawn,” Vale said.\n\n“We stay in port,” Roy said."


@pytest.fixture
def desk() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


@pytest.fixture
def article() -> Article:
    article = ArticleFactory(body=BODY, people=["Ann Vale", "Ben Roy"])
    quotations_extract(articles=[article.pk])
    return article


def said(text: str) -> Quotation:
    return Quotation.objects.get(text=text)


def test_a_corrected_speaker_is_the_editors_and_the_others_are_not(desk, article):
    sent = form_of(desk, address_of(article))
    sent["quotations-0-speaker"] = Person.objects.get(name="Ben Roy").pk
    save(desk, address_of(article), sent)
    assert (said("We sail at dawn,").speaker.name, said("We sail at dawn,").origin) == (
        "Ben Roy",
        Origin.EDITOR,
    )
    assert said("We stay in port,").origin == Origin.EXTRACTED


def test_saving_without_a_change_leaves_quotations_alone(desk, article):
    before = list(Quotation.objects.order_by("pk").values())
    save(desk, address_of(article), form_of(desk, address_of(article)))
    assert list(Quotation.objects.order_by("pk").values()) == before


def test_a_span_is_corrected_by_its_words(desk, article):
    sent = form_of(desk, address_of(article)) | {"quotations-0-text": "sail at dawn"}
    save(desk, address_of(article), sent)
    one = said("sail at dawn")
    assert BODY[one.start : one.end] == "sail at dawn"
    assert Quotation.objects.count() == 2


def test_words_that_do_not_stand_there_are_refused(desk, article):
    sent = form_of(desk, address_of(article)) | {"quotations-0-text": "We sail at noon"}
    response = desk.post(address_of(article), sent)
    assert "These words do not stand there." in errors_of(response)
    sent |= {"quotations-0-text": "We sail at dawn,", "quotations-0-part": "headline"}
    assert "These words do not stand there." in errors_of(desk.post(address_of(article), sent))


def test_two_at_one_place_are_refused(desk, article):
    sent = form_of(desk, address_of(article)) | {"quotations-1-text": "We sail at dawn,"}
    assert "at this place already" in errors_of(desk.post(address_of(article), sent))


def test_the_words_may_come_with_the_text_that_has_them(desk, article):
    body = BODY.replace("dawn", "noon")
    sent = form_of(desk, address_of(article)) | {"body": body}
    save(desk, address_of(article), sent | {"quotations-0-text": "We sail at noon,"})
    assert said("We sail at noon,").speaker.name == "Ann Vale"


def test_a_changed_text_is_read_again(desk, article):
    sent = form_of(desk, address_of(article)) | {"body": BODY.replace("Roy said", "Vale said")}
    save(desk, address_of(article), sent)
    assert said("We stay in port,").speaker.name == "Ann Vale"


def test_a_dismissed_quotation_stays_dismissed(desk, article):
    sent = form_of(desk, address_of(article)) | {"quotations-0-dismissed": "on"}
    save(desk, address_of(article), sent)
    save(desk, address_of(article), form_of(desk, address_of(article)))
    assert said("We sail at dawn,").dismissed


def test_an_article_full_of_quotations_can_be_saved(desk):
    body = "Ann Vale met Ben Roy.\n\n" + "\n\n".join(
        f"“We sail on day {number},” Vale said." for number in range(160)
    )
    article = ArticleFactory(body=body, people=["Ann Vale"])
    quotations_extract(articles=[article.pk])
    save(desk, address_of(article), form_of(desk, address_of(article)) | {"headline": "They sail"})
    article.refresh_from_db()
    assert (article.headline, article.quotations.count()) == ("They sail", 160)
