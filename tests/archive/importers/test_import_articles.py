"""`manage.py import_articles`, as an archivist meets it: counts, codes, rejects, what is kept."""

import fcntl
import io
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from archive.models import (
    Article,
    ImportBatch,
    ImportReject,
    Mention,
    Origin,
    Person,
    PersonAlias,
    RelatedArticle,
    Status,
    Tag,
)
from archive.signals import bulk_changed
from tests.factories import ArticleFactory


def record(number: int, **changes: object) -> dict[str, object]:
    return {
        "external_id": f"b-{number}",
        "source": "Courier",
        "headline": f"Bridge, part {number}",
        "published": "2009-12-17T12:02:00Z",
        "body": ["It opened.", f"For the {number}th time."],
        "people": ["Ann Vale"],
        "tags": ["bridge"],
    } | changes


BAD = record(9, published="31 Feb 2009")


class TestCountsAndExitCodes:
    def test_all_taken_in(self, import_articles, jsonl):
        answer = import_articles(jsonl(record(1), record(2)))
        assert (answer.code, answer.tally) == (0, (2, 0, 0, 0))
        assert answer.counts["rejects"] is None
        assert Article.objects.get(external_id="b-1").first_published == datetime(
            2009, 12, 17, 12, 2, tzinfo=UTC
        )

    def test_a_second_time_nothing_changes(self, import_articles, jsonl):
        path = jsonl(record(1), record(2), {"name": "Ann Vale", "aliases": ["A. Vale"]})
        import_articles(path)
        before = list(Article.objects.values()), list(Person.objects.values())
        answer = import_articles(path)
        assert (answer.code, answer.tally) == (0, (0, 0, 3, 0))
        assert (list(Article.objects.values()), list(Person.objects.values())) == before

    def test_a_bad_record_is_set_aside_with_its_place_its_reason_and_itself(
        self, import_articles, jsonl
    ):
        path = jsonl(record(1), BAD, "{not json")
        answer = import_articles(path)
        assert (answer.code, answer.tally) == (1, (1, 0, 0, 2))
        first, second = answer.rejects
        assert (first["file"], first["line"]) == (str(path), 2)
        assert first["reason"] == "date '31 Feb 2009' is not a day"
        assert json.loads(first["record"]) == BAD
        assert (second["line"], second["record"]) == (3, "{not json")
        assert ImportReject.objects.count() == 2
        assert "line 2: date '31 Feb 2009' is not a day; the record was set aside" in answer.told

    def test_what_cannot_run_is_exit_code_2_and_leaves_no_batch(self, import_articles):
        answer = import_articles("no-such-file.jsonl")
        assert (answer.code, answer.counts) == (2, {})
        assert "no-such-file.jsonl: there is no such file or folder" in answer.told
        assert not ImportBatch.objects.exists()

    def test_a_file_in_no_known_format_is_a_reject_when_it_was_asked_for(
        self, import_articles, tmp_path
    ):
        (tmp_path / "diary.doc").write_bytes(b"\xd0\xcf\x11\xe0 dear diary")
        answer = import_articles(tmp_path / "diary.doc")
        assert (answer.code, answer.tally) == (1, (0, 0, 0, 1))
        assert "say which it is in" in answer.rejects[0]["reason"]

    def test_in_words_where_no_json_is_asked_for(self, archive, jsonl):
        out, err = io.StringIO(), io.StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("import_articles", str(jsonl(record(1), BAD)), stdout=out, stderr=err)
        assert end.value.code == 1
        assert "2 records read: 1 created, 0 updated, 0 unchanged, 1 rejected" in out.getvalue()
        assert "rejects.jsonl" in out.getvalue()

    def test_no_more_than_the_limit_is_read(self, import_articles, jsonl):
        answer = import_articles(jsonl(*map(record, range(5))), "--limit", 3)
        assert answer.tally == (3, 0, 0, 0)

    def test_the_standard_input(self, import_articles, monkeypatch):
        text = json.dumps(record(1)) + "\n"
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert import_articles("-").tally == (1, 0, 0, 0)

    def test_only_one_import_at_a_time(self, import_articles, jsonl, archive):
        archive.mkdir(parents=True)
        with (archive / "import.lock").open("w") as holder:
            fcntl.flock(holder, fcntl.LOCK_EX)
            holder.write("process 7")
            holder.flush()
            answer = import_articles(jsonl(record(1)))
        assert answer.code == 2
        assert "another import is running (process 7)" in answer.told

    def test_source_and_zone_hold_where_the_record_does_not_say(self, import_articles, jsonl):
        plain = record(1, published="2009-07-17 12:02")
        del plain["source"]
        import_articles(jsonl(plain), "--source", "Echo", "--timezone", "Europe/Dublin")
        article = Article.objects.get()
        assert article.source.name == "Echo"
        assert article.first_published == datetime(2009, 7, 17, 11, 2, tzinfo=UTC)

    def test_followers_are_told_once_the_articles_are_in_and_may_fail(self, import_articles, jsonl):
        met = []

        def follow(progress, **_):
            met.append(Article.objects.count())
            progress(1, 1)
            raise RuntimeError("the index is away")

        bulk_changed.connect(follow)
        try:
            answer = import_articles(jsonl(record(1)))
        finally:
            bulk_changed.disconnect(follow)
        assert (answer.code, met) == (0, [1])
        assert "search could not follow: the index is away" in answer.told


class TestADryRun:
    def test_it_counts_the_same_and_changes_nothing(self, import_articles, jsonl, archive):
        import_articles(jsonl(record(1), record(2)))
        before = list(Article.objects.values()), ImportBatch.objects.count()
        changed = jsonl(record(1), record(2, headline="Other"), record(3), BAD, record(3))
        answer = import_articles(changed, "--dry-run")
        assert (answer.code, answer.tally) == (1, (1, 1, 2, 1))
        assert (list(Article.objects.values()), ImportBatch.objects.count()) == before
        assert answer.counts["rejects"] == str(archive / "imports" / "dry-run" / "rejects.jsonl")
        assert [reject["line"] for reject in answer.rejects] == [4]
        assert import_articles(changed).tally == answer.tally

    def test_two_versions_of_one_article_are_counted_as_they_would_be(self, import_articles, jsonl):
        path = jsonl(
            record(1, modified="2009-12-18"), record(1, modified="2009-12-19", headline="Newer")
        )
        assert import_articles(path, "--dry-run").tally == (1, 1, 0, 0)
        assert import_articles(path).tally == (1, 1, 0, 0)


class TestChangedRecords:
    def test_a_changed_record_updates_its_article(self, import_articles, jsonl):
        import_articles(jsonl(record(1), record(2)))
        changed = record(1, headline="Other", people=["Ben Roy"], tags=["ferry"], body="New.")
        assert import_articles(jsonl(changed, record(2))).tally == (0, 1, 1, 0)
        article = Article.objects.get(external_id="b-1")
        assert (article.headline, article.body) == ("Other", "New.")
        assert [person.name for person in article.people.all()] == ["Ben Roy"]
        assert [tag.name for tag in article.tags.all()] == ["ferry"]

    def test_what_editors_changed_by_hand_is_kept_field_by_field(self, import_articles, jsonl):
        import_articles(jsonl(record(1)))
        Article.objects.update(headline="An editor's", status=Status.WITHDRAWN)
        changed = record(1, headline="The source's", body="The source's body.", status="published")
        assert import_articles(jsonl(changed)).tally == (0, 1, 0, 0)
        article = Article.objects.get()
        assert (article.headline, article.status) == ("An editor's", Status.WITHDRAWN)
        assert article.body == "The source's body."

    def test_a_date_that_an_editor_took_away_does_not_come_back(self, import_articles, jsonl):
        import_articles(jsonl(record(1)))
        Article.objects.update(first_published=None)
        import_articles(jsonl(record(1, published="2010-01-01", body="New.")))
        assert Article.objects.get().first_published is None

    @pytest.mark.parametrize(
        ("text", "first", "precision"),
        [
            ("1989-03", date(1989, 3, 1), "month"),
            ("1989", date(1989, 1, 1), "year"),
            ("1 March 1989", date(1989, 3, 1), ""),
        ],
    )
    def test_no_more_of_a_date_is_kept_than_its_source_knows(
        self, import_articles, jsonl, text, first, precision
    ):
        import_articles(jsonl(record(1, published=text)), "--timezone", "Asia/Tokyo")
        article = Article.objects.get()
        day = timezone.localdate(article.first_published)
        assert (article.date_precision, day) == (precision, first if precision else day)

    def test_a_source_may_learn_the_day(self, import_articles, jsonl):
        import_articles(jsonl(record(1, published="1989-03")))
        assert import_articles(jsonl(record(1, published="1989-03-17"))).tally == (0, 1, 0, 0)
        article = Article.objects.get()
        told = (timezone.localdate(article.first_published), article.date_precision)
        assert told == (date(1989, 3, 17), "")

    @pytest.mark.parametrize(
        "edit",
        [
            {"first_published": datetime(1989, 3, 17, 9, tzinfo=UTC), "date_precision": ""},
            {"date_precision": "year"},
        ],
    )
    def test_what_an_editor_knows_of_a_date_goes_together_and_stays(
        self, import_articles, jsonl, edit
    ):
        import_articles(jsonl(record(1, published="1989-03")))
        Article.objects.update(**edit)
        decided = Article.objects.values_list("first_published", "date_precision").get()
        for body in ("New.", "Newer."):
            import_articles(jsonl(record(1, published="1991", body=body)))
            now = Article.objects.values_list("first_published", "date_precision").get()
            assert now == decided

    def test_a_date_that_was_written_by_hand_keeps_its_day(self, import_articles, jsonl):
        url = "https://a.example/bridge"
        made = ArticleFactory(url=url, external_id="", published="1989-03-17")
        import_articles(jsonl(record(1, id="", url=url, published="1989")))
        made.refresh_from_db()
        assert (made.date_precision, made.first_published.day) == ("", 17)

    def test_a_change_that_an_editor_had_decided_otherwise_leaves_it_unchanged(
        self, import_articles, jsonl
    ):
        import_articles(jsonl(record(1)))
        Article.objects.update(headline="An editor's")
        assert import_articles(jsonl(record(1, headline="Other"))).tally == (0, 0, 1, 0)
        assert import_articles(jsonl(record(1, headline="Other"))).tally == (0, 0, 1, 0)

    def test_people_and_tags_that_editors_added_or_removed_stay_so(self, import_articles, jsonl):
        import_articles(jsonl(record(1, people=["Ann Vale", "Ben Roy"], tags=["bridge", "ferry"])))
        article = Article.objects.get()
        article.mentions.filter(person__name="Ben Roy").delete()
        article.tags.remove(Tag.objects.get(name="ferry"))
        editors = Person.objects.create(name="Cora Lind", slug="cora-lind")
        Mention.objects.create(article=article, person=editors, origin=Origin.EDITOR)
        article.tags.add(Tag.objects.create(name="quay", slug="quay"))

        people, tags = ["Ann Vale", "Ben Roy", "Dan Moss"], ["bridge", "ferry", "storm"]
        import_articles(jsonl(record(1, people=people, tags=tags)))
        names = set(article.people.values_list("name", flat=True))
        assert names == {"Ann Vale", "Cora Lind", "Dan Moss"}
        assert set(article.tags.values_list("name", flat=True)) == {"bridge", "quay", "storm"}

    def test_a_person_whom_an_editor_confirmed_is_not_dropped_with_the_sources_word(
        self, import_articles, jsonl
    ):
        import_articles(jsonl(record(1)))
        Mention.objects.update(origin=Origin.EDITOR)
        import_articles(jsonl(record(1, people=[], body="New.")))
        assert Mention.objects.count() == 1

    def test_an_article_written_by_hand_keeps_all_that_is_not_empty(self, import_articles, jsonl):
        import_articles(jsonl(record(2)))
        source = Article.objects.get().source
        Article.objects.create(external_id="b-1", source=source, headline="By hand")
        assert import_articles(jsonl(record(1))).tally == (0, 1, 0, 0)
        article = Article.objects.get(external_id="b-1")
        assert (article.headline, article.status) == ("By hand", Status.DRAFT)
        assert article.body.startswith("It opened.")
        assert article.people.get().name == "Ann Vale"

    def test_an_older_version_than_the_archives_is_left_alone(self, import_articles, jsonl):
        import_articles(jsonl(record(1, modified="2009-12-19", headline="Newer")))
        answer = import_articles(jsonl(record(1, modified="2009-12-18", headline="Older")))
        assert (answer.code, answer.tally) == (0, (0, 0, 1, 0))
        assert Article.objects.get().headline == "Newer"
        assert "an older version" in answer.told


class TestIdentity:
    def test_without_an_id_the_address_says_which_article_it_is(self, import_articles, jsonl):
        at = {"external_id": "", "url": "https://courier.example/1"}
        import_articles(jsonl(record(1, **at)))
        assert import_articles(jsonl(record(1, **at, headline="Other"))).tally == (0, 1, 0, 0)

    def test_the_same_id_of_two_sources_is_two_articles(self, import_articles, jsonl):
        assert import_articles(jsonl(record(1), record(1, source="Echo"))).tally == (2, 0, 0, 0)

    def test_one_article_twice_in_one_run_is_taken_in_once(self, import_articles, jsonl):
        assert import_articles(jsonl(record(1), record(1))).tally == (1, 0, 1, 0)

    @pytest.mark.parametrize(
        "identity",
        [{}, {"external_id": ""}, {"external_id": "", "url": "https://courier.example/1"}],
    )
    def test_another_text_under_the_same_identity_is_set_aside_and_the_first_is_named(
        self, import_articles, jsonl, identity
    ):
        path = jsonl(record(1, **identity), record(1, **identity, body="Something else."))
        for tally in ((1, 0, 0, 1), (0, 0, 1, 1)):
            answer = import_articles(path)
            assert answer.tally == tally
            assert f"stands in {path}, line 1 with another text" in answer.rejects[0]["reason"]
        assert Article.objects.get().body.startswith("It opened.")

    def test_a_bare_address_does_not_overwrite_an_article_that_has_an_id_too(
        self, import_articles, jsonl
    ):
        url = "https://courier.example/1"
        answer = import_articles(
            jsonl(record(1, url=url), record(1, external_id="", url=url, body="Something else."))
        )
        assert answer.tally == (1, 0, 0, 1)

    def test_a_newer_version_in_the_same_run_wins_also_the_second_time(
        self, import_articles, jsonl
    ):
        path = jsonl(
            record(1, modified="2009-12-18"),
            record(1, modified="2009-12-19", headline="Newer"),
            record(1, modified="2009-12-17", headline="Oldest"),
        )
        assert import_articles(path).tally == (1, 1, 1, 0)
        assert import_articles(path).tally == (0, 0, 3, 0)
        assert Article.objects.get().headline == "Newer"


class TestPeople:
    def test_spellings_of_one_name_are_one_person_and_aliases_are_known(
        self, import_articles, jsonl
    ):
        import_articles(
            jsonl(
                {"name": "Margaret E. Vale", "aliases": ["Peggy Vale"], "note": "Mayor."},
                record(1, people=["Peggy Vale", "ZOË ARRANÉ"]),
                record(2, people=["Margaret E. Vale", "Zoe Arrane"]),
            )
        )
        assert Person.objects.count() == 2
        assert PersonAlias.objects.get().origin == Origin.SOURCE
        assert Person.objects.get(name="Margaret E. Vale").mentions.count() == 2
        assert set(Mention.objects.values_list("origin", flat=True)) == {Origin.SOURCE}

    def test_where_the_source_names_nobody_the_text_is_asked(self, import_articles, jsonl):
        text = "Russian President Dmitry Medvedev said so. “No,” President Medvedev said later."
        silent = record(1, body=[text])
        del silent["people"]
        import_articles(jsonl(silent, record(2, body=[text], people=[])))
        mention = Mention.objects.get()
        assert (mention.person.name, mention.origin) == ("Dmitry Medvedev", Origin.EXTRACTED)
        assert (mention.count, mention.article.external_id) == (2, "b-1")

    def test_people_with_equal_slugs_get_slugs_of_their_own(self, import_articles, jsonl):
        import_articles(jsonl(record(1, people=["Ann-Vale", "Ann Vale Jr", "Ann Vale, Jr"])))
        Person.objects.create(name="Li Wei", slug="ben-roy")
        import_articles(jsonl(record(2, people=["Ben Roy"])))
        assert Person.objects.get(name="Ben Roy").slug == "ben-roy-2"

    def test_an_alias_of_two_people_means_whom_the_archive_has_known_longer(
        self, import_articles, jsonl
    ):
        for name in ("Zoe Vale", "Ann Vale"):
            import_articles(jsonl({"name": name, "aliases": ["Peggy Vale"]}))
        import_articles(jsonl(record(1, people=["Peggy Vale"])))
        assert Mention.objects.get().person.name == "Zoe Vale"

    def test_an_editors_note_and_a_removed_alias_stay_so(self, import_articles, jsonl):
        given = {"name": "Ann Vale", "aliases": ["A. Vale", "Annie Vale"], "note": "Mayor."}
        import_articles(jsonl(given))
        Person.objects.update(note="An editor's.")
        PersonAlias.objects.filter(name="Annie Vale").delete()
        changed = given | {"note": "Former mayor.", "aliases": [*given["aliases"], "Mrs Vale"]}
        import_articles(jsonl(changed))
        person = Person.objects.get()
        assert person.note == "An editor's."
        assert {alias.name for alias in person.aliases.all()} == {"A. Vale", "Mrs Vale"}


class TestRelatedAndMedia:
    def test_a_pointer_finds_its_article_before_it_or_after_it(self, import_articles, jsonl):
        import_articles(
            jsonl(
                record(
                    1, related=[{"external_id": "b-2"}, "Bridge, part 3", {"title": "Unheard of"}]
                ),
                record(2, related=[{"external_id": "b-1"}, {"external_id": "b-2"}]),
            )
        )
        targets = dict(RelatedArticle.objects.values_list("title", "target__external_id"))
        assert targets["Bridge, part 3"] is None
        import_articles(jsonl(record(3)))
        pointers = RelatedArticle.objects.filter(article__external_id="b-1").order_by("position")
        assert [p.target and p.target.external_id for p in pointers] == ["b-2", "b-3", None]
        itself = RelatedArticle.objects.get(article__external_id="b-2", external_id="b-2")
        assert itself.target is None

    def test_media_beside_the_record_are_copied_once(self, import_articles, jsonl, archive):
        path = jsonl(record(1, media=[{"file": "media/a.mp3", "duration": 60, "title": "Tape"}]))
        (path.parent / "media").mkdir()
        (path.parent / "media" / "a.mp3").write_bytes(b"sound")
        import_articles(path.parent)
        item = Article.objects.get().media.get()
        assert (item.kind, item.duration, item.file.read()) == ("audio", 60, b"sound")
        item.file.close()
        assert import_articles(path.parent).tally == (0, 0, 1, 0)
        assert len([file for file in (archive / "media").rglob("*") if file.is_file()]) == 1

    def test_a_copy_that_a_power_cut_left_is_made_again_though_its_length_is_right(
        self, import_articles, jsonl
    ):
        path = jsonl(record(1, media=["a.mp3"]))
        (path.parent / "a.mp3").write_bytes(b"sound")
        import_articles(path.parent)
        item = Article.objects.get().media.get()
        Path(item.file.path).write_bytes(bytes(5))
        Article.objects.all().delete()
        import_articles(path.parent, "--source", "Another")
        with Article.objects.get().media.get().file.open() as file:
            assert file.read() == b"sound"

    def test_another_content_of_the_file_is_another_article(self, import_articles, jsonl):
        path = jsonl(record(1, media=["a.jpg"]))
        (path.parent / "a.jpg").write_bytes(b"one")
        import_articles(path)
        (path.parent / "a.jpg").write_bytes(b"two")
        assert import_articles(path).tally == (0, 1, 0, 0)
        item = Article.objects.get().media.get()
        assert item.file.read() == b"two"
        item.file.close()

    @pytest.mark.parametrize("name", ["../../secret.jpg", "/etc/hostname", "out.jpg", "page.html"])
    def test_files_that_lead_out_or_could_run_are_not_kept(
        self, import_articles, jsonl, tmp_path, archive, name
    ):
        path = jsonl(record(1, media=[{"file": name, "title": "Tape"}]))
        (tmp_path / "secret.jpg").write_bytes(b"secret")
        (path.parent / "out.jpg").symlink_to(tmp_path / "secret.jpg")
        (path.parent / "page.html").write_bytes(b"<script>")
        answer = import_articles(path)
        assert answer.tally == (1, 0, 0, 0)
        assert "kept" in answer.told
        assert not Article.objects.get().media.get().file
        assert not (archive / "media").exists()

    def test_media_that_an_editor_changed_are_kept(self, import_articles, jsonl):
        import_articles(jsonl(record(1, media=[{"url": "https://courier.example/a.jpg"}])))
        Article.objects.get().media.update(caption="An editor's")
        import_articles(jsonl(record(1, media=[], body="New.")))
        assert Article.objects.get().media.get().caption == "An editor's"


def test_the_number_of_queries_does_not_grow_with_the_number_of_records(
    import_articles, jsonl, django_assert_max_num_queries
):
    def some(first: int, count: int):
        numbers = range(first, first + count)
        return [record(n, people=[f"Ann Vale{n}"], tags=[f"t{n}"], related=["x"]) for n in numbers]

    path = jsonl(*some(0, 400))
    with django_assert_max_num_queries(100):
        import_articles(path)
    with django_assert_max_num_queries(30):
        import_articles(path)
    changed = [one | {"people": ["Ben Roy"], "tags": ["t"]} for one in some(0, 400)]
    with django_assert_max_num_queries(100):
        assert import_articles(jsonl(*changed)).tally == (0, 400, 0, 0)
