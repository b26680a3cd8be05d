"""What the record's tables promise, whoever writes to them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from archive.models import (
    Article,
    ImportBatch,
    Media,
    Mention,
    Person,
    PersonAlias,
    RelatedArticle,
    Status,
)
from tests.factories import ArticleFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


class TestArticle:
    def test_without_a_headline_the_first_words_stand_in(self):
        article = Article(body="The ferry left at seven. " * 10)
        assert article.title.startswith("The ferry left at seven. The")
        assert article.title.endswith("…")

    def test_paragraphs_are_what_empty_lines_divide(self):
        assert Article(body="One.\nStill one.\n\n\n\nTwo.\n\n").paragraphs == [
            "One.\nStill one.",
            "Two.",
        ]

    def test_the_slug_keeps_its_script_and_is_never_empty(self):
        assert Article(headline="“NATO” – Rasmussen!").slug == "nato-rasmussen"
        assert Article(headline="Наводнение").slug == "наводнение"
        assert Article(headline="?!").slug == "article"

    def test_a_source_has_each_id_once_and_any_number_without(self):
        ArticleFactory(external_id="")
        ArticleFactory(external_id="")
        ArticleFactory(external_id="a-1")
        ArticleFactory(external_id="a-1", source=SourceFactory(name="Other"))
        with pytest.raises(IntegrityError):
            ArticleFactory(external_id="a-1")

    @pytest.mark.parametrize(
        "nonsense",
        [
            {"status": "lost"},
            {"headline": "", "body": ""},
            {"status": Status.SCHEDULED, "first_published": None},
        ],
    )
    def test_the_database_refuses_nonsense(self, nonsense):
        with pytest.raises(IntegrityError):
            ArticleFactory(**nonsense)

    def test_newest_come_first_and_undated_last(self):
        ArticleFactory(headline="undated", published=None)
        ArticleFactory(headline="old", published="1989-03-14")
        ArticleFactory(headline="new")
        assert [article.headline for article in Article.objects.all()] == ["new", "old", "undated"]

    @pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hans-CN"])
    def test_a_language_is_a_tag(self, language):
        ArticleFactory(language=language).full_clean()

    def test_anything_else_is_no_language(self):
        with pytest.raises(ValidationError, match="written like en, de"):
            ArticleFactory(language='en" onload="').full_clean()


class TestPeople:
    def test_the_key_follows_the_name(self):
        person = PersonFactory(name="Tomás Almeida")
        assert person.key == "tomas almeida"
        assert PersonAlias.objects.create(person=person, name="ALMEYDA").key == "almeyda"

    def test_two_people_may_share_a_name_but_no_address(self):
        PersonFactory(name="Walter Garrick", slug="walter-garrick")
        Person.objects.create(name="Walter Garrick", slug="walter-garrick-2")
        with pytest.raises(IntegrityError):
            Person.objects.create(name="Walter Garrick", slug="walter-garrick")

    def test_an_article_mentions_somebody_once(self):
        article = ArticleFactory(people=["Ann Vale"])
        with pytest.raises(IntegrityError):
            Mention.objects.create(article=article, person=Person.objects.get())

    def test_whoever_is_mentioned_cannot_be_deleted(self):
        ArticleFactory(people=["Ann Vale"])
        with pytest.raises(ProtectedError):
            Person.objects.get().delete()


class TestMediaAndPointers:
    def test_what_is_held_is_served_here_and_the_rest_where_it_is(self):
        article = ArticleFactory()
        held = Media.objects.create(article=article, file="a.jpg", url="https://b.example/a.jpg")
        assert held.get_absolute_url() == f"/media/{held.pk}/"
        assert Media(url="https://b.example/a.jpg").get_absolute_url() == "https://b.example/a.jpg"
        assert Media().get_absolute_url() == ""

    def test_a_photo_has_no_duration(self):
        with pytest.raises(IntegrityError):
            Media.objects.create(article=ArticleFactory(), kind="photo", duration=5)

    def test_a_pointer_points_somewhere(self):
        with pytest.raises(IntegrityError):
            RelatedArticle.objects.create(article=ArticleFactory())

    def test_an_article_does_not_point_to_itself(self):
        article = ArticleFactory()
        with pytest.raises(IntegrityError):
            RelatedArticle.objects.create(article=article, target=article)

    def test_a_pointer_outlives_its_target(self):
        target = ArticleFactory()
        pointer = RelatedArticle.objects.create(
            article=ArticleFactory(), target=target, title="The bridge"
        )
        target.delete()
        pointer.refresh_from_db()
        assert (pointer.target, str(pointer)) == (None, "The bridge")

    def test_a_pointer_without_words_of_its_own_goes_with_its_target(self):
        pointer = RelatedArticle.objects.create(article=ArticleFactory(), target=ArticleFactory())
        Article.objects.filter(pk=pointer.target_id).delete()
        assert RelatedArticle.objects.count() == 0
        assert Article.objects.get() == pointer.article


def test_the_counts_of_a_batch_always_add_up():
    with pytest.raises(IntegrityError):
        ImportBatch.objects.create(read=3, created=1, rejected=1)
