"""Two editors at one article: neither undoes what the other did, in any row of the form."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.forms import SplitDateTimeField
from django.test import Client

from archive.admin.merging import Conflict
from archive.attribution import quotations_extract
from archive.models import Article, Correction, Media, Mention, Quotation, Status
from tests.desk import address_of, errors_of, form_of, save, signed_in
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, TagFactory

pytestmark = pytest.mark.django_db

Sent = dict[str, Any]
BODY = "Ann Vale met Ben Roy.\n\n“We sail at dawn,” Vale said.\n\n“We stay in port,” Roy said."

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def desk() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


def conflicts_of(response) -> dict[str, Conflict]:
    """What the page that came back asks, by the names of the fields."""
    assert response.status_code == 200
    found = list(response.context["adminform"].form.conflicts)
    for inline in response.context["inline_admin_formsets"]:
        found += inline.formset.conflicts
    return {conflict.field.html_name: conflict for conflict in found}


def choice(conflict: Conflict, chosen: str) -> Sent:
    return {conflict.name: f"{chosen}:{conflict.seen}"}


class TestOneField:
    """Both editors have changed the same field."""

    @pytest.fixture
    def article(self) -> Article:
        return ArticleFactory(headline="Ferry late", standfirst="It was.", body="One.\n\nTwo.")

    @pytest.fixture
    def sent(self, desk, article) -> Sent:
        """A form that was opened, then overtaken by somebody else's headline, then changed."""
        sent = form_of(desk, address_of(article))
        Article.objects.update(headline="Ferry sunk", standfirst="It has.")
        return sent | {"headline": "Ferry early", "byline": "Ann Vale"}

    def test_nothing_is_saved_and_both_texts_are_shown(self, desk, article, sent):
        asked = conflicts_of(desk.post(address_of(article), sent))
        assert list(asked) == ["headline"]
        assert (asked["headline"].mine, asked["headline"].theirs) == ("Ferry early", "Ferry sunk")
        article.refresh_from_db()
        assert (article.headline, article.byline) == ("Ferry sunk", "")

    def test_sending_it_again_without_choosing_saves_nothing_either(self, desk, article, sent):
        for _ in range(2):
            desk.post(address_of(article), sent)
        assert Article.objects.get().headline == "Ferry sunk"

    @pytest.mark.parametrize(
        ("chosen", "headline"), [("mine", "Ferry early"), ("theirs", "Ferry sunk")]
    )
    def test_the_editors_choice_is_saved_and_so_is_the_rest(
        self, desk, article, sent, chosen, headline
    ):
        asked = conflicts_of(desk.post(address_of(article), sent))
        save(desk, address_of(article), sent | choice(asked["headline"], chosen))
        article.refresh_from_db()
        assert (article.headline, article.byline) == (headline, "Ann Vale")
        assert article.standfirst == "It has."

    def test_a_choice_holds_for_the_text_it_was_made_against_and_no_later_one(
        self, desk, article, sent
    ):
        asked = conflicts_of(desk.post(address_of(article), sent))
        Article.objects.update(headline="Ferry found")
        sent |= choice(asked["headline"], "mine")
        asked = conflicts_of(desk.post(address_of(article), sent))
        assert asked["headline"].theirs == "Ferry found"
        assert Article.objects.get().headline == "Ferry found"

    def test_the_form_comes_back_with_what_others_changed_elsewhere(self, desk, article, sent):
        form = desk.post(address_of(article), sent).context["adminform"].form
        assert form["standfirst"].value() == "It has."
        assert form["headline"].value() == "Ferry early"

    def test_who_changed_it_to_the_same_has_no_quarrel(self, desk, article, sent):
        save(desk, address_of(article), sent | {"headline": "Ferry sunk"})
        assert Article.objects.get().byline == "Ann Vale"

    def test_a_form_without_what_it_showed_overwrites_nothing(self, desk, article, sent):
        sent = {name: value for name, value in sent.items() if not name.startswith("initial-")}
        desk.post(address_of(article), sent)
        assert Article.objects.get().headline == "Ferry sunk"


def test_changes_in_different_places_of_a_text_can_both_be_kept(desk):
    article = ArticleFactory(body="One came.\n\nTwo went.")
    sent = form_of(desk, address_of(article)) | {"body": "One came.\r\n\r\nTwo stayed."}
    Article.objects.update(body="One arrived.\n\nTwo went.")
    asked = conflicts_of(desk.post(address_of(article), sent))
    assert asked["body"].both == "One arrived.\n\nTwo stayed."
    save(desk, address_of(article), sent | choice(asked["body"], "both"))
    assert Article.objects.get().body == "One arrived.\n\nTwo stayed."


def test_filing_and_dates_are_shown_in_words(desk):
    article = ArticleFactory(section=SectionFactory(name="News"), tags=["sea"])
    sent = form_of(desk, address_of(article))
    sent |= {"section": SectionFactory(name="Harbour").pk, "tags": [TagFactory(name="port").pk]}
    sent |= {"first_published_0": "2001-02-03"}
    Article.objects.update(section=SectionFactory(name="Sport"), first_published=None)
    article.tags.set([TagFactory(name="ship"), TagFactory(name="bridge")])
    asked = conflicts_of(desk.post(address_of(article), sent))
    texts = {name: (one.theirs, one.mine) for name, one in asked.items()}
    assert texts == {
        "section": ("Sport", "Harbour"),
        "tags": ("bridge, ship", "port"),
        "first_published": ("", "3 Feb 2001, 12:00"),
    }
    for one in asked.values():
        sent |= choice(one, "theirs")
    save(desk, address_of(article), sent | choice(asked["section"], "mine"))
    article.refresh_from_db()
    assert (article.section.name, article.first_published) == ("Harbour", None)
    assert {tag.name for tag in article.tags.all()} == {"bridge", "ship"}


def test_a_status_that_both_moved_is_asked_about(desk):
    article = ArticleFactory(status=Status.SCHEDULED, published="2099-01-01")
    sent = form_of(desk, address_of(article)) | {"status": Status.PUBLISHED}
    Article.objects.update(status=Status.IN_REVIEW)
    asked = conflicts_of(desk.post(address_of(article), sent))
    assert (asked["status"].theirs, asked["status"].mine) == ("in review", "published")
    assert Article.objects.get().status == Status.IN_REVIEW


class TestRows:
    """What stands below the article is shared, too."""

    @pytest.fixture
    def article(self) -> Article:
        article = ArticleFactory(people=["Ann Vale", "Ben Roy"])
        for title in ("Quay", "Ship"):
            Media.objects.create(article=article, title=title, caption="A photo.")
        return article

    def test_what_the_editor_left_alone_stays_as_others_made_it(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-0-title": "The quay"}
        Media.objects.filter(title="Quay").update(caption="Theirs.", credit="Them")
        save(desk, address_of(article), sent)
        photo = Media.objects.get(title="The quay")
        assert (photo.caption, photo.credit) == ("Theirs.", "Them")

    def test_what_both_changed_is_asked_about(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-0-caption": "Mine."}
        Media.objects.filter(title="Quay").update(caption="Theirs.")
        asked = conflicts_of(desk.post(address_of(article), sent))
        assert list(asked) == ["media-0-caption"]
        assert not Media.objects.filter(caption="Mine.").exists()
        save(desk, address_of(article), sent | choice(asked["media-0-caption"], "mine"))
        assert Media.objects.get(title="Quay").caption == "Mine."

    def test_rows_that_others_removed_do_not_stand_in_the_way(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-1-title": "The ship"}
        Media.objects.filter(title="Quay").delete()
        save(desk, address_of(article), sent)
        assert [photo.title for photo in Media.objects.all()] == ["The ship"]

    def test_rows_that_others_removed_come_back_only_if_that_is_said_again(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-0-title": "The quay"}
        Media.objects.filter(title="Quay").delete()
        response = desk.post(address_of(article), sent)
        assert "Somebody else removed this" in errors_of(response)
        assert [photo.title for photo in Media.objects.all()] == ["Ship"]
        save(desk, address_of(article), resent(response))
        assert [photo.title for photo in Media.objects.order_by("title")] == ["Ship", "The quay"]
        assert Media.objects.get(title="The quay").caption == "A photo."

    def test_rows_that_others_added_stay(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-0-title": "The quay"}
        Media.objects.create(article=article, title="Theirs")
        save(desk, address_of(article), sent)
        assert {photo.title for photo in Media.objects.all()} == {"The quay", "Ship", "Theirs"}

    def test_a_row_that_others_changed_is_not_deleted_unseen(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"media-0-DELETE": "on"}
        Media.objects.filter(title="Quay").update(caption="Theirs.")
        response = desk.post(address_of(article), sent)
        assert "changed by somebody else meanwhile" in errors_of(response)
        shown = resent(response)
        assert shown["media-0-caption"] == "Theirs."
        assert Media.objects.count() == 2
        save(desk, address_of(article), shown | {"media-0-DELETE": "on"})
        assert Media.objects.get().title == "Ship"

    def test_a_file_that_others_replaced_is_not_overwritten(self, desk, article):
        photo = Media.objects.get(title="Quay")
        photo.file.save("first.png", ContentFile(b"first"))
        sent = form_of(desk, address_of(article))
        Media.objects.get(title="Quay").file.save("theirs.png", ContentFile(b"theirs"))
        sent["media-0-file"] = ContentFile(PNG, name="mine.png")
        asked = conflicts_of(desk.post(address_of(article), sent))
        assert "theirs" in asked["media-0-file"].theirs
        photo.refresh_from_db()
        with photo.file.open() as file:
            assert file.read() == b"theirs"

    def test_whom_both_added_is_listed_once(self, desk, article):
        cay = PersonFactory(name="Cay Stour")
        sent = form_of(desk, address_of(article)) | {"mentions-2-person": cay.pk}
        Mention.objects.create(article=article, person=cay)
        save(desk, address_of(article), sent | {"byline": "Me"})
        assert article.mentions.filter(person=cay).count() == 1
        assert Article.objects.get().byline == "Me"

    def test_an_exchange_for_whom_somebody_else_added_is_explained(self, desk, article):
        cay = PersonFactory(name="Cay Stour")
        sent = form_of(desk, address_of(article)) | {"mentions-1-person": cay.pk}
        Mention.objects.create(article=article, person=cay)
        assert "already listed" in errors_of(desk.post(address_of(article), sent))

    def test_a_correction_that_both_wrote_is_kept_twice(self, desk, article):
        sent = form_of(desk, address_of(article))
        Correction.objects.create(article=article, text="Theirs.")
        sent |= {"corrections-TOTAL_FORMS": 1, "corrections-0-text": "Mine."}
        sent |= {"corrections-0-when_0": "2026-01-02", "corrections-0-when_1": "10:00"}
        save(desk, address_of(article), sent)
        assert {one.text for one in article.corrections.all()} == {"Theirs.", "Mine."}


def resent(response) -> Sent:
    """The page that came back, sent as it is."""
    sent: Sent = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            values = {bound.html_name: bound.value()}
            if bound.field.show_hidden_initial:
                values[bound.html_initial_name] = form.shown(bound.name)
            for name, value in values.items():
                if isinstance(bound.field, SplitDateTimeField):
                    parts = [part or "" for part in value or ("", "")]
                    sent |= {f"{name}_{at}": part for at, part in enumerate(parts)}
                elif not hasattr(value, "storage"):
                    sent[name] = "" if value is None else value
    return sent


def test_the_form_takes_as_many_queries_for_many_rows_as_for_few(
    desk, django_assert_max_num_queries
):
    names = [f"Person {number}" for number in range(20)]
    article = ArticleFactory(people=names)
    for at, mention in enumerate(article.mentions.all()):
        place = {"start": 3 * at, "end": 3 * at + 2}
        Quotation.objects.create(article=article, text="ab", speaker=mention.person, **place)
    with django_assert_max_num_queries(20):
        page = desk.get(address_of(article)).content.decode()
    assert page.count(">Person 7</option>") == 2


def test_quotations_that_were_found_anew_are_still_the_editors_to_correct(desk):
    article = ArticleFactory(body=BODY, people=["Ann Vale", "Ben Roy"])
    quotations_extract(articles=[article.pk])
    sent = form_of(desk, address_of(article))
    Article.objects.update(body="A line more.\n\n" + BODY)
    quotations_extract(articles=[article.pk])
    cay = PersonFactory(name="Cay Stour")
    save(desk, address_of(article), sent | {"quotations-1-speaker": cay.pk})
    corrected = Quotation.objects.get(speaker=cay)
    assert corrected.text == "We stay in port,"
    assert Quotation.objects.count() == 2
