"""`manage.py verify_index`: does the index say what the database says?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseProblem
from django.db import connection

from search import outbox, triggers
from search.engines import get_engine
from search.engines.base import EngineError
from search.verify import verify

SAMPLE = 64
"""Blocks of the index that are read again, of four megabytes each."""


class Command(BaseCommand):
    help = (
        "Compare the search index with the database and mend what differs, and some of its bytes "
        "with what was written. "
        "Exit code 0: they agree; 1: they did not; 2: it could not look."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only report, mend nothing")
        parser.add_argument(
            "--bytes", action="store_true", help="read every byte of the index again, not a sample"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        mend = not options["dry_run"]
        try:
            get_engine().check_bytes(None if options["bytes"] else SAMPLE)
            found = look(mend)
        except (EngineError, DatabaseProblem, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps({**found, "mended": mend}))
        else:
            self.describe(found, mend)
        if any(found.values()):
            sys.exit(1)

    def describe(self, found: dict[str, list[Any]], mend: bool) -> None:
        if not any(found.values()):
            self.stdout.write("The index and the database agree.")
            return
        for kind, things in found.items():
            if things:
                self.stdout.write(f"{kind}: {len(things)} ({some(things)})")
        self.stdout.write(
            "Mended, except what is set aside." if mend else "Nothing was mended (--dry-run)."
        )


def look(mend: bool) -> dict[str, list[Any]]:
    """What is wrong, by kind: ids of articles, and the names of missing triggers.

    The triggers come first: no change is missed between their coming back and the comparison.
    """
    missing_triggers = triggers.missing_triggers(connection)
    if missing_triggers and mend:
        triggers.put_up(connection)
    differences = asdict(verify(mend))
    set_aside = outbox.set_aside().values_list("article_id", flat=True)
    return {
        **{kind: list(ids) for kind, ids in differences.items()},
        "set_aside": list(set_aside),
        "missing_triggers": missing_triggers,
    }


def some(things: list[Any]) -> str:
    return ", ".join(map(str, things[:10])) + (", …" if len(things) > 10 else "")
