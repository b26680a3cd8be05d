"""`manage.py import_articles`: fill the archive from files."""

import json
from argparse import ArgumentTypeError
from contextlib import ExitStack
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from archive.importers.base import Mapped
from archive.importers.formats import AUTO, FORMATS
from archive.importers.journal.ledger import Asked, DryLedger, Ledger
from archive.importers.journal.lock import BusyError
from archive.importers.journal.reporter import Reporter
from archive.importers.reading.files import PathError
from archive.importers.reading.mapping import MappingError, read_mapping
from archive.importers.run import Result, run
from archive.management.background import BackgroundCommand
from archive.models import ImportBatch
from archive.progress import Meter, meter
from archive.signals import bulk_changed

SOME_REJECTED, COULD_NOT_RUN, INTERRUPTED = 1, 2, 130


class Command(BackgroundCommand):
    help = (
        "Bring articles into the archive from files, folders, .gz, .zip and .tar.* files, or - for "
        "the standard input. Interrupted, it goes on where it was when run again; run twice, it "
        "changes nothing. Exit code 0: all taken in; 1: some records were set aside; 2: it could "
        "not run; 130: interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", choices=(AUTO, *FORMATS), default=AUTO)
        parser.add_argument(
            "--source", default="", metavar="NAME", help="who published what does not say so itself"
        )
        parser.add_argument(
            "--timezone",
            type=_zone,
            default=settings.TIME_ZONE,
            metavar="ZONE",
            help="of times that name no zone (%(default)s)",
        )
        parser.add_argument("--limit", type=_count, metavar="N", help="read at most N records")
        parser.add_argument(
            "--mapping",
            type=_mapping,
            default={},
            metavar="FILE",
            help="a JSON object of what tables and JSON lines call their fields to our names",
        )
        parser.add_argument(
            "--fetch-media",
            action="store_true",
            help="fetch the photos and recordings that articles name by their address; without it "
            "nothing is fetched, and never from a private network",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")
        parser.add_argument(
            "--json", action="store_true", help="print the counts as one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Asked(
            paths=tuple(dict.fromkeys(options["paths"])),
            format=options["format"],
            source=options["source"].strip(),
            timezone=options["timezone"],
            limit=options["limit"],
            fetch_media=options["fetch_media"],
            mapping=options["mapping"],
        )
        result = self._run(asked, dry_run=options["dry_run"])
        if not options["dry_run"]:
            self._tell_followers()
        if result.is_interrupted:
            raise CommandError(
                f"Interrupted after {result.counts.read:,} records; run the same command again to "
                "go on.",
                returncode=INTERRUPTED,
            )
        self.stdout.write(_as_json(result) if options["json"] else _in_words(result))
        if result.counts.rejected:
            raise SystemExit(SOME_REJECTED)

    def _run(self, asked: Asked, *, dry_run: bool) -> Result:
        try:
            with meter("Importing", self._write_line) as shown:
                reporter = Reporter(shown)
                result = run(asked, reporter, open_ledger=DryLedger if dry_run else Ledger)
                reporter.ended()
        except (BusyError, PathError) as error:
            raise CommandError(str(error), returncode=COULD_NOT_RUN) from error
        except Exception as error:
            self._tell_followers()
            raise CommandError(
                f"The import stopped: {error}. What it had taken in is kept; once that is mended, "
                "run the same command again to go on.",
                returncode=COULD_NOT_RUN,
            ) from error
        return result

    def _tell_followers(self) -> None:
        """What was imported is committed: whoever follows may fail, and only has to catch up."""
        with ExitStack() as stack:

            @cache
            def shown() -> Meter:
                return stack.enter_context(meter("Indexing", self._write_line))

            answers = bulk_changed.send_robust(
                ImportBatch, progress=lambda done, total: shown().show(done, total, done)
            )
        for _receiver, answer in answers:
            if isinstance(answer, Exception):
                self._write_line(f"The articles are in, but search could not follow: {answer}")

    def _write_line(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ArgumentTypeError(f"{name!r} is no time zone; write it like Europe/Dublin") from error
    return name


def _mapping(file: str) -> Mapped:
    try:
        return read_mapping(Path(file))
    except (MappingError, OSError) as error:
        raise ArgumentTypeError(str(error)) from error


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"{text!r} is no number of records")
    return int(text)


def _shown_path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _as_json(result: Result) -> str:
    counts = asdict(result.counts)
    return json.dumps(
        {"read": result.counts.read, **counts, "rejects": _shown_path(result.rejects)}
    )


def _in_words(result: Result) -> str:
    counts = result.counts
    told = ", ".join(f"{number:,} {name}" for name, number in asdict(counts).items())
    rejects = f"\nThe rejects are in {result.rejects}" if result.rejects else ""
    return f"{counts.read:,} records read: {told}.{rejects}"
