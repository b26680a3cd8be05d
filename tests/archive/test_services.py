"""Moves through the newsroom: what each does, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from archive import services
from archive.models import Article, Status
from archive.selectors import public_articles
from tests.factories import ArticleFactory

NOW = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)

pytestmark = pytest.mark.django_db


def write(status: Status = Status.DRAFT, **fields: object) -> Article:
    return ArticleFactory(status=status, **{"headline": "Flood", "first_published": None} | fields)


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_a_draft_goes_to_review_and_comes_back():
    article = write()
    services.article_send_to_review(article=article, now=NOW)
    assert stored(article).status == article.status == Status.IN_REVIEW
    services.article_back_to_draft(article=article, now=NOW)
    assert stored(article).status == article.status == Status.DRAFT


def test_publishing_makes_public_and_dates_what_was_written_here():
    article = write(Status.IN_REVIEW)
    services.article_publish(article=article, now=NOW)
    assert article.first_published == NOW
    assert article in public_articles(NOW)


def test_publishing_keeps_the_first_publication():
    article = write(first_published=EARLIER)
    services.article_publish(article=article, now=NOW)
    assert stored(article).first_published == EARLIER


def test_publishing_leaves_an_imported_article_undated():
    article = write(content_hash="0" * 64)
    services.article_publish(article=article, now=NOW)
    assert stored(article).first_published is None
    assert article in public_articles(NOW)


def test_publishing_ahead_of_the_planned_hour_is_public_at_once():
    article = write(Status.SCHEDULED, first_published=LATER)
    services.article_publish(article=article, now=NOW)
    assert stored(article).first_published == NOW
    assert article in public_articles(NOW)


def test_publishing_does_not_lift_an_embargo():
    article = write(embargo_until=LATER)
    services.article_publish(article=article, now=NOW)
    assert article not in public_articles(NOW)
    assert article in public_articles(LATER)


def test_what_is_scheduled_is_public_from_its_hour_on():
    article = write()
    services.article_schedule(article=article, at=LATER, now=NOW)
    assert article not in public_articles(NOW)
    assert article in public_articles(LATER)


def test_nothing_is_scheduled_for_the_past():
    article = write()
    with pytest.raises(services.MoveError, match="has passed"):
        services.article_schedule(article=article, at=NOW, now=NOW)
    assert stored(article).status == Status.DRAFT


def test_what_was_withdrawn_is_gone_for_the_public_and_can_come_back():
    article = write(Status.PUBLISHED, first_published=EARLIER)
    services.article_withdraw(article=article, now=NOW)
    assert article not in public_articles(NOW)
    services.article_publish(article=article, now=NOW)
    assert article in public_articles(NOW)


@pytest.mark.parametrize(
    ("status", "move"),
    [
        (Status.DRAFT, services.article_withdraw),
        (Status.DRAFT, services.article_back_to_draft),
        (Status.IN_REVIEW, services.article_send_to_review),
        (Status.IN_REVIEW, services.article_withdraw),
        (Status.PUBLISHED, services.article_publish),
        (Status.PUBLISHED, services.article_back_to_draft),
        (Status.PUBLISHED, services.article_send_to_review),
        (Status.WITHDRAWN, services.article_withdraw),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_changes_nothing(status, move):
    article = write(status)
    before = Article.objects.values().get()
    with pytest.raises(services.MoveError, match="cannot become"):
        move(article=article, now=NOW)
    assert Article.objects.values().get() == before


def test_what_is_due_is_public_and_no_longer_goes_back_to_draft():
    article = write(Status.SCHEDULED, first_published=EARLIER)
    with pytest.raises(services.MoveError):
        services.article_back_to_draft(article=article, now=NOW)


def test_a_page_opened_before_somebody_else_withdrew_cannot_undo_it():
    article = write(Status.PUBLISHED)
    opened_earlier = stored(article)
    services.article_withdraw(article=article, now=NOW)
    with pytest.raises(services.MoveError):
        services.article_withdraw(article=opened_earlier, now=NOW)
    assert opened_earlier.status == Status.WITHDRAWN


def test_moves_from_names_exactly_what_is_not_refused():
    moves = {
        Status.DRAFT: services.article_back_to_draft,
        Status.IN_REVIEW: services.article_send_to_review,
        Status.PUBLISHED: services.article_publish,
        Status.WITHDRAWN: services.article_withdraw,
    }
    for status in Status:
        for target, move in moves.items():
            article = write(status, first_published=LATER)
            if target in services.moves_from(status):
                move(article=article, now=NOW)
                assert stored(article).status == target
            else:
                with pytest.raises(services.MoveError):
                    move(article=article, now=NOW)


def test_many_are_moved_at_once_and_those_that_cannot_are_left():
    drafts, withdrawn = [write(), write()], write(Status.WITHDRAWN)
    assert services.articles_send_to_review(articles=Article.objects.all(), now=NOW) == 2
    assert {stored(draft).status for draft in drafts} == {Status.IN_REVIEW}
    assert services.articles_publish(articles=Article.objects.all(), now=NOW) == 3
    assert services.articles_withdraw(articles=Article.objects.all(), now=NOW) == 3
    assert stored(withdrawn).status == Status.WITHDRAWN


def test_many_are_chosen_by_any_query():
    write()
    joined = (
        Article.objects.filter(source__name="Port Almond Courier")
        .order_by("source__name")
        .distinct()
    )
    assert services.articles_publish(articles=joined, now=NOW) == 1


def test_only_what_was_scheduled_and_is_due_becomes_published():
    due = write(Status.SCHEDULED, first_published=NOW)
    to_come = write(Status.SCHEDULED, first_published=LATER)
    draft = write(first_published=EARLIER)
    assert services.articles_publish_due(now=NOW) == 1
    assert stored(due).status == Status.PUBLISHED
    assert stored(due).first_published == NOW
    assert stored(to_come).status == Status.SCHEDULED
    assert stored(draft).status == Status.DRAFT


def test_every_move_is_told_by_the_time_of_change():
    article = write()
    services.article_publish(article=article, now=LATER)
    assert stored(article).updated_at == LATER
