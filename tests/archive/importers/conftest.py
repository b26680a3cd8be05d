"""An archive to import into: a data folder of the test's own, and the command as people call it."""

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError, call_command


class Answer(NamedTuple):
    """What one call of the command came to."""

    code: int
    counts: dict[str, Any]
    told: str

    @property
    def rejects(self) -> list[dict[str, Any]]:
        path = self.counts["rejects"]
        lines = Path(path).read_text(encoding="utf-8").splitlines() if path else []
        return [json.loads(line) for line in lines]

    @property
    def tally(self) -> tuple[int, int, int, int]:
        """Created, updated, unchanged, rejected; they add up to what was read."""
        numbers = tuple(self.counts[key] for key in ("created", "updated", "unchanged", "rejected"))
        assert sum(numbers) == self.counts["read"]
        return numbers


@pytest.fixture
def archive(db, settings, tmp_path: Path) -> Path:
    """The empty archive's data folder."""
    settings.BACKFILE_DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.SEARCH_SYNC = "worker"
    return settings.BACKFILE_DATA


@pytest.fixture
def import_articles(archive: Path):
    """Run `manage.py import_articles … --json`."""

    def call(*arguments: object) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        code, counts = 0, {}
        try:
            call_command("import_articles", *map(str, arguments), "--json", stdout=out, stderr=err)
        except CommandError as error:
            code = error.returncode
            err.write(str(error))
        except SystemExit as end:
            code = int(end.code or 0)
        if out.getvalue():
            (line,) = out.getvalue().splitlines()
            counts = json.loads(line)
        return Answer(code, counts, err.getvalue())

    return call


@pytest.fixture
def jsonl(tmp_path: Path):
    """Write records as lines of JSON; a text is written as it is."""

    def write(*records: dict[str, Any] | str, name: str = "articles.jsonl") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
