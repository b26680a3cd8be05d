"""Links for review: what they show, to whom, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.models import Article, Media, Mention, Preview, RelatedArticle, Status
from archive.previews import preview_make, preview_open, preview_revoke
from archive.rights import NotAllowed
from search import outbox
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def article() -> Article:
    return ArticleFactory(headline="Ferry late", status=Status.DRAFT, published=None)


@pytest.fixture
def token(article, chief) -> str:
    return link_to(article, chief)


def link_to(article: Article, by: User, lasting: timedelta = WEEK) -> str:
    return preview_make(article=article, editor=by, lasting=lasting, now=timezone.now())


def page_of(token: str) -> str:
    return reverse("archive:preview", args=[token])


def main_of(response) -> str:
    """The page between its frame, without the notes above the article."""
    page = response.content.decode()
    return page[page.index('<div class="reading">') : page.index("</main>")]


class TestThePage:
    def test_it_is_the_page_that_readers_will_see(self, client, article, token):
        shown = client.get(page_of(token))
        assert "Preview" in shown.content.decode()
        Article.objects.update(status=Status.PUBLISHED)
        assert main_of(shown) == main_of(client.get(article.get_absolute_url()))

    def test_it_is_the_same_for_an_editor(self, client, chief, token):
        assert signed_in(chief).get(page_of(token)).content == client.get(page_of(token)).content

    def test_it_is_kept_nowhere_and_told_nobody(self, client, token):
        headers = client.get(page_of(token)).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]

    def test_it_leads_to_the_article_once_that_is_public(self, client, article, token):
        Article.objects.update(status=Status.PUBLISHED)
        assert client.get(page_of(token))["Location"] == article.get_absolute_url()

    def test_it_shows_the_articles_files(self, client, article, token):
        photo = Media(article=article)
        photo.file.save("photo.png", ContentFile(b"png"))
        address = reverse("archive:preview-media", args=[token, photo.pk])
        page = client.get(page_of(token)).content.decode()
        assert f'src="{address}"' in page
        assert f'"{photo.get_absolute_url()}"' not in page
        assert b"".join(client.get(address).streaming_content) == b"png"
        assert client.get(photo.get_absolute_url()).status_code == 404

    def test_it_shows_no_file_of_another_article(self, client, token):
        photo = Media(article=ArticleFactory(status=Status.DRAFT))
        photo.file.save("photo.png", ContentFile(b"png"))
        address = reverse("archive:preview-media", args=[token, photo.pk])
        assert client.get(address).status_code == 404

    def test_it_shows_nothing_of_another_article_that_is_not_public(self, client, article, token):
        other = ArticleFactory(
            headline="Ferry zaxed",
            body=article.body,
            people=["Ann Vale"],
            tags=["sea"],
            status=Status.DRAFT,
        )
        RelatedArticle.objects.create(article=article, target=other)
        Mention.objects.create(article=article, person=other.people.get())
        article.tags.add(other.tags.get())
        outbox.drain_all()
        page = client.get(page_of(token)).content.decode()
        assert "Ann Vale" in page
        assert "zaxed" not in page
        assert f"/article/{other.pk}/" not in page


class TestTheLink:
    def test_only_its_hash_is_kept(self, token):
        row = Preview.objects.values().get()
        assert not any(part in str(row.values()) for part in token.split("."))

    def test_a_changed_one_leads_nowhere_and_costs_no_query(self, token, django_assert_num_queries):
        with django_assert_num_queries(0):
            for wrong in ("", "x", token[:-1], token + "x", token.replace(".", "x", 1), "a.b.c"):
                assert preview_open(token=wrong, now=timezone.now()) is None

    def test_a_wrong_one_is_answered_like_any_page_that_is_not_there(self, client):
        nowhere = client.get("/nowhere/")
        response = client.get(page_of("wrong"))
        assert (response.status_code, response.content) == (404, nowhere.content)

    def test_it_expires(self, client, token):
        with time_machine.travel(timezone.now() + WEEK - timedelta(seconds=5)):
            assert client.get(page_of(token)).status_code == 200
        with time_machine.travel(timezone.now() + WEEK + timedelta(seconds=5)):
            assert client.get(page_of(token)).status_code == 404

    def test_none_lasts_longer_than_thirty_days(self, article, chief):
        link_to(article, chief, timedelta(days=999))
        preview = Preview.objects.get()
        assert preview.expires_at - preview.made_at == timedelta(days=30)

    def test_taken_back_it_leads_nowhere(self, client, chief, token):
        preview_revoke(preview=Preview.objects.get(), editor=chief)
        assert client.get(page_of(token)).status_code == 404

    def test_it_goes_with_its_article(self, client, article, token):
        article.delete()
        assert client.get(page_of(token)).status_code == 404

    def test_what_has_expired_is_cleared_away_by_the_next(self, article, chief):
        with time_machine.travel(timezone.now() - timedelta(days=8)):
            link_to(article, chief)
        link_to(article, chief)
        assert Preview.objects.count() == 1

    def test_it_is_seen_when_it_was_last_opened(self, client, token, django_assert_num_queries):
        client.get(page_of(token))
        opened = Preview.objects.get().opened_at
        assert opened is not None
        with time_machine.travel(timezone.now() + timedelta(seconds=30)):
            client.get(page_of(token))
        assert Preview.objects.get().opened_at == opened

    def test_whoever_may_not_edit_the_article_makes_none_and_takes_none_back(self, article, token):
        guest = User.objects.create_user("guest", is_staff=True)
        with pytest.raises(NotAllowed):
            link_to(article, guest)
        with pytest.raises(NotAllowed):
            preview_revoke(preview=Preview.objects.get(), editor=guest)
        assert Preview.objects.count() == 1


class TestTheDesk:
    def test_a_link_is_made_shown_once_and_taken_back(self, client: Client, article, chief):
        desk = signed_in(chief)
        make = reverse("admin:archive_article_preview", args=[article.pk])
        assert make in desk.get(address_of(article)).content.decode()
        page = desk.post(make, {"days": "7"}, follow=True).content.decode()
        link = page.partition("/preview/")[2].partition("/")[0]
        assert client.get(page_of(link)).status_code == 200
        again = desk.get(address_of(article)).content.decode()
        assert link not in again
        revoke = reverse(
            "admin:archive_article_preview_revoke", args=[article.pk, Preview.objects.get().pk]
        )
        assert revoke in again
        desk.post(revoke)
        assert client.get(page_of(link)).status_code == 404

    def test_nothing_is_made_or_taken_back_by_looking(self, article, chief, token):
        desk = signed_in(chief)
        revoke = [article.pk, Preview.objects.get().pk]
        for name, args in (("preview", revoke[:1]), ("preview_revoke", revoke)):
            address = reverse(f"admin:archive_article_{name}", args=args)
            assert desk.get(address).status_code == 405
        assert Preview.objects.count() == 1

    def test_what_is_public_needs_no_link(self, chief):
        article = ArticleFactory()
        page = signed_in(chief).get(address_of(article)).content.decode()
        assert "make-preview" not in page
