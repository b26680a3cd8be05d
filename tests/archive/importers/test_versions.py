"""What a newer version of an article brings: its status, its corrections, its rights."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, Correction, Person, Status

FIRST, SECOND, THIRD = "2009-12-17T12:00:00Z", "2009-12-18T12:00:00Z", "2009-12-19T12:00:00Z"


def version(modified: str, **changes: object) -> dict[str, object]:
    plain = {"external_id": "b-1", "source": "Courier", "headline": "Bridge", "body": "It opened."}
    return {**plain, "published": FIRST, "modified": modified, **changes}


@pytest.fixture
def article(import_articles, jsonl):
    """Import one version after the other; returns the article as it then stands."""

    def imported(*versions: dict[str, object]) -> Article:
        for one in versions:
            assert import_articles(jsonl(one)).code == 0
        return Article.objects.get()

    return imported


class TestTakenBack:
    def test_a_cancellation_withdraws_the_article_and_leaves_its_text(self, article):
        cancelled = article(version(FIRST), version(SECOND, status="withdrawn", body="Kill it."))
        assert (cancelled.status, cancelled.body) == (Status.WITHDRAWN, "It opened.")

    def test_an_older_version_that_comes_late_does_not_bring_it_back(self, article):
        kill = version(THIRD, status="withdrawn")
        assert article(version(FIRST), kill, version(SECOND)).status == Status.WITHDRAWN

    def test_a_cancellation_that_comes_first_keeps_the_article_from_coming_out(self, article):
        kill = version(SECOND, status="withdrawn", headline="Bridge (cancelled)", body="")
        assert article(kill, version(FIRST)).status == Status.WITHDRAWN

    def test_its_source_may_let_it_out_again(self, article):
        kill = version(SECOND, status="withdrawn")
        again = article(version(FIRST), kill, version(THIRD, body="It did open."))
        assert (again.status, again.body) == (Status.PUBLISHED, "It did open.")

    def test_a_cancellation_holds_for_what_an_editor_published(self, article):
        article(version(FIRST, status="in_review"))
        Article.objects.update(status=Status.PUBLISHED)
        assert article(version(SECOND, status="withdrawn")).status == Status.WITHDRAWN

    def test_what_an_editor_publishes_after_it_stays_public(self, article):
        article(version(FIRST), version(SECOND, status="withdrawn"))
        Article.objects.update(status=Status.PUBLISHED)
        assert article(version(THIRD, status="withdrawn")).status == Status.PUBLISHED

    def test_what_is_withheld_waits_for_an_editor(self, article):
        assert article(version(FIRST, status="in_review")).status == Status.IN_REVIEW

    def test_what_was_public_and_is_withheld_is_withdrawn_until_it_is_let_out(self, article):
        withheld = article(version(FIRST), version(SECOND, status="in_review"))
        assert withheld.status == Status.WITHDRAWN
        assert article(version(THIRD)).status == Status.PUBLISHED


def test_a_newer_version_that_says_only_its_own_time_does_not_move_the_first_publication(article):
    first = version(FIRST, published=FIRST)
    second = version(SECOND, published=SECOND)
    kept = article(first, second, version(THIRD, published=THIRD))
    assert kept.first_published == datetime(2009, 12, 17, 12, tzinfo=UTC)
    assert kept.last_modified == datetime(2009, 12, 19, 12, tzinfo=UTC)
    moved = article(version("2009-12-20T12:00:00Z", published="2009-12-16"))
    assert moved.first_published == datetime(2009, 12, 16, tzinfo=UTC)


class TestCorrections:
    def test_a_correction_is_kept_with_the_time_of_its_version(self, article):
        article(version(FIRST), version(SECOND, corrections=["It opened on Monday."]))
        correction = Correction.objects.get()
        assert correction.text == "It opened on Monday."
        assert correction.public
        assert correction.when == datetime(2009, 12, 18, 12, tzinfo=UTC)

    def test_corrections_add_up_and_each_stands_once(self, article):
        first = {"text": "On Monday.", "when": SECOND}
        article(
            version(FIRST),
            version(SECOND, corrections=[first]),
            version(THIRD, corrections=[first, "Not by ship."]),
        )
        texts = list(Correction.objects.values_list("text", flat=True))
        assert texts == ["On Monday.", "Not by ship."]

    def test_what_is_said_to_editors_only_is_not_shown(self, article):
        article(version(FIRST, corrections=[{"text": "On Monday.", "public": False}]))
        assert not Correction.objects.get().public

    def test_one_that_an_editor_took_away_does_not_come_back(self, article):
        article(version(FIRST, corrections=["On Monday."]))
        Correction.objects.all().delete()
        article(version(SECOND, corrections=["On Monday."]))
        assert not Correction.objects.exists()


def test_rights_and_expiry_are_kept_and_take_nothing_out_of_the_archive(article):
    kept = article(version(FIRST, copyright="© Courier", expires="2010-01-01"))
    assert (kept.rights, kept.status) == ("© Courier", Status.PUBLISHED)
    assert kept.expires_at == datetime(2010, 1, 1, tzinfo=UTC)


def test_a_person_may_come_with_the_wikidata_id(import_articles, jsonl):
    import_articles(jsonl({"name": "Ann Vale", "wikidata": "Q42"}))
    assert Person.objects.get().wikidata == "Q42"
    answer = import_articles(jsonl({"name": "Ben Roy", "wikidata": "42"}))
    assert "A Wikidata id is written like Q42" in answer.rejects[0]["reason"]
