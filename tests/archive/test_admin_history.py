"""The history of an article at the desk: what became of it, told in order, and the way back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import services
from archive.models import Article, Correction, ImportBatch, Status
from archive.rights import Role
from archive.versions import versions_kept
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


@pytest.fixture
def desk(editor) -> Client:
    return signed_in(editor)


def address(article: Article, place: int, page: str = "version") -> str:
    """Of the kept version at this place, the oldest being 0."""
    ids = article.versions.order_by("history_id").values_list("history_id", flat=True)
    return reverse(f"admin:archive_article_{page}", args=[article.pk, ids[place]])


def changed(article: Article, by: User | None = None, **fields: object) -> None:
    with versions_kept(articles=[article.pk], by=by, reason="A fact."):
        Article.objects.filter(pk=article.pk).update(**fields)


def test_versions_moves_and_corrections_are_told_in_one_order(desk, editor):
    article = ArticleFactory(status=Status.DRAFT, batch=ImportBatch.objects.create())
    changed(article, editor, headline="Two")
    now = timezone.now()
    services.article_publish(article=article, editor=editor, reason="It is time.", now=now)
    Correction.objects.create(article=article, text="A comma.", when=timezone.now())
    events = desk.get(address_of(article, "history")).context["events"]
    assert [(event.what, event.who, event.why) for event in events] == [
        ("correction, shown to readers", "", "A comma."),
        ("draft → published", "editor", "It is time."),
        ("changed", "editor", "A fact."),
        (f"imported (import batch {article.batch_id})", "", ""),
    ]


def test_what_came_due_was_published_by_itself(desk, editor):
    article = ArticleFactory(status=Status.SCHEDULED, published="2009-12-17")
    services.articles_publish_due(now=timezone.now())
    events = desk.get(address_of(article, "history")).context["events"]
    assert "published by itself, at its hour" in {event.what for event in events}


def test_a_version_is_shown_against_the_one_before_and_against_the_article_as_it_is(desk, editor):
    article = ArticleFactory(body="At seven.")
    changed(article, editor, body="At eight.")
    changed(article, editor, body="At nine.")
    second = address(article, 1)
    assert "At <del>seven</del><ins>eight</ins>." in desk.get(second).content.decode()
    page = desk.get(second, {"against": "now"}).content.decode()
    assert "At <del>eight</del><ins>nine</ins>." in page


def test_what_was_typed_is_escaped(desk, editor):
    article = ArticleFactory(headline="<i>One</i>", body="<script>1</script>")
    changed(article, editor, headline="<i>Two</i>", body="<script>2</script>")
    page = desk.get(address(article, 1)).content.decode()
    assert "&lt;script&gt;<del>1</del><ins>2</ins>" in page
    assert "<script>1" not in page


def test_a_version_is_restored_by_whoever_may_edit(desk, editor):
    article = ArticleFactory(headline="One")
    changed(article, editor, headline="Two")
    form = desk.get(address(article, 0)).context["form"]
    answer = desk.post(address(article, 0, "restore"), form.initial, follow=True)
    assert "This version is the article again." in answer.content.decode()
    article.refresh_from_db()
    assert (article.headline, article.versions.count()) == ("One", 3)


def test_a_page_that_was_opened_before_somebody_changed_the_article_restores_nothing(desk, editor):
    article = ArticleFactory(headline="One")
    changed(article, editor, headline="Two")
    opened_earlier = desk.get(address(article, 0)).context["form"].initial
    changed(article, editor, headline="Three", updated_at=timezone.now())
    answer = desk.post(address(article, 0, "restore"), opened_earlier, follow=True)
    assert "changed the article meanwhile" in answer.content.decode()
    article.refresh_from_db()
    assert article.headline == "Three"


def test_whoever_may_not_edit_reads_the_history_and_restores_nothing(editor):
    contributor = signed_in(member(Role.CONTRIBUTOR))
    article = ArticleFactory(headline="One")
    changed(article, editor, headline="Two")
    page = contributor.get(address(article, 0))
    assert "Restore this version" not in page.content.decode()
    sent = page.context["form"].initial
    assert contributor.post(address(article, 0, "restore"), sent).status_code == 403
    article.refresh_from_db()
    assert article.headline == "Two"


def test_restoring_is_never_done_by_looking(desk, editor):
    article = ArticleFactory(headline="One")
    changed(article, editor, headline="Two")
    assert desk.get(address(article, 0, "restore")).status_code == 405


def test_a_version_of_another_article_is_not_found(desk, editor):
    one, other = ArticleFactory(headline="One"), ArticleFactory()
    changed(one, editor, headline="Two")
    number = one.versions.first().history_id
    wrong = reverse("admin:archive_article_version", args=[other.pk, number])
    assert desk.get(wrong).status_code == 404


def test_the_history_of_many_versions_reads_none_of_their_texts(
    desk, editor, django_assert_max_num_queries
):
    article = ArticleFactory()
    for number in range(30):
        changed(article, editor, headline=f"Version {number}")
    with django_assert_max_num_queries(12):
        page = desk.get(address_of(article, "history"))
    assert len(page.context["events"]) == 31
