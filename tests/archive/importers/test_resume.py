"""A run that ends early, in whatever way, goes on where it was: as if it had never been stopped."""

import os
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError

from archive.importers.journal.ledger import Ledger
from archive.importers.writing import commit, plan, store
from archive.models import Article, ImportBatch, ImportReject, Mention


class Killed(BaseException):
    """Nothing catches it, and nothing is put in order behind it."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(commit, "BATCH", 3)


@pytest.fixture
def folder(jsonl):
    """Two files of articles, with a reject and a double among them: 14 records."""
    people = ["Ann Vale", "Ben Roy"]
    articles = [
        {"external_id": f"b-{n}", "headline": f"Part {n}", "people": people, "related": ["Part 3"]}
        for n in range(10)
    ]
    jsonl(*articles[:6], "{bad", articles[2], name="a.jsonl")
    return jsonl(*articles[6:], articles[1], {"headline": "x", "date": "31 Feb"}).parent


def archive_as_it_is() -> list[Any]:
    articles = Article.objects.order_by("external_id")
    return [
        list(articles.values_list("external_id", "headline", "content_hash", "imported_fields")),
        list(Mention.objects.values_list("article__external_id", "person__name", "position")),
        list(ImportReject.objects.order_by("pk").values_list("file", "line", "reason")),
    ]


def interrupt_entering(monkeypatch, number: int, error: BaseException, *, before: bool) -> None:
    """Let the `number`th batch raise `error`, just before its end or inside its transaction."""
    enter, calls = Ledger.enter, iter(range(1, 1000))

    def interrupted(self, *arguments):
        is_it = next(calls) == number
        if is_it and before:
            raise error
        enter(self, *arguments)
        if is_it:
            raise error

    monkeypatch.setattr(Ledger, "enter", interrupted)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_killed_in_any_batch_and_run_again_it_is_as_if_it_never_was(
    import_articles, folder, number, before
):
    with pytest.MonkeyPatch.context() as patched:
        interrupt_entering(patched, number, Killed(), before=before)
        with pytest.raises(Killed):
            import_articles(folder)
    assert Article.objects.count() <= 3 * (number - 1)
    answer = import_articles(folder)
    assert (answer.code, answer.tally) == (1, (10, 0, 2, 2))
    assert len(answer.rejects) == 2
    assert ImportBatch.objects.get().state == ImportBatch.State.FINISHED
    resumed = archive_as_it_is()

    ImportBatch.objects.all().delete()
    Article.objects.all().delete()
    import_articles(folder)
    assert archive_as_it_is() == resumed


def test_interrupted_it_says_how_far_it_came_and_how_to_go_on(import_articles, folder, monkeypatch):
    with pytest.MonkeyPatch.context() as patched:
        interrupt_entering(patched, 3, KeyboardInterrupt(), before=True)
        answer = import_articles(folder)
    assert (answer.code, answer.counts) == (130, {})
    assert "Interrupted after 6 records; run the same command again to go on." in answer.told
    again = import_articles(folder)
    assert again.tally == (10, 0, 2, 2)
    assert "Going on behind the 6 records of the unfinished import." in again.told


def test_a_database_that_fails_stops_the_run_and_the_next_goes_on(import_articles, folder):
    with pytest.MonkeyPatch.context() as patched:
        interrupt_entering(patched, 2, OperationalError("disk full"), before=True)
        answer = import_articles(folder)
    assert answer.code == 2
    assert "The import stopped: disk full" in answer.told
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.read) == (ImportBatch.State.FAILED, 3)
    assert import_articles(folder).tally == (10, 0, 2, 2)
    assert ImportBatch.objects.get().state == ImportBatch.State.FINISHED


def test_files_that_were_changed_meanwhile_are_read_from_the_start(import_articles, folder):
    with pytest.MonkeyPatch.context() as patched:
        interrupt_entering(patched, 2, Killed(), before=True)
        with pytest.raises(Killed):
            import_articles(folder)
    os.utime(folder / "a.jsonl", (1, 1))
    answer = import_articles(folder)
    assert answer.tally == (7, 0, 5, 2)
    assert "begun again: its files have changed" in answer.told
    given_up, finished = ImportBatch.objects.order_by("pk")
    assert (given_up.state, finished.state) == ("failed", "finished")
    assert "changed" in given_up.error


def test_another_question_is_another_batch(import_articles, folder):
    with pytest.MonkeyPatch.context() as patched:
        interrupt_entering(patched, 2, Killed(), before=True)
        with pytest.raises(Killed):
            import_articles(folder)
    import_articles(folder, "--timezone", "Europe/Dublin")
    assert ImportBatch.objects.count() == 2


@pytest.mark.parametrize("error", [DatabaseError("too strange"), ZeroDivisionError("how?")])
def test_a_record_that_the_database_refuses_is_set_aside_alone(import_articles, jsonl, error):
    article = store._article

    def refusing(planned, *arguments):
        if planned.prepared.record.external_id == "b-1":
            raise error
        return article(planned, *arguments)

    path = jsonl(*({"external_id": f"b-{n}", "headline": "x"} for n in range(4)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "_article", refusing)
        answer = import_articles(path)
    assert (answer.code, answer.tally) == (1, (3, 0, 0, 1))
    assert answer.rejects[0]["line"] == 2
    assert str(error) in answer.rejects[0]["reason"]


def test_an_article_that_vanished_while_it_was_being_updated_is_created_again(
    import_articles, jsonl
):
    import_articles(jsonl({"external_id": "b-1", "headline": "x"}))

    def planned_too_early(articles):
        made = plan.plan(articles)
        Article.objects.all().delete()
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(commit, "plan", planned_too_early)
        answer = import_articles(jsonl({"external_id": "b-1", "headline": "y"}))
    assert answer.tally == (1, 0, 0, 0)
