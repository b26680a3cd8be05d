"""`manage.py undo_import NUMBER`: take out again what an import made, but for what was touched."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.importers.journal.lock import BusyError
from archive.importers.undoing import PART, Undone, Way, articles_of, batch_undo
from archive.models import ImportBatch
from archive.progress import meter

NAMED = 20
"""Articles that are kept and named one by one."""


class Command(BaseCommand):
    help = (
        "Withdraw (or delete) the articles that an import made. What anybody changed since, is "
        "kept and named. Interrupted, it goes on where it was when run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the import's, as the desk lists it")
        parser.add_argument("--by", required=True, metavar="NAME", help="the account that does it")
        parser.add_argument(
            "--delete", action="store_true", help="delete the articles instead of withdrawing them"
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["number"]).first()
        editor = User.objects.filter(username=options["by"], is_active=True).first()
        if batch is None or editor is None:
            missing = f"import {options['number']}" if batch is None else f"account {options['by']}"
            raise CommandError(f"There is no {missing}.")
        way = Way.DELETE if options["delete"] else Way.WITHDRAW
        try:
            undone = self._undo(batch, editor, way, dry_run=options["dry_run"])
        except (BusyError, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(in_words(undone, way, dry_run=options["dry_run"]))

    def _undo(self, batch: ImportBatch, editor: User, way: Way, *, dry_run: bool) -> Undone:
        total, undone = articles_of(batch, way).count(), Undone()
        with meter("Undoing", self._write_line) as shown:
            while True:
                step = batch_undo(
                    batch=batch,
                    editor=editor,
                    way=way,
                    now=timezone.now(),
                    after=undone.last,
                    limit=PART,
                    dry_run=dry_run,
                )
                if not step.last:
                    return undone
                undone += step
                done = undone.taken + len(undone.kept)
                shown.show(done, total, done)

    def _write_line(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)


def in_words(undone: Undone, way: Way, *, dry_run: bool) -> str:
    done = {Way.WITHDRAW: "withdrawn", Way.DELETE: "deleted"}[way]
    text = f"{undone.taken:,} articles {'would be ' if dry_run else ''}{done}"
    if not undone.kept:
        return f"{text}."
    named = ", ".join(map(str, undone.kept[:NAMED]))
    more = ", …" if len(undone.kept) > NAMED else ""
    return f"{text}; {len(undone.kept):,} were changed since and are kept: {named}{more}."
