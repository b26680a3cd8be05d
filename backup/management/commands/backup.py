"""`manage.py backup FOLDER`: database and media, while they are used."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.models import Article
from archive.progress import meter
from backup.errors import BackupError
from backup.manifest import Manifest, chosen
from backup.place import Place
from backup.taking import take
from backup.verifying import problems


def whole_number(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ArgumentTypeError("must not be negative")
    return value


class Command(BaseCommand):
    help = (
        "Copy database and media into a new folder in FOLDER, while they are used. "
        "The index is not copied: it is made anew from the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--keep", type=whole_number, default=0, metavar="N", help="remove all but the latest N"
        )
        parser.add_argument(
            "--verify", action="store_true", help="take none: read one, or the latest, and check it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].expanduser().resolve()
        try:
            if options["verify"]:
                self.verify(chosen(folder))
            else:
                self.take(folder, options["keep"])
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            raise CommandError("Stopped. No backup was made.", returncode=130) from None

    def take(self, folder: Path, keep: int) -> None:
        with meter("Copying media", self.stderr.write) as shown:
            new = take(
                Place.ours(), folder, keep, lambda done, total: shown.show(done, total, done)
            )
        self.describe(new, Manifest.read(new))

    def verify(self, backup: Path) -> None:
        manifest = Manifest.read(backup)
        with meter("Reading", self.stderr.write) as shown:
            found = list(problems(backup, manifest, lambda done, all: shown.show(done, all, done)))
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{backup} cannot be restored: {len(found)} problems.")
        self.describe(backup, manifest)

    def describe(self, backup: Path, manifest: Manifest) -> None:
        self.stdout.write(
            f"{backup}: whole, made {manifest.made}, "
            f"{manifest.counts[Article._meta.db_table]} articles, {manifest.files} files of media "
            f"({manifest.bytes / 1e6:,.1f} MB)"
        )
        if manifest.missing:
            self.stderr.write(
                f"{manifest.missing} files that the database names are not in media/: the archive "
                "had lost them before."
            )
