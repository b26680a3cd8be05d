"""An archive that is imported into all the time."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests.faults.archives import corpus
from tests.faults.served import ROOT

PART = 2_000
"""Articles in one file that is imported, fewer in a small archive; there is always one more."""


class Imports(Thread):
    """One import after another, until told to stop; the last one is let come to its end."""

    def __init__(self, folder: Path, documents: int, stop: Event) -> None:
        """documents: how many the archive had before."""
        super().__init__()
        self.count = 0
        self.problems: list[str] = []
        self._folder, self._documents, self._told_to_stop = folder, documents, stop

    def run(self) -> None:
        with (self._folder / "import.log").open("wb") as log:
            size = min(PART, self._documents)
            first = self._documents + 1
            while not self._told_to_stop.is_set():
                file = self._folder / "part.jsonl"
                write_articles(file, range(first, first + size), self._documents)
                done = manage("import_articles", str(file), stdout=log, stderr=log)
                if done.returncode:
                    self.problems.append(f"an import ended with {done.returncode}")
                first += size
                self.count += size


def write_articles(file: Path, ids: range, size: int) -> None:
    """Articles that go on where a corpus of this size ends, as JSON Lines."""
    with file.open("w", encoding="utf-8") as lines:
        for article in corpus(size).between(ids.start, ids.stop):
            record = {
                "external_id": f"load-{article.id}",
                "headline": article.headline,
                "body": article.body.split("\n"),
                "published": article.published.isoformat() if article.published else "",
                "people": [person.name for person in article.people],
                "source": "The imported wire",
            }
            lines.write(json.dumps(record) + "\n")


def manage(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, **options)
