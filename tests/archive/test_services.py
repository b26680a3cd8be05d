"""Moves through the newsroom: what each does, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from archive import services
from archive.models import Article, Status, Transition
from archive.rights import Role
from archive.selectors import public_articles
from tests.factories import ArticleFactory, member

NOW = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
TOLD = ("origin", "target", "by__username", "reason", "when")
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    return member(Role.CHIEF)


def write(status: Status = Status.DRAFT, **fields: object) -> Article:
    return ArticleFactory(status=status, **{"headline": "Flood", "first_published": None} | fields)


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_a_draft_goes_to_review_and_comes_back(chief):
    article = write()
    services.article_send_to_review(article=article, editor=chief, now=NOW)
    assert stored(article).status == article.status == Status.IN_REVIEW
    services.article_back_to_draft(article=article, editor=chief, reason="Why.", now=NOW)
    assert stored(article).status == article.status == Status.DRAFT


def test_publishing_makes_public_and_dates_what_was_written_here(chief):
    article = write(Status.IN_REVIEW)
    services.article_publish(article=article, editor=chief, now=NOW)
    assert article.first_published == NOW
    assert article in public_articles(NOW)


def test_publishing_keeps_the_first_publication(chief):
    article = write(first_published=EARLIER)
    services.article_publish(article=article, editor=chief, now=NOW)
    assert stored(article).first_published == EARLIER


def test_publishing_leaves_an_imported_article_undated(chief):
    article = write(content_hash="0" * 64)
    services.article_publish(article=article, editor=chief, now=NOW)
    assert stored(article).first_published is None
    assert article in public_articles(NOW)


def test_publishing_ahead_of_the_planned_hour_is_public_at_once(chief):
    article = write(Status.SCHEDULED, first_published=LATER)
    services.article_publish(article=article, editor=chief, now=NOW)
    assert stored(article).first_published == NOW
    assert article in public_articles(NOW)


def test_publishing_does_not_lift_an_embargo(chief):
    article = write(embargo_until=LATER)
    services.article_publish(article=article, editor=chief, now=NOW)
    assert article not in public_articles(NOW)
    assert article in public_articles(LATER)


def test_what_is_scheduled_is_public_from_its_hour_on(chief):
    article = write()
    services.article_schedule(article=article, editor=chief, at=LATER, now=NOW)
    assert article not in public_articles(NOW)
    assert article in public_articles(LATER)


def test_nothing_is_scheduled_for_the_past(chief):
    article = write()
    with pytest.raises(services.MoveError, match="has passed"):
        services.article_schedule(article=article, editor=chief, at=NOW, now=NOW)
    assert stored(article).status == Status.DRAFT


def test_what_was_withdrawn_is_gone_for_the_public_and_can_come_back(chief):
    article = write(Status.PUBLISHED, first_published=EARLIER)
    services.article_withdraw(article=article, editor=chief, reason="Why.", now=NOW)
    assert article not in public_articles(NOW)
    services.article_publish(article=article, editor=chief, now=NOW)
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
def test_a_move_that_makes_no_sense_is_refused_and_changes_nothing(status, move, chief):
    article = write(status)
    before = Article.objects.values().get()
    with pytest.raises(services.MoveError, match="cannot become"):
        move(article=article, editor=chief, reason="Why.", now=NOW)
    assert Article.objects.values().get() == before


def test_what_is_due_is_public_and_no_longer_goes_back_to_draft(chief):
    article = write(Status.SCHEDULED, first_published=EARLIER)
    with pytest.raises(services.MoveError):
        services.article_back_to_draft(article=article, editor=chief, reason="Why.", now=NOW)


def test_a_page_opened_before_somebody_else_withdrew_cannot_undo_it(chief):
    article = write(Status.PUBLISHED)
    opened_earlier = stored(article)
    services.article_withdraw(article=article, editor=chief, reason="Why.", now=NOW)
    with pytest.raises(services.MoveError):
        services.article_withdraw(article=opened_earlier, editor=chief, reason="Why.", now=NOW)
    assert opened_earlier.status == Status.WITHDRAWN


def test_moves_from_names_exactly_what_is_not_refused(chief):
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
                move(article=article, editor=chief, reason="Why.", now=NOW)
                assert stored(article).status == target
            else:
                with pytest.raises(services.MoveError):
                    move(article=article, editor=chief, reason="Why.", now=NOW)


def test_many_are_moved_at_once_and_those_that_cannot_are_left(chief):
    drafts, withdrawn = [write(), write()], write(Status.WITHDRAWN)
    all_of_them = {"articles": Article.objects.all(), "editor": chief, "now": NOW}
    assert services.articles_send_to_review(**all_of_them) == 2
    assert {stored(draft).status for draft in drafts} == {Status.IN_REVIEW}
    assert services.articles_publish(**all_of_them) == 3
    assert services.articles_withdraw(**all_of_them, reason="Why.") == 3
    assert stored(withdrawn).status == Status.WITHDRAWN


def test_many_are_chosen_by_any_query(chief):
    write()
    joined = (
        Article.objects.filter(source__name="Port Almond Courier")
        .order_by("source__name")
        .distinct()
    )
    assert services.articles_publish(editor=chief, articles=joined, now=NOW) == 1


def test_only_what_was_scheduled_and_is_due_becomes_published():
    due = write(Status.SCHEDULED, first_published=NOW)
    to_come = write(Status.SCHEDULED, first_published=LATER)
    draft = write(first_published=EARLIER)
    assert services.articles_publish_due(now=NOW) == 1
    assert stored(due).status == Status.PUBLISHED
    assert stored(due).first_published == NOW
    assert stored(to_come).status == Status.SCHEDULED
    assert stored(draft).status == Status.DRAFT


def test_every_move_is_told_by_the_time_of_change(chief):
    article = write()
    services.article_publish(article=article, editor=chief, now=LATER)
    assert stored(article).updated_at == LATER


class TestHistory:
    """Every move is written down in its transaction."""

    def told(self, article: Article) -> list[tuple[object, ...]]:
        return list(
            article.transitions.values_list("origin", "target", "by__username", "reason", "when")
        )

    def test_a_move_says_who_when_why_from_what_to_what(self, chief):
        article = write(Status.IN_REVIEW)
        services.article_back_to_draft(
            article=article, editor=chief, reason=" Who says so? ", now=NOW
        )
        assert self.told(article) == [("in_review", "draft", "chief", "Who says so?", NOW)]

    def test_the_hour_that_was_planned_is_kept(self, chief):
        article = write()
        services.article_schedule(article=article, editor=chief, at=LATER, now=NOW)
        assert article.transitions.get().scheduled_for == LATER

    def test_what_came_due_was_moved_by_nobody_at_its_hour(self):
        article = write(Status.SCHEDULED, first_published=NOW)
        services.articles_publish_due(now=LATER)
        assert self.told(article) == [("scheduled", "published", None, "", NOW)]

    def test_many_are_told_one_by_one_in_few_queries(self, chief, django_assert_max_num_queries):
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.PUBLISHED) * 10:
            write(status)
        with django_assert_max_num_queries(12):
            moved = services.articles_publish(
                articles=Article.objects.all(), editor=chief, reason="All of them.", now=NOW
            )
        origins = Transition.objects.values_list("origin", flat=True)
        assert (moved, sorted(set(origins))) == (30, ["draft", "in_review", "withdrawn"])
        assert set(Transition.objects.values_list("by", "reason")) == {(chief.pk, "All of them.")}

    def test_what_is_refused_leaves_no_trace(self, chief):
        article = write(Status.WITHDRAWN)
        with pytest.raises(services.MoveError):
            services.article_withdraw(article=article, editor=chief, reason="Again.", now=NOW)
        assert not Transition.objects.exists()

    def test_more_articles_than_one_query_can_name_are_moved(self, chief, monkeypatch):
        monkeypatch.setattr(services, "AT_A_TIME", 2)
        for _ in range(5):
            write()
        moved = services.articles_publish(articles=Article.objects.all(), editor=chief, now=NOW)
        assert (moved, Transition.objects.count()) == (5, 5)


@pytest.mark.parametrize(
    ("status", "move"),
    [
        (Status.IN_REVIEW, services.article_back_to_draft),
        (Status.PUBLISHED, services.article_withdraw),
        (Status.SCHEDULED, services.article_withdraw),
    ],
)
def test_sending_back_and_withdrawing_need_a_reason(status, move, chief):
    article = write(status, first_published=LATER)
    with pytest.raises(services.MoveError, match="Say why"):
        move(article=article, editor=chief, reason="  ", now=NOW)
    assert stored(article).status == status


def test_a_worker_that_was_down_at_the_hour_publishes_when_it_is_back_and_only_once():
    article = write(Status.SCHEDULED, first_published=NOW)
    just_before = NOW - timedelta(microseconds=1)
    assert services.articles_publish_due(now=just_before) == 0
    assert article not in public_articles(just_before)
    assert article in public_articles(NOW), "while nobody works"
    assert [services.articles_publish_due(now=LATER) for _ in range(2)] == [1, 0]
    assert article.transitions.count() == 1


def test_what_is_put_off_at_the_last_moment_is_not_published(chief, monkeypatch):
    article = write(Status.SCHEDULED, first_published=NOW)
    move_some = services._move_some

    def put_off_first(movable, move):
        Article.objects.update(first_published=LATER)
        return move_some(movable, move)

    monkeypatch.setattr(services, "_move_some", put_off_first)
    assert services.articles_publish_due(now=NOW) == 0
    assert stored(article).status == Status.SCHEDULED
