"""The first page of the desk tells what waits, comes and failed, to whoever may see it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from archive.models import Article, ImportBatch, ImportReject, Status, Transition
from search import outbox
from search.engines import get_engine
from search.models import IndexChange
from tests.desk import signed_in
from tests.factories import ArticleFactory, SourceFactory
from tests.search.desk.listed import steps

pytestmark = pytest.mark.django_db(transaction=True)  # the index follows commits

DESK = reverse("admin:index")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def chief() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


def part(client: Client, name: str) -> str:
    """One part of the page as text; "" where it is not there."""
    response = client.get(DESK)
    assert response.status_code == 200
    html = response.content.decode()
    found = re.search(rf'<section[^>]*"desk-{name}">.*?</section>', html, re.DOTALL)
    return " ".join(strip_tags(found[0]).split()) if found else ""


def links(client: Client) -> list[str]:
    html = client.get(DESK).content.decode()
    return re.findall(
        r'href="([^"]+)"', html[html.index('class="desk"') : html.index("content-main")]
    )


def in_review(headline: str, sent: datetime) -> None:
    article = ArticleFactory(headline=headline, status=Status.IN_REVIEW, published=None)
    Transition.objects.create(article=article, origin="draft", target="in_review", when=sent)


def test_who_waits_longest_for_review_stands_first(chief):
    now = timezone.now()
    in_review("Short", now - timedelta(hours=1))
    in_review("Long", now - timedelta(days=3))
    assert part(chief, "review") == (
        "Waiting for review Long for 3 days Short for 1 hour All in review: 2"
    )


def test_what_comes_next_is_told_with_its_time_and_zone(chief, settings, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.TIME_ZONE = "Europe/Dublin"
    in_may = datetime(2027, 5, 1, 8, 30, tzinfo=UTC)
    ArticleFactory(headline="Spring", status=Status.SCHEDULED, first_published=in_may)
    ArticleFactory(headline="Report", embargo_until=NOW + timedelta(hours=2))
    ArticleFactory(headline="Both", first_published=NOW + timedelta(hours=1), embargo_until=in_may)
    assert part(chief, "coming") == (
        "Public next Report 23 Nov 2026, 14:00 Europe/Dublin, end of the embargo "
        "Spring 1 May 2027, 09:30 Europe/Dublin "
        "Both 1 May 2027, 09:30 Europe/Dublin, end of the embargo All scheduled: 1"
    )


def test_what_is_public_already_does_not_come(chief):
    ArticleFactory(status=Status.SCHEDULED, published="2009-12-17")
    assert part(chief, "coming") == "Public next Nothing is scheduled."


def test_what_failed_is_counted(chief):
    batch = ImportBatch.objects.create(state=ImportBatch.State.FAILED)
    for line in range(3):
        ImportReject.objects.create(batch=batch, file="a.jsonl", line=line, reason="no", record="")
    IndexChange.objects.create(article_id=10**6, error="ValueError: no")
    ArticleFactory.create_batch(2, status=Status.DRAFT)
    assert part(chief, "look") == (
        "At the desk Drafts 2 Withdrawn 0 Imports that failed 1 "
        "Records that an import set aside 3 Articles that could not be indexed 1"
    )


def test_the_index_tells_how_far_it_lags(chief, settings):
    ArticleFactory()
    outbox.drain_all()  # also what the tests before this one left
    live = get_engine().generation()
    assert part(chief, "index") == f"Search index Up to date. Generation {live}"
    settings.SEARCH_SYNC = "worker"
    IndexChange.objects.create(article_id=10**6, created_at=timezone.now() - timedelta(hours=5))
    IndexChange.objects.create(article_id=10**6 + 1)
    assert "2 changes wait to be indexed, the oldest for 5 hours." in part(chief, "index")
    assert IndexChange.objects.count() == 2  # looking changes nothing


def test_a_rebuild_that_goes_on_is_told(chief):
    with get_engine().rebuild():
        assert "A new index is being built" in part(chief, "index")


def test_an_index_that_cannot_be_trusted_is_told_and_the_page_stands(chief, data_folder):
    get_engine().generation()
    (data_folder / "index" / "CURRENT").write_text("nonsense")
    assert "The articles are searched without it:" in part(chief, "index")
    assert "nobody counts the archive" in part(chief, "numbers")


def test_the_archive_is_told_in_numbers_with_its_gaps(chief):
    for day in ("1993-01-05", "1993-01-06", "1993-04-01", "1994-04-01"):
        ArticleFactory(published=day)
    ArticleFactory(published=None)
    ArticleFactory(published="1993-05-01", status=Status.DRAFT)
    told = part(chief, "numbers")
    assert "6 articles, of which the public can read 5; 1 without a date." in told
    assert "No articles: June 1993 to March 1994; February 1993 to March 1993." in told
    assert "1993 4 February 1993 to March 1993; June 1993 to December 1993" in told


def test_every_link_leads_to_a_list(chief):
    in_review("Waiting", timezone.now())
    ArticleFactory(published=None)
    ArticleFactory(published="1993-05-01")
    found = links(chief)
    assert len(found) > 5
    assert {chief.get(address).status_code for address in found} == {200}


@pytest.mark.parametrize(
    ("permission", "parts"),
    [
        ("archive.view_article", {"review", "coming", "look", "numbers"}),
        ("archive.view_importbatch", {"look"}),
        ("search.view_indexchange", {"look", "index"}),
        ("archive.view_tag", set()),
    ],
)
def test_each_part_is_for_whoever_may_see_what_it_tells_of(permission, parts):
    in_review("Secret", timezone.now())
    ImportBatch.objects.create(state=ImportBatch.State.FAILED)
    editor = User.objects.create_user("editor", is_staff=True)
    app, codename = permission.split(".")
    editor.user_permissions.add(
        Permission.objects.get(content_type__app_label=app, codename=codename)
    )
    client = signed_in(editor)
    names = ("review", "coming", "look", "index", "numbers")
    assert {name for name in names if part(client, name)} == parts
    assert ("Secret" in part(client, "review")) == ("review" in parts)


def test_what_somebody_else_has_under_embargo_is_not_told_without_the_right_to_it():
    ArticleFactory(headline="Hidden", embargo_until=timezone.now() + timedelta(days=1))
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    client = signed_in(reader)
    assert "Hidden" not in client.get(DESK).content.decode()
    assert "0 articles" in part(client, "numbers")


def test_the_page_takes_no_more_queries_for_more_articles(chief):
    for number in range(8):
        in_review(f"Waiting {number}", timezone.now())
        ArticleFactory(embargo_until=timezone.now() + timedelta(days=1))
    chief.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        chief.get(DESK)
    assert len(asked) <= 12


def test_no_part_of_it_grows_with_the_archive(chief):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite tells how far it goes.")
    in_review("Waiting", timezone.now())
    ArticleFactory(embargo_until=timezone.now() + timedelta(days=1))

    def cost() -> int:
        outbox.drain_all()
        with steps("SELECT") as counted:
            chief.get(DESK)
        return counted[0]

    add(100)
    few = cost()
    add(2_000)
    assert cost() <= 1.5 * few + 2


def add(count: int) -> None:
    """More articles, published all of them."""
    source = SourceFactory(name="Elsewhere")
    at = datetime(1994, 5, 6, tzinfo=UTC)
    Article.objects.bulk_create(
        Article(headline="Elsewhere", source=source, status=Status.PUBLISHED, first_published=at)
        for _ in range(count)
    )


def test_headlines_are_escaped(chief):
    in_review("<script>alert(1)</script>", timezone.now())
    assert "<script>alert(1)" not in chief.get(DESK).content.decode()


def test_whoever_is_not_signed_in_sees_nothing_of_it(client):
    assert client.get(DESK).status_code == 302
