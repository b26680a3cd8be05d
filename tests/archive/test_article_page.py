"""What stands around an article: marks, the way back, corrections, citations, machine-readable."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from archive.models import Article, Correction, Media, Status
from search.outbox import drain_all
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

CANARY = "</script><script>alert(1)</script>&"


def page_of(client: Client, article: Article, query: str = "") -> str:
    response = client.get(f"{article.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


def json_ld(page: str) -> dict:
    (content,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(content)


def test_straight_quotation_marks_are_set_as_real_ones(client):
    headline, body = 'It\'s "open"', '"Yes," he said.'
    article = ArticleFactory(headline=headline, standfirst='A "first"', body=body)
    page = page_of(client, article)
    assert '<h1 id="headline" dir="auto">It’s “open”</h1>' in page
    assert "A “first”" in page
    assert "“Yes,” he said." in page


def test_the_words_of_the_search_are_marked_and_only_those(client):
    article = ArticleFactory(headline="The flood", body="Floods <b>rose</b>.\nIt rained.")
    drain_all()
    page = page_of(client, article, "?q=flood&at=1")
    assert "The <mark>flood</mark></h1>" in page
    assert "<mark>Floods</mark> &lt;b&gt;rose&lt;/b&gt;.<br>It rained." in page
    assert "<mark>" not in page_of(client, article)


def test_a_search_leads_to_its_article_and_the_article_back_and_on(client):
    first, second = (
        ArticleFactory(headline=f"Flood {day}", published=f"2001-02-{day}") for day in ("04", "03")
    )
    drain_all()
    results = client.get("/search/?q=flood&sort=newest").content.decode()
    link = f"{first.get_absolute_url()}?q=flood&amp;sort=newest&amp;at=1"
    assert f'href="{link}"' in results
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert "1 of 2" in page
    assert 'href="/search/?q=flood&amp;sort=newest"' in page
    assert f'{second.get_absolute_url()}?q=flood&amp;sort=newest&amp;at=2" rel="next"' in page


def test_what_is_shared_or_canonical_knows_nothing_of_the_search(client):
    article = ArticleFactory()
    drain_all()
    page = page_of(client, article, "?q=secretword&at=1")
    address = f"http://testserver{article.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'data-copy="{address}"' in page
    assert f'<meta property="og:url" content="{address}">' in page


def test_another_slug_keeps_the_search(client):
    article = ArticleFactory(headline="The flood")
    response = client.get(f"/article/{article.pk}/old/?q=flood&at=1")
    assert response["Location"] == f"{article.get_absolute_url()}?q=flood&at=1"


def test_an_index_that_cannot_be_trusted_takes_nothing_from_the_text(client, settings):
    article = ArticleFactory(body="The ferry left.", people=["Ann Vale"])
    settings.SEARCH_INDEX_DIR.mkdir()
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")
    page = page_of(client, article, "?q=ferry&at=1")
    assert "The ferry left." in page
    assert "Ann Vale" in page


def test_people_come_with_the_number_of_their_articles(client):
    article = ArticleFactory(people=["Ann Vale", "Ben Roy"])
    ArticleFactory(people=["Ann Vale"])
    ArticleFactory(people=["Ann Vale"], status=Status.DRAFT)
    drain_all()
    page = page_of(client, article)
    assert 'aria-label="Search the 2 articles that mention Ann Vale">2</a>' in page
    assert 'aria-label="Search the 1 article that mentions Ben Roy">1</a>' in page


def test_similar_articles_are_offered(client):
    article = ArticleFactory(headline="Bridge planned", body="Three arches of steel.")
    other = ArticleFactory(headline="Bridge built", body="It has three arches of steel.")
    drain_all()
    assert f'<a href="{other.get_absolute_url()}"' in page_of(client, article)
    article.related.create(target=other)
    assert page_of(client, article).count(other.get_absolute_url()) == 1


def test_corrections_are_shown_with_their_date_and_only_public_ones(client):
    article = ArticleFactory(headline="The flood")
    when = datetime(2009, 12, 18, tzinfo=UTC)
    Correction.objects.create(article=article, when=when, text="Four feet, not five.")
    Correction.objects.create(article=article, when=when, text="Internal.", public=False)
    page = page_of(client, article)
    assert 'href="#corrections"' in page
    assert "Four feet, not five." in page
    assert "18 Dec 2009" in page
    assert "Internal." not in page
    assert json_ld(page)["dateModified"] == when.isoformat()


def test_the_words_of_its_source_on_copyright_and_use_stand_at_the_end(client):
    page = page_of(client, ArticleFactory(rights=f"© PAC\n{CANARY}"))
    assert "<p>© PAC<br>&lt;/script&gt;" in page
    assert CANARY not in page
    assert json_ld(page)["copyrightNotice"].startswith("© PAC")
    assert "story__rights" not in page_of(client, ArticleFactory(rights=""))


def test_the_photo_leads_recordings_follow_and_the_rest_stands_behind_the_text(client):
    article = ArticleFactory(body="The text.")
    for position, (kind, file) in enumerate(
        [("photo", "one.jpg"), ("photo", "two.jpg"), ("audio", "talk.mp3"), ("file", "plan.pdf")]
    ):
        Media.objects.create(
            article=article, kind=kind, file=file, title=file, caption=file, position=position
        )
    page = page_of(client, article)
    places = [page.index(f"<p>{name}") for name in ("one", "talk", "two", "plan")]
    assert places == sorted(places)
    assert places[1] < page.index("The text.</p>") < places[2]


def test_a_recording_says_how_long_and_how_large_it_is(client):
    media = Media(article=ArticleFactory(), kind="audio", duration=1573)
    media.file.save("talk.mp3", ContentFile(bytes(2048)))
    page = page_of(client, media.article)
    assert "26:13" in page
    assert "2.0\xa0KB" in page


def test_machines_read_what_people_read(client):
    article = ArticleFactory(
        headline="The flood",
        standfirst="Four feet",
        byline="By Una Carrow and Tom Moss",
        people=["Ann Vale"],
        tags=["weather"],
        section="News",
        published="2009-12-17",
    )
    Media.objects.create(article=article, file="a.jpg", caption="High water", credit="Roe")
    Media.objects.create(article=article, kind="audio", file="a.mp3", duration=1573)
    found = json_ld(page_of(client, article))
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "The flood"
    assert found["datePublished"] == "2009-12-17T12:00:00+00:00"
    assert [author["name"] for author in found["author"]] == ["Una Carrow", "Tom Moss"]
    assert found["publisher"]["name"] == "Port Almond Courier"
    assert found["mentions"][0]["url"] == "http://testserver/person/ann-vale/"
    assert found["keywords"] == ["weather"]
    assert found["image"][0]["creditText"] == "Roe"
    assert found["audio"][0]["duration"] == "P0DT00H26M13S"
    assert "dateModified" not in found


def test_no_text_ends_the_script_that_it_stands_in(client):
    article = ArticleFactory(headline=CANARY, standfirst=CANARY, byline=CANARY)
    page = page_of(client, article)
    assert page.count("</script>") == 3  # this one, the colours' and the sharing's
    assert "<script>" not in page
    assert json_ld(page)["headline"] == CANARY


def test_a_picture_and_a_description_stand_for_it_elsewhere(client):
    article = ArticleFactory(standfirst="", body='"Yes," he said.')
    photo = Media.objects.create(article=article, file="a.jpg", alt="A street")
    page = page_of(client, article)
    assert '<meta property="og:description" content="“Yes,” he said.">' in page
    address = f"http://testserver{photo.get_absolute_url()}"
    assert f'<meta property="og:image" content="{address}">' in page


def test_a_description_is_cut_between_signs_and_then_escaped(client):
    page = page_of(client, ArticleFactory(standfirst="&" * 300))
    assert f'<meta name="description" content="{"&amp;" * 199}…">' in page


def test_a_mail_carries_headline_and_address(client):
    article = ArticleFactory(headline="Cats & dogs?")
    (link,) = re.findall(r'href="(mailto:[^"]*)"', page_of(client, article))
    sent = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert sent == {
        "subject": ["Cats & dogs?"],
        "body": [f"http://testserver{article.get_absolute_url()}"],
    }


@pytest.mark.parametrize(
    ("ending", "content_type", "begins"),
    [
        ("txt", "text/plain; charset=utf-8", "“The flood”"),
        ("bib", "application/x-bibtex; charset=utf-8", "@article{"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - NEWS"),
    ],
)
def test_a_citation_is_kept_as_a_file(client, ending, content_type, begins):
    article = ArticleFactory(headline="The flood")
    response = client.get(f"/article/{article.pk}/citation.{ending}")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="the-flood.{ending}"'
    assert response.content.decode().startswith(begins)
    assert f"http://testserver{article.get_absolute_url()}" in response.content.decode()


def test_a_hidden_article_is_cited_by_nobody(client):
    article = ArticleFactory(status=Status.DRAFT)
    missing = client.get("/article/999999/citation.bib")
    response = client.get(f"/article/{article.pk}/citation.bib")
    assert response.status_code == missing.status_code == 404
    assert response.content == missing.content


@pytest.mark.django_db(transaction=True)
def test_a_page_with_everything_on_it_takes_sixteen_queries(client, django_assert_num_queries):
    article = ArticleFactory(people=["Ann Vale", "Ben Roy"], tags=["flood", "river"])
    for number in range(5):
        other = ArticleFactory(people=["Ann Vale"], tags=["flood"])
        Media.objects.create(article=article, title=str(number))
        Correction.objects.create(article=article, text=str(number))
        article.related.create(target=other)
    drain_all()
    with django_assert_num_queries(16):
        page_of(client, article, "?tag=flood&at=3")
