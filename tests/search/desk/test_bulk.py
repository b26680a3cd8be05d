"""Changes of many articles: counted, made in batches, followed by the index, undone."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.bulk import Kind, Verdict
from archive.bulk.filing import SetSection
from archive.bulk.moves import Publish, Withdraw
from archive.bulk.tagging import AddTags
from archive.models import Article, Right, Status
from archive.rights import NotAllowed, Role
from search import SearchRequest, outbox, search
from search.desk import bulk
from search.engines.base import IndexUnavailable
from search.language.parser import parse
from search.models import BulkChange
from tests.desk import signed_in
from tests.factories import (
    ArticleFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
    member,
    noon,
)
from tests.search.desk.conftest import ARTICLES
from tests.search.desk.listed import changelist

pytestmark = pytest.mark.django_db(transaction=True)

BULK = reverse("admin:archive_article_bulk")
State = BulkChange.State


@pytest.fixture
def chief(editor) -> User:
    return editor


@pytest.fixture
def batches_of_two(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)


def articles(count: int, **given) -> None:
    given = {"source": SourceFactory(), "status": Status.PUBLISHED, "body": "A ferry."} | given
    Article.objects.bulk_create(
        Article(headline=f"Ferry {number}", first_published=noon("2009-01-01"), **given)
        for number in range(count)
    )


def counted(chief, change=None, kind=Kind.PUBLISH, chosen=None) -> BulkChange:
    return bulk.bulk_count(
        kind=kind,
        change=change or Publish(),
        described="what",
        articles=Article.objects.all() if chosen is None else chosen,
        query="q=ferry",
        by=chief,
    )


def finish(change: BulkChange) -> BulkChange:
    while bulk.bulk_go_on(change.pk):
        pass
    change.refresh_from_db()
    return change


def begun(chief, *args, **kwargs) -> BulkChange:
    change = counted(chief, *args, **kwargs)
    bulk.bulk_begin(bulk=change, by=chief)
    return change


def public_ferries() -> int:
    return search(SearchRequest(parse("ferry"))).total


def test_five_thousand_articles_are_changed_followed_by_the_index_and_undone(chief):
    articles(5_000)
    articles(10, status=Status.DRAFT)
    outbox.drain_all()
    assert public_ferries() == 5_000
    change = begun(chief, Withdraw("Sold"), Kind.WITHDRAW)
    assert change.expected == {"changed": 5_000, "status": 10}
    finish(change)
    assert bulk.outcome(change) == {Verdict.CHANGED: 5_000, Verdict.STATUS: 10}
    assert not outbox.waiting().exists()
    assert public_ferries() == 0
    bulk.bulk_undo(bulk=change, by=chief)
    finish(change)
    assert (change.state, bulk.put_back(change)) == (State.UNDONE, 5_000)
    assert not outbox.waiting().exists()
    assert public_ferries() == 5_000


class TestCounting:
    def test_it_changes_nothing(self, chief):
        articles(3, status=Status.DRAFT)
        change = counted(chief)
        assert (change.total, change.expected) == (3, {"changed": 3})
        assert not bulk.bulk_go_on(change.pk)
        assert Article.objects.filter(status=Status.DRAFT).count() == 3

    def test_what_arrives_later_is_not_caught(self, chief):
        articles(3, status=Status.DRAFT)
        change = begun(chief)
        articles(2, status=Status.DRAFT)
        finish(change)
        assert Article.objects.filter(status=Status.DRAFT).count() == 2

    def test_what_was_counted_and_never_begun_is_forgotten_after_a_day(self, chief, time_machine):
        time_machine.move_to("2026-03-01T12:00Z")
        forgotten = counted(chief)
        time_machine.move_to("2026-03-02T13:00Z")
        kept = counted(chief)
        assert list(BulkChange.objects.all()) == [kept]
        assert forgotten.items.count() == 0


class TestBatches:
    def test_who_goes_on_begins_behind_the_last_batch(self, chief, batches_of_two):
        articles(5, status=Status.DRAFT)
        change = begun(chief)
        assert bulk.bulk_go_on(change.pk)
        assert Article.objects.filter(status=Status.PUBLISHED).count() == 2
        change.refresh_from_db()
        assert change.done == 2
        finish(change)
        assert (change.state, change.done) == (State.DONE, 5)

    def test_a_batch_that_dies_is_as_if_never_begun(self, chief, batches_of_two, monkeypatch):
        articles(4, status=Status.DRAFT)
        change = begun(chief)
        bulk.bulk_go_on(change.pk)

        def die(*_, **__):
            raise KeyboardInterrupt

        with monkeypatch.context() as dying:
            dying.setattr("search.models.BulkChange.save", die)
            with pytest.raises(KeyboardInterrupt):
                bulk.bulk_go_on(change.pk)
        assert Article.objects.filter(status=Status.PUBLISHED).count() == 2
        finish(change)
        assert bulk.outcome(change) == {Verdict.CHANGED: 4}

    def test_what_fails_stops_it_says_so_and_can_be_gone_on_with(self, chief):
        articles(1)
        section = SectionFactory(name="Harbour")
        change = begun(chief, SetSection(999), Kind.SECTION)
        assert not bulk.bulk_go_on(change.pk)
        change.refresh_from_db()
        assert (change.state, change.error.split(":")[0]) == (State.RUNNING, "IntegrityError")
        BulkChange.objects.update(params={"section": section.pk})
        assert not bulk.bulk_go_on(change.pk)
        bulk.bulk_begin(bulk=change, by=chief)
        finish(change)
        assert change.state == State.DONE
        assert Article.objects.get().section == section

    def test_a_right_that_was_taken_away_stops_it(self, chief, batches_of_two):
        articles(4, status=Status.DRAFT)
        change = begun(chief)
        bulk.bulk_go_on(change.pk)
        chief.groups.clear()
        bulk.bulk_go_on(change.pk)
        change.refresh_from_db()
        assert str(Right.PUBLISH.label) in change.error
        assert Article.objects.filter(status=Status.DRAFT).count() == 2

    def test_an_article_deleted_meanwhile_stops_nothing(self, chief):
        articles(3, status=Status.DRAFT)
        change = begun(chief)
        Article.objects.first().delete()
        finish(change)
        assert bulk.outcome(change) == {Verdict.CHANGED: 2, Verdict.GONE: 1}
        Article.objects.first().delete()
        bulk.bulk_undo(bulk=change, by=chief)
        finish(change)
        assert bulk.put_back(change) == 1

    def test_the_worker_goes_on_with_what_nobody_looks_at(self, chief, batches_of_two, capsys):
        articles(5, status=Status.DRAFT)
        change = begun(chief)
        call_command("index_worker", "--once")
        change.refresh_from_db()
        assert change.state == State.DONE
        assert public_ferries() == 5

    def test_a_batch_reads_as_often_for_many_articles_as_for_two(self, chief):
        def queries(count: int) -> int:
            Article.objects.all().delete()
            articles(count)
            outbox.drain_all()
            change = begun(chief, AddTags([TagFactory(name="sea").pk]), Kind.ADD_TAGS)
            with CaptureQueriesContext(connection) as asked:
                bulk.bulk_step(change.pk)
            return sum(query["sql"].startswith("SELECT") for query in asked)

        queries(2)  # what is asked once in a process
        assert queries(50) == queries(2)


class TestPages:
    @pytest.fixture
    def drafts(self):
        articles(3, status=Status.DRAFT)
        outbox.drain_all()

    def test_all_that_a_search_finds_is_published_from_the_list_to_the_end(self, desk, drafts):
        ArticleFactory(headline="Flood", body="Water.", status=Status.DRAFT)
        first = Article.objects.first()
        sent = {"action": "publish", "select_across": "1", "_selected_action": [first.pk]}
        to_form = desk.post(f"{ARTICLES}?q=ferry&p=1", sent).headers["Location"]
        assert to_form == f"{BULK}?q=ferry&do=publish"
        assert "3 articles" in desk.get(to_form).content.decode()
        to_change = desk.post(to_form).headers["Location"]
        page = desk.get(to_change).content.decode()
        assert "3 articles will be changed." in page
        change = BulkChange.objects.get()
        desk.post(reverse("admin:search_bulkchange_do", args=[change.pk]), {"do": "begin"})
        step = reverse("admin:search_bulkchange_step", args=[change.pk])
        assert "0 of 3 articles" in desk.get(to_change).content.decode()
        fragment = desk.post(step, headers={"HX-Request": "true"}).content.decode()
        assert "3 of 3 articles" in fragment
        assert "<html" not in fragment
        assert desk.post(step).headers["Location"] == to_change
        assert "3 articles were changed." in desk.get(to_change).content.decode()
        assert Article.objects.filter(status=Status.DRAFT).get().headline == "Flood"
        desk.post(reverse("admin:search_bulkchange_do", args=[change.pk]), {"do": "undo"})
        desk.post(step)
        desk.post(step)
        assert "3 of 3 articles were put back." in desk.get(to_change).content.decode()

    def test_those_ticked_on_one_page_go_by_their_ids(self, desk, drafts):
        ticked = [str(pk) for pk in Article.objects.values_list("pk", flat=True)[:2]]
        sent = {"action": "change_many", "_selected_action": ticked}
        address = desk.post(f"{ARTICLES}?q=ferry", sent).headers["Location"]
        page = desk.get(address).content.decode()
        assert "2 articles" in page
        assert "Add tags" in page
        tag = TagFactory(name="sea")
        desk.post(f"{address}&do=add_tags", {"tags": [tag.pk]})
        change = BulkChange.objects.get()
        assert (change.described, change.total) == ("add tags: sea", 2)

    @pytest.mark.parametrize(
        ("do", "sent"),
        [
            ("withdraw", {"reason": " "}),
            ("add_tags", {}),
            ("source", {}),
            ("person", {"person": "999"}),
            ("merge_tags", {"gone": "1"}),
        ],
    )
    def test_what_a_change_needs_is_asked_for_and_nothing_is_counted(self, desk, drafts, do, sent):
        page = desk.post(f"{BULK}?q=ferry&do={do}", sent)
        assert page.status_code == 200
        assert "errorlist" in page.content.decode()
        assert not BulkChange.objects.exists()

    @pytest.mark.parametrize("do", Kind.values)
    def test_each_kind_has_a_form(self, desk, drafts, do):
        page = desk.get(BULK, {"q": "ferry", "do": do}).content.decode()
        assert "3 articles" in page
        assert 'value="Count"' in page

    def test_without_an_index_nothing_is_chosen_by_words(self, desk, drafts, monkeypatch):
        def fail(*_):
            raise IndexUnavailable("There is no index.")

        monkeypatch.setattr("search.desk.changelist.answer_at_the_desk", fail)
        page = desk.post(f"{BULK}?q=ferry&do=publish").content.decode()
        assert "There is no index." in page
        assert not BulkChange.objects.exists()

    def test_a_list_that_cannot_be_is_no_choice(self, desk):
        assert desk.get(BULK, {"year": "x"}).headers["Location"] == ARTICLES

    def test_one_that_was_counted_can_be_forgotten(self, desk, chief, drafts):
        change = counted(chief)
        do = reverse("admin:search_bulkchange_do", args=[change.pk])
        desk.post(do, {"do": "forget"})
        assert not BulkChange.objects.exists()

    def test_the_changes_are_listed_with_who_made_them(self, desk, chief, drafts):
        finish(begun(chief))
        page = desk.get(reverse("admin:search_bulkchange_changelist")).content.decode()
        assert "what" in page
        assert "chief" in page

    def test_what_is_not_all_pages_is_published_at_once_as_ever(self, desk, drafts):
        first = Article.objects.first()
        desk.post(ARTICLES, {"action": "publish", "_selected_action": [first.pk]})
        assert list(Article.objects.filter(status=Status.PUBLISHED)) == [first]


class TestPermissions:
    def addresses(self, change: BulkChange) -> dict[str, str]:
        verbs = ("change", "step", "do")
        own = {verb: reverse(f"admin:search_bulkchange_{verb}", args=[change.pk]) for verb in verbs}
        return own | {"list": reverse("admin:search_bulkchange_changelist"), "choose": BULK}

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
    def test_only_chiefs_reach_any_of_it(self, chief, role):
        articles(1, status=Status.DRAFT)
        change = begun(chief)
        somebody = signed_in(member(role))
        for address in self.addresses(change).values():
            assert somebody.get(address).status_code in (403, 405), address
            assert somebody.post(address, {"do": "begin"}).status_code == 403, address
        assert Article.objects.filter(status=Status.DRAFT).exists()

    def test_strangers_are_sent_to_sign_in(self, chief, client):
        change = begun(chief)
        for address in self.addresses(change).values():
            assert client.get(address).status_code == 302
            assert client.post(address).status_code == 302

    def test_getting_changes_nothing(self, desk, chief):
        articles(1, status=Status.DRAFT)
        change = begun(chief)
        addresses = self.addresses(change)
        assert desk.get(addresses["step"]).status_code == 405
        assert desk.get(addresses["do"]).status_code == 405
        desk.get(addresses["change"])
        assert Article.objects.filter(status=Status.DRAFT).exists()

    def test_the_services_ask_as_well(self, chief):
        change = counted(chief)
        editor = member(Role.EDITOR)
        for service in (bulk.bulk_begin, bulk.bulk_undo, bulk.bulk_forget):
            with pytest.raises(NotAllowed):
                service(bulk=change, by=editor)
        with pytest.raises(NotAllowed):
            counted(editor)

    def test_the_list_offers_it_to_chiefs_alone(self, desk):
        ArticleFactory()
        assert "change_many" in desk.get(ARTICLES).content.decode()
        assert "change_many" not in signed_in(member(Role.EDITOR)).get(ARTICLES).content.decode()
        assert changelist(desk).result_count == 1
