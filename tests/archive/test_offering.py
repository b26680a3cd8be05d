"""People found in the text are offered at the desk, and nobody is added without being asked for."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.extraction import people_extract
from archive.models import Article, Mention, Origin, Person, Quotation, Status
from archive.offering import people_decide, people_offered
from archive.rights import NotAllowed
from tests.desk import address_of, form_of, signed_in
from tests.factories import ArticleFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db

BODY = "Mayor Ann Vale met Ben Roy.\n\n“We sail at dawn,” Vale said. Ann Vale left."


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def desk(chief) -> Client:
    return signed_in(chief)


@pytest.fixture
def article() -> Article:
    return ArticleFactory(body=BODY, headline="Ferry", status=Status.DRAFT)


def offered(article: Article) -> list[str]:
    return [offer.name for offer in people_offered(Article.objects.get(pk=article.pk))]


def people_of(article: Article) -> dict[str, str]:
    return {mention.person.name: mention.origin for mention in article.mentions.all()}


def page_of(article: Article) -> str:
    return reverse("admin:archive_article_people", args=[article.pk])


class TestOffers:
    def test_whom_the_text_names_is_offered_with_who_that_is_in_the_archive(self, article):
        ann = PersonFactory(name="Ann Vale")
        offers = people_offered(article)
        assert [(offer.name, offer.person) for offer in offers] == [
            ("Ann Vale", ann),
            ("Ben Roy", None),
        ]
        assert offers[0].named.times == 3

    def test_whom_the_article_mentions_is_not_offered_by_any_of_their_names(self, article):
        ann = PersonFactory(name="Anna Vale")
        ann.aliases.create(name="Ann Vale")
        Mention.objects.create(article=article, person=ann)
        assert offered(article) == ["Ben Roy"]

    def test_what_is_no_persons_name_is_not_offered(self, article):
        PersonFactory(name="Ben Roy", not_a_person=True)
        assert offered(article) == ["Ann Vale"]

    def test_where_the_source_said_who_is_in_it_nobody_is_looked_for(self, article):
        mention = Mention(article=article, person=PersonFactory(name="Cay"), origin=Origin.SOURCE)
        mention.save()
        assert offered(article) == []

    def test_looking_changes_nothing(self, article):
        people_offered(article)
        assert not Person.objects.exists()

    def test_as_many_queries_for_many_people_as_for_one(self, django_assert_max_num_queries):
        names = " and ".join(f"Ann {name}" for name in ("Vale", "Roy", "Pell", "Stour", "Marsh"))
        article = ArticleFactory(body=f"{names} met.")
        with django_assert_max_num_queries(6):
            assert len(people_offered(article)) > 1


class TestDecisions:
    def test_who_is_accepted_is_the_editors_with_all_they_are_called(self, article, chief):
        people_decide(article=article, shown=["Ann Vale"], accepted=["Ann Vale"], editor=chief)
        mention = article.mentions.get()
        assert (mention.person.name, mention.origin, mention.count) == (
            "Ann Vale",
            Origin.EDITOR,
            3,
        )
        assert Quotation.objects.get().speaker == mention.person

    def test_who_is_declined_is_not_offered_again_and_not_found_again(self, article, chief):
        shown = ["Ann Vale", "Ben Roy"]
        people_decide(article=article, shown=shown, accepted=["Ann Vale"], editor=chief)
        assert offered(article) == []
        people_extract(articles=[article.pk])
        assert list(people_of(article)) == ["Ann Vale"]
        assert offered(ArticleFactory(body=BODY)) == ["Ann Vale", "Ben Roy"]

    def test_who_was_not_shown_is_offered_still(self, article, chief):
        people_decide(article=article, shown=["Ann Vale"], accepted=[], editor=chief)
        assert offered(article) == ["Ben Roy"]

    def test_only_whom_the_text_names_is_added(self, article, chief):
        names = ["Cay Stour"]
        assert people_decide(article=article, shown=names, accepted=names, editor=chief) == 0
        assert not Person.objects.exists()

    def test_who_may_not_edit_decides_nothing(self, article):
        guest = User.objects.create_user("guest", is_staff=True)
        with pytest.raises(NotAllowed):
            people_decide(article=article, shown=["Ann Vale"], accepted=[], editor=guest)
        assert offered(article) == ["Ann Vale", "Ben Roy"]


class TestTheDesk:
    def test_saving_leads_over_the_people_of_the_text(self, desk, article):
        sent = form_of(desk, address_of(article)) | {"body": BODY + " Clara Pell waited."}
        response = desk.post(address_of(article), sent)
        assert response["Location"] == page_of(article) + "?then=list"
        assert people_of(article) == {}
        page = desk.get(response["Location"]).content.decode()
        assert 'value="Clara Pell" checked' in page
        names = ["Ann Vale", "Ben Roy", "Clara Pell"]
        asked = {"shown": names, "accepted": names[:2]}
        response = desk.post(response["Location"], asked)
        assert response["Location"] == reverse("admin:archive_article_changelist")
        assert people_of(article) == dict.fromkeys(names[:2], Origin.EDITOR)
        sent = form_of(desk, address_of(article)) | {"_continue": "1"}
        assert desk.post(address_of(article), sent)["Location"] == address_of(article)

    def test_a_new_article_leads_there_too_and_back_to_its_form(self, desk):
        new = reverse("admin:archive_article_add")
        sent = form_of(desk, new) | {"body": BODY, "source": SourceFactory().pk, "_continue": "1"}
        response = desk.post(new, sent)
        article = Article.objects.get()
        assert response["Location"] == page_of(article) + "?then=change"
        response = desk.post(response["Location"], {"shown": ["Ann Vale"]})
        assert response["Location"] == address_of(article)

    def test_those_who_are_listed_follow_the_text_when_it_is_saved(self, desk, article, chief):
        names = ["Ann Vale"]
        people_decide(article=article, shown=names, accepted=names, editor=chief)
        sent = form_of(desk, address_of(article)) | {"body": BODY + " Ann Vale came back."}
        desk.post(address_of(article), sent)
        assert article.mentions.get().count == 4

    def test_nothing_is_decided_by_looking(self, desk, article):
        desk.get(page_of(article))
        assert offered(article) == ["Ann Vale", "Ben Roy"]

    def test_who_may_only_look_sees_no_offers(self, article):
        guest = signed_in(User.objects.create_user("guest", is_staff=True))
        assert guest.get(page_of(article)).status_code in (403, 404)
