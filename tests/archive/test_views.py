"""What readers get to see, and what nobody may see through any page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from archive.models import (
    Article,
    Media,
    RelatedArticle,
    Status,
)
from archive.rights import Role
from search.outbox import drain_all
from tests.factories import ArticleFactory, SectionFactory, member

pytestmark = pytest.mark.django_db

YESTERDAY = datetime(2009, 12, 16, 9, 30, tzinfo=UTC)
SOUND = b"ID3" + bytes(range(256)) * 4


def hidden_states() -> dict[str, dict[str, object]]:
    soon = timezone.now() + timedelta(days=1)
    return {
        "draft": {"status": Status.DRAFT},
        "in review": {"status": Status.IN_REVIEW},
        "withdrawn": {"status": Status.WITHDRAWN},
        "scheduled": {"status": Status.SCHEDULED, "first_published": soon},
        "published ahead of time": {"first_published": soon},
        "under embargo": {"embargo_until": soon},
    }


hidden = pytest.mark.parametrize("state", hidden_states())


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(member(Role.EDITOR))
    return client


def sent(response) -> bytes:
    """The whole of what was streamed; the file is closed."""
    return b"".join(response.streaming_content)


def pages(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


class TestArticle:
    def test_an_article_shows_what_is_known_of_it(self, client):
        article = ArticleFactory(
            headline="The flood",
            people=("Ann Vale",),
            standfirst="Four feet in Quay Street",
            body="It rained.\n\nThen it stopped.",
            byline="Una Carrow",
            place="Port Almond",
            url="https://courier.example/flood",
            section=SectionFactory(name="Harbour"),
            tags=["weather"],
        )
        page = pages(client.get(article.get_absolute_url()))
        for shown in (
            '<h1 id="headline" dir="auto">The flood</h1>',
            "Four feet in Quay Street",
            '<p id="p1" dir="auto">It rained.</p><p id="p2" dir="auto">Then it stopped.</p>',
            "Una Carrow",
            "Port Almond",
            "https://courier.example/flood",
            "/section/harbour/",
            "/tag/weather/",
            "/person/ann-vale/",
            f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">',
        ):
            assert shown in page

    def test_the_date_is_that_of_the_newsroom(self, client, settings):
        settings.TIME_ZONE = "Pacific/Auckland"
        article = ArticleFactory(first_published=datetime(2009, 12, 31, 12, 2, tzinfo=UTC))
        assert "1 Jan 2010, 01:02" in pages(client.get(article.get_absolute_url()))

    def test_a_day_without_a_time_is_not_called_midnight(self, client):
        article = ArticleFactory(first_published=datetime(1989, 3, 14, tzinfo=UTC))
        page = pages(client.get(article.get_absolute_url()))
        assert "14 Mar 1989" in page
        assert "midnight" not in page

    def test_an_article_without_a_date_says_so(self, client):
        assert "undated" in pages(
            client.get(ArticleFactory(first_published=None).get_absolute_url())
        )

    def test_text_is_never_taken_for_markup(self, client):
        canary = "<script>alert(1)</script>"
        article = ArticleFactory(
            headline=canary, standfirst=canary, body=canary, byline=canary, place=canary
        )
        Media.objects.create(article=article, title=canary, caption=canary, credit=canary)
        RelatedArticle.objects.create(article=article, title=canary)
        assert canary not in pages(client.get(article.get_absolute_url()))

    def test_another_slug_leads_to_the_right_one(self, client):
        article = ArticleFactory(headline="The flood")
        response = client.get(f"/article/{article.pk}/old-headline/")
        assert response.status_code == 301
        assert response["Location"] == article.get_absolute_url()
        assert response["Cache-Control"] == "private, no-cache"

    @hidden
    def test_what_is_not_public_is_as_if_it_were_not_there(self, client, state):
        article = ArticleFactory(headline="Secret", **hidden_states()[state])
        missing = client.get("/article/999999/secret/")
        for address in (article.get_absolute_url(), f"/article/{article.pk}/guess/"):
            response = client.get(address)
            assert response.status_code == missing.status_code == 404
            assert response.content == missing.content
            told, told_missing = dict(response.headers), dict(missing.headers)
            assert told.pop("X-Request-ID") != told_missing.pop("X-Request-ID")
            assert told == told_missing

    @hidden
    def test_an_editor_sees_it_with_its_status(self, editor, state):
        article = ArticleFactory(headline="Secret", **hidden_states()[state])
        page = pages(editor.get(article.get_absolute_url()))
        assert "The public cannot see this page." in page
        assert f"Status: {article.get_status_display()}." in page

    def test_a_public_article_carries_no_banner(self, editor):
        assert "cannot see" not in pages(editor.get(ArticleFactory().get_absolute_url()))

    def test_an_account_without_the_permission_is_the_public(self, client):
        article = ArticleFactory(status=Status.DRAFT)
        client.force_login(User.objects.create_user("staff", is_staff=True))
        assert client.get(article.get_absolute_url()).status_code == 404
        reader = User.objects.create_user("reader")
        reader.user_permissions.add(Permission.objects.get(codename="view_article"))
        client.force_login(reader)
        assert client.get(article.get_absolute_url()).status_code == 404

    def test_read_also_links_to_what_is_public(self, client):
        article, other = ArticleFactory(), ArticleFactory(headline="The bridge")
        RelatedArticle.objects.create(article=article, target=other)
        assert other.get_absolute_url() in pages(client.get(article.get_absolute_url()))

    @hidden
    def test_read_also_gives_nothing_of_a_hidden_target_away(self, client, state):
        article = ArticleFactory()
        other = ArticleFactory(headline="Secret bridge", **hidden_states()[state])
        RelatedArticle.objects.create(article=article, target=other)
        RelatedArticle.objects.create(article=article, target=other, title="More on the bridge")
        page = pages(client.get(article.get_absolute_url()))
        assert "More on the bridge" in page
        assert "Secret" not in page
        assert other.get_absolute_url() not in page

    def test_read_also_names_what_is_not_held_yet(self, client):
        article = ArticleFactory()
        RelatedArticle.objects.create(article=article, title="Arctic gas")
        assert '<li dir="auto">Arctic gas</li>' in pages(client.get(article.get_absolute_url()))

    def test_media_come_with_caption_credit_and_text_instead(self, client):
        article = ArticleFactory()
        Media.objects.create(
            article=article, file="a.jpg", caption="High water", credit="Roe", alt="A street"
        )
        Media.objects.create(article=article, kind="audio", file="a.mp3", duration=1573)
        Media.objects.create(
            article=article, kind="file", title="The plan", url="https://b.example/"
        )
        page = pages(client.get(article.get_absolute_url()))
        for shown in ("High water", "Roe", 'alt="A street"', "<audio controls", "26:13"):
            assert shown in page
        assert '<a href="https://b.example/">The plan</a>' in page

    def test_a_photo_keeps_its_place_free_and_only_those_further_down_are_loaded_later(
        self, client
    ):
        article = ArticleFactory()
        for name in ("first.gif", "second.gif"):
            photo = Media(article=article)
            photo.file.save(name, ContentFile(b"GIF89a\x20\x03\x58\x02"))
        first, second = pages(client.get(article.get_absolute_url())).split("<img ")[1:]
        assert 'width="800" height="600" decoding' in first
        assert 'height="600" loading="lazy"' in second

    def test_a_recording_without_name_or_file_is_told_by_its_length(self, client):
        article = ArticleFactory()
        Media.objects.create(article=article, kind="audio", duration=1573)
        page = pages(client.get(article.get_absolute_url()))
        for shown in ("Audio", "26:13", "not kept in this archive"):
            assert shown in page
        assert "audio 1" not in page


class TestMedia:
    @pytest.fixture
    def recording(self) -> Media:
        media = Media(article=ArticleFactory(), kind="audio")
        media.file.save("talk.mp3", ContentFile(SOUND))
        return media

    def test_a_public_recording_is_sent_whole(self, client, recording):
        response = client.get(recording.get_absolute_url())
        assert sent(response) == SOUND
        assert response["Content-Type"] == "audio/mpeg"
        assert response["Content-Length"] == str(len(SOUND))
        assert response["Accept-Ranges"] == "bytes"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-cache"

    def test_a_part_of_it_is_sent_when_asked_for(self, client, recording):
        response = client.get(recording.get_absolute_url(), headers={"Range": "bytes=250-259"})
        assert response.status_code == 206
        assert sent(response) == SOUND[250:260]
        assert response["Content-Range"] == f"bytes 250-259/{len(SOUND)}"
        assert response["Content-Length"] == "10"

    def test_a_part_behind_the_end_is_refused(self, client, recording):
        response = client.get(recording.get_absolute_url(), headers={"Range": "bytes=5000-"})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(SOUND)}"

    @hidden
    def test_media_of_a_hidden_article_are_as_if_they_were_not_there(
        self, client, editor, recording, state
    ):
        Article.objects.filter(pk=recording.article_id).update(**hidden_states()[state])
        missing = client.get("/media/999999/")
        response = client.get(recording.get_absolute_url())
        assert response.status_code == missing.status_code == 404
        assert response.content == missing.content
        assert sent(editor.get(recording.get_absolute_url())) == SOUND

    def test_files_cannot_be_had_by_their_names(self, client, recording):
        assert client.get(f"/media/{recording.file.name}").status_code == 404

    def test_a_lost_file_is_not_found(self, client, recording):
        recording.file.storage.delete(recording.file.name)
        assert client.get(recording.get_absolute_url()).status_code == 404

    def test_media_without_a_file_are_not_found(self, client):
        media = Media.objects.create(article=ArticleFactory(), url="https://courier.example/a.mp3")
        assert client.get(f"/media/{media.pk}/").status_code == 404

    def test_any_other_ending_is_only_ever_downloaded(self, client):
        media = Media(article=ArticleFactory(), kind="file")
        media.file.save("page.svg", ContentFile(b"<svg onload='alert(1)'/>"))
        response = client.get(media.get_absolute_url())
        assert sent(response).startswith(b"<svg")
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment")


class TestHome:
    def test_home_shows_the_newest_first_and_the_undated_last(self, client):
        ArticleFactory(headline="Undated", first_published=None)
        ArticleFactory(headline="Older", first_published=YESTERDAY - timedelta(days=400))
        ArticleFactory(headline="Newer")
        newest = client.get("/").context["newest"]
        assert [article.headline for article in newest] == ["Newer", "Older", "Undated"]

    @hidden
    def test_home_knows_of_nothing_hidden(self, client, state):
        harbour = SectionFactory(name="Harbour")
        secret = SectionFactory(name="Secrets")
        ArticleFactory(headline="The flood", people=("Ann Vale",), section=harbour)
        ArticleFactory(
            headline="Hush",
            people=("Ann Vale", "Ben Roy"),
            section=secret,
            **hidden_states()[state],
        )
        response = client.get("/")
        assert [article.headline for article in response.context["newest"]] == ["The flood"]
        shown = pages(response)
        assert "1 article" in shown
        assert "Ann Vale" in shown
        assert "/section/harbour/" in shown
        assert "Ben Roy" not in shown
        assert "ecrets" not in shown

    def test_home_of_an_empty_archive_says_so(self, client):
        assert "Nothing has been published yet." in pages(client.get("/"))

    @pytest.mark.django_db(transaction=True)
    def test_home_takes_six_queries(self, client, django_assert_num_queries):
        for number in range(15):
            ArticleFactory(section=SectionFactory(name=f"{number}"), people=(f"Person {number}",))
        drain_all()
        with django_assert_num_queries(6):
            client.get("/")

    def test_home_without_an_index_shows_the_newest_all_the_same(self, client, settings):
        ArticleFactory(headline="The flood")
        settings.SEARCH_INDEX_DIR.mkdir()
        (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")
        assert "The flood" in pages(client.get("/"))


class TestErrors:
    def test_a_missing_page_offers_the_search(self, client):
        response = client.get("/nowhere/")
        assert response.status_code == 404
        assert 'role="search"' in response.content.decode()

    def test_the_page_of_a_failure_needs_no_database(self, client, monkeypatch):
        def fail(*args: object) -> None:
            raise RuntimeError("on purpose")

        monkeypatch.setattr("archive.selectors.public_articles", fail)
        client.raise_request_exception = False
        response = client.get("/")
        assert response.status_code == 500
        assert "Something went wrong" in response.content.decode()

    def test_pages_are_read_and_never_posted_to(self, client):
        assert client.head("/").status_code == 200
        assert client.post("/").status_code == 405
