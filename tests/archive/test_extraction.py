"""People in the record: found at import, corrected by editors, found again."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from archive import extraction, identity
from archive.extraction import people_compare, people_extract
from archive.management import rereading
from archive.models import Article, Mention, Origin, Person, PersonAlias, Quotation
from search.models import IndexChange
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

BODY = "The mayor Ann Vale met Ben Roy.\n\n“We sail at dawn,” Vale said."


@pytest.fixture
def article() -> Article:
    return ArticleFactory(headline="“We sail” – Vale", body=BODY)


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


def extract(*articles: Article) -> extraction.MentionChanges:
    return people_extract(articles=[article.pk for article in articles])


def mentioned(article: Article) -> list[str]:
    return [mention.person.name for mention in article.mentions.all()]


def test_people_are_kept_in_their_order_with_what_they_are_called(article):
    extract(article)
    first, second = article.mentions.all()
    assert (first.person.name, first.surfaces, first.count) == ("Ann Vale", ["Vale", "Ann Vale"], 3)
    assert (second.person.name, second.origin) == ("Ben Roy", Origin.EXTRACTED)


def test_who_said_what_follows(article):
    extract(article)
    assert {str(one.speaker) for one in Quotation.objects.all()} == {"Ann Vale"}


def test_extracting_twice_changes_nothing(article):
    assert extract(article)
    before = list(Mention.objects.values()), list(Article.objects.values())
    assert not extract(article)
    assert (list(Mention.objects.values()), list(Article.objects.values())) == before


def test_a_comparison_leaves_nothing_behind(article):
    changes = people_compare(articles=[article.pk])
    assert sorted(changes.new.values()) == ["Ann Vale", "Ben Roy"]
    assert not Mention.objects.exists()
    assert not Person.objects.exists()


def test_who_is_no_longer_named_goes_and_who_is_named_otherwise_is_the_same_row(article):
    extract(article)
    ann = article.mentions.get(person__name="Ann Vale").pk
    Article.objects.update(body="The mayor Ann Vale sat.")
    changes = extract(article)
    assert [mention.person.name for mention in changes.dropped] == ["Ben Roy"]
    assert (article.mentions.get().pk, article.mentions.get().count) == (ann, 2)


def test_another_spelling_joins_whom_the_archive_knows():
    PersonFactory(name="Dmitry Medvedev")
    article = ArticleFactory(body="President Dmitri Medvedev spoke.")
    extract(article)
    assert mentioned(article) == ["Dmitry Medvedev"]
    assert PersonAlias.objects.get().name == "Dmitri Medvedev"


@pytest.mark.parametrize("people", [["Cay Stour"], []])
def test_whom_the_source_gives_is_not_guessed_at(import_jsonl, people):
    article = import_jsonl(people=people)
    assert not extract(article)
    assert mentioned(article) == people


def test_an_import_is_as_if_it_had_been_extracted(import_jsonl):
    article = import_jsonl()
    assert mentioned(article) == ["Ann Vale", "Ben Roy"]
    assert not extract(article)


class TestEditors:
    """Nothing that an editor said is undone."""

    def test_whom_they_took_out_stays_out(self, article):
        extract(article)
        article.mentions.filter(person__name="Ben Roy").delete()
        assert not extract(article)
        Article.objects.update(body="The mayor Ann Vale sat.")
        extract(article)
        Article.objects.update(body=BODY)
        extract(article)
        assert mentioned(article) == ["Ann Vale"]

    def test_also_after_an_import_and_in_the_next_one(self, import_jsonl):
        article = import_jsonl()
        article.mentions.filter(person__name="Ben Roy").delete()
        assert not extract(article)
        import_jsonl(body="The mayor Ann Vale sat.")
        import_jsonl(body=f"{BODY} It rained.")
        assert mentioned(article) == ["Ann Vale"]

    def test_also_when_they_were_merged_meanwhile_and_divided_again(self, article, editor):
        extract(article)
        article.mentions.filter(person__name="Ben Roy").delete()
        ben, cay = Person.objects.get(name="Ben Roy"), PersonFactory(name="Cay Stour")
        decision = identity.person_merge(lost=ben, kept=cay, by=editor)
        assert not extract(article)
        identity.decision_undo(decision=decision, by=editor)
        assert not extract(article)

    def test_whom_they_listed_stays_and_is_told_what_the_text_calls_them(self, article):
        for name in ("Ann Vale", "Cay Stour"):
            article.mentions.create(person=PersonFactory(name=name), position=7)
        extract(article)
        assert mentioned(article) == ["Ben Roy", "Ann Vale", "Cay Stour"]
        ann = article.mentions.get(person__name="Ann Vale")
        assert (ann.origin, ann.position, ann.count) == (Origin.EDITOR, 7, 3)

    def test_a_name_means_who_is_there_already(self, article, editor):
        extract(article)
        other = ArticleFactory(body="The mayor Ann Vale sat.")
        extract(other)
        ann = Person.objects.get(name="Ann Vale")
        identity.person_split(person=ann, name="Ann Vale", articles=[other.pk], by=editor)
        assert not extract(article, other)
        assert other.mentions.get().person != ann

    def test_also_when_a_namesake_has_the_name_in_full(self, article, editor):
        extract(article)
        ann = Person.objects.get(name="Ann Vale")
        identity.person_rename(person=ann, name="Anna Strand", slug="anna-strand", by=editor)
        PersonFactory(name="Ann Vale", slug="another-ann-vale")
        assert not extract(article)
        assert mentioned(article) == ["Anna Strand", "Ben Roy"]

    def test_what_is_no_person_does_not_come_back(self, article, editor):
        extract(article)
        ben = Person.objects.get(name="Ben Roy")
        identity.person_mark_not_a_person(person=ben, by=editor)
        assert not extract(article)
        assert mentioned(article) == ["Ann Vale"]

    def test_a_name_that_is_denied_means_somebody_else(self, article, editor):
        cay = PersonFactory(name="Cay Stour")
        cay.aliases.create(name="Ben Roy")
        extract(article)
        assert mentioned(article) == ["Ann Vale", "Cay Stour"]
        identity.person_deny_name(person=cay, name="Ben Roy", by=editor)
        extract(article)
        assert mentioned(article) == ["Ann Vale", "Ben Roy"]

    def test_whoever_was_merged_is_the_other(self, article, editor):
        extract(article)
        ann, ben = article.people.order_by("name")
        identity.person_merge(lost=ben, kept=ann, by=editor)
        assert not extract(article)
        assert (article.mentions.get().person, article.mentions.get().count) == (ann, 4)


def test_a_text_that_changed_while_it_was_read_is_read_again(article, monkeypatch):
    def reading(*parts: str) -> object:
        Article.objects.update(body="The captain Tom Moss waved.")
        monkeypatch.undo()
        return ()

    monkeypatch.setattr(extraction, "named_in", reading)
    extract(article)
    assert mentioned(article) == ["Tom Moss"]


def test_as_many_queries_for_many_articles_as_for_one(django_assert_num_queries, article):
    others = [ArticleFactory(body=BODY.replace("Roy", f"Roy{n}")) for n in "abcdefgh"]
    with CaptureQueriesContext(extraction.transaction.get_connection()) as one:
        extract(article)
    with django_assert_num_queries(len(one)):
        extract(*others)


def test_the_index_learns_of_it(article):
    IndexChange.objects.all().delete()
    extract(article)
    assert set(IndexChange.objects.values_list("article_id", flat=True)) == {article.pk}


class TestCommand:
    def run(self, *options: str) -> str:
        out = StringIO()
        call_command("extract_people", *options, stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_it_tells_what_it_did_and_the_second_time_nothing(self, article):
        told = "1 articles read. Mentions: 2 new, 0 changed, 0 gone. People who are new: 2."
        assert told in self.run()
        assert "0 new, 0 changed, 0 gone. People who are new: 0." in self.run()

    def test_a_dry_run_tells_each_change_and_makes_none(self, article, monkeypatch):
        monkeypatch.setattr(rereading, "PART", 1)
        other = ArticleFactory(body=BODY, people=["Cay Stour"])
        Mention.objects.update(origin=Origin.EXTRACTED)
        told = self.run("--dry-run")
        assert told.splitlines()[:5] == [
            f"+ article {article.pk}: Ann Vale, who is new",
            f"+ article {article.pk}: Ben Roy, who is new",
            f"- article {other.pk}: Cay Stour",
            f"+ article {other.pk}: Ann Vale",
            f"+ article {other.pk}: Ben Roy",
        ]
        assert "People who are new: 2. Nothing was changed" in told
        assert list(Person.objects.values_list("name", flat=True)) == ["Cay Stour"]

    def test_it_goes_on_behind_an_article(self, article):
        assert "0 articles read." in self.run("--after", str(article.pk))

    def test_stopped_it_says_how_to_go_on(self, article, monkeypatch):
        last = ArticleFactory(body=BODY)
        monkeypatch.setattr(rereading, "PART", 1)
        parts = iter([people_extract])

        def stopping(*, articles: list[int]) -> object:
            return next(parts, stop)(articles=articles)

        def stop(**_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("archive.management.commands.extract_people.people_extract", stopping)
        with pytest.raises(CommandError, match=f"extract_people --after {article.pk}") as stopped:
            self.run()
        assert stopped.value.returncode == 130
        assert mentioned(article)
        assert not mentioned(last)


@pytest.fixture
def import_jsonl(tmp_path: Path) -> Callable[..., Article]:
    """Import one article, whose source may say more than its text, or otherwise."""

    def run(**changes: object) -> Article:
        file = tmp_path / "articles.jsonl"
        file.write_text(json.dumps({"id": "a-1", "headline": "Port", "body": BODY} | changes))
        call_command("import_articles", str(file), source="Courier", stdout=StringIO())
        return Article.objects.get()

    return run
