"""`manage.py export_articles`: all that a search finds, and only what may be seen."""

import io
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.exporters.formats import FORMATS
from archive.models import Article, Correction, Origin, RelatedArticle, Status
from search import harvest
from search.harvest import public_ids
from search.language.parser import parse
from search.request import SearchRequest
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = Path(__file__).parents[2] / "sample" / "articles.jsonl"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_articles", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def exported(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in run(*arguments).splitlines()]


def headlines(*arguments: str) -> list[str]:
    return [one["headline"] for one in exported(*arguments)]


class TestWhatIsExported:
    def test_what_a_query_finds_the_oldest_first_and_the_undated_last(self):
        ArticleFactory(headline="Flood again", published="2009-12-17")
        ArticleFactory(headline="Flood undated", published=None)
        ArticleFactory(headline="The flood", published="1999-05-01")
        ArticleFactory(headline="Calm", published="1999-05-01")
        assert headlines("flood") == ["The flood", "Flood again", "Flood undated"]
        assert len(headlines()) == 4

    def test_nothing_that_is_not_public_unless_the_desk_is_asked(self):
        shown = ArticleFactory(headline="The flood")
        hidden = ArticleFactory(headline="Secret flood", status=Status.DRAFT)
        later = datetime.now(UTC) + timedelta(days=1)
        ArticleFactory(headline="Embargoed flood", embargo_until=later)
        Correction.objects.create(article=shown, text="Whispered.", public=False)
        RelatedArticle.objects.create(article=shown, target=hidden)
        for arguments in ((), ("flood",)):
            for name in FORMATS:
                text = run(*arguments, "--format", name)
                assert "The flood" in text
                assert not [word for word in ("Secret", "Embargoed", "Whispered") if word in text]
            assert len(exported(*arguments, "--desk")) == 3
        assert "Whispered" in run("--desk")

    def test_a_query_that_says_nothing_does_not_export_everything(self):
        ArticleFactory()
        with pytest.raises(CommandError, match="Nothing of the query was understood"):
            run("((")

    def test_who_took_what_is_written_down(self, caplog):
        ArticleFactory(headline="The flood")
        with caplog.at_level("INFO", logger="archive.export"):
            run("flood", "--desk", "--format", "csv")
        assert "exported 1 articles, desk, csv: flood" in caplog.text

    def test_people_that_were_found_in_the_text_are_left_to_be_found_again(self):
        given = ArticleFactory(headline="Given", people=["Ann Vale"])
        given.mentions.update(origin=Origin.SOURCE)
        found = ArticleFactory(headline="Found", people=["Ann Vale"])
        found.mentions.update(origin=Origin.EXTRACTED)
        people = {one["headline"]: one.get("people") for one in exported()}
        assert people == {"Given": ["Ann Vale"], "Found": None}

    def test_a_file_is_there_only_once_it_is_whole(self, tmp_path, monkeypatch):
        ArticleFactory(headline="The flood")
        path = tmp_path / "export.jsonl"
        run("--output", str(path))
        assert json.loads(path.read_text())["headline"] == "The flood"

        def broken(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(FORMATS["jsonl"], "write", broken)
        with pytest.raises(CommandError, match="No space left"):
            run("--output", str(tmp_path / "other.jsonl"))
        assert [path.name for path in tmp_path.glob("*.jsonl*")] == ["export.jsonl"]


class TestMuch:
    @pytest.mark.parametrize("window", [1, 3, 7, 1_000])
    def test_however_little_a_window_holds_everything_is_found_once(self, monkeypatch, window):
        monkeypatch.setattr(harvest, "MAX_WINDOW", window)
        days = ["1999-05-01", "1999-05-01", "1999-05-31", "2000-02-29", "2009-12-17", "2009-12-18"]
        for day in (*days, None, None, "1999-05", "1999-05", "1999", "1999"):
            ArticleFactory(headline="The flood", published=day)
        ids = list(public_ids(SearchRequest(query=parse("flood"))))
        oldest_first = Article.objects.order_by("first_published").values_list("pk", flat=True)
        assert sorted(ids) == sorted(oldest_first)
        dates = [Article.objects.get(pk=pk).first_published for pk in ids]
        assert dates[:6] == sorted(dates[:6])
        known = [Article.objects.get(pk=pk).date_precision for pk in ids]
        assert known == [*[""] * 6, "month", "month", "year", "year", "", ""]

    def test_the_number_of_queries_does_not_grow_with_the_articles(
        self, django_assert_max_num_queries
    ):
        for _ in range(30):
            ArticleFactory(people=["Ann Vale"], tags=["bridge"])
        with django_assert_max_num_queries(15):
            assert len(exported()) == 30


class TestThereAndBack:
    @pytest.mark.parametrize("name", FORMATS)
    def test_what_was_exported_changes_nothing_when_it_is_imported(self, media, name):
        imported(SAMPLE.parent)
        run("--desk", "--format", name, "--output", str(media / "export"))
        before = exported("--desk")
        counts = imported(media / "export")
        assert (counts["created"], counts["rejected"]) == (0, 0)
        assert exported("--desk") == before


@pytest.fixture
def media(settings, tmp_path):
    """The folder of the archive's files; an export that lies there finds them again."""
    settings.BACKFILE_DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return settings.MEDIA_ROOT


def imported(path: Path) -> dict[str, int]:
    out = io.StringIO()
    with suppress(SystemExit):  # some were set aside
        call_command("import_articles", str(path), "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())
