"""`manage.py restore FOLDER`: the archive as it was."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.progress import meter
from backup.databases import database_of
from backup.errors import BackupError
from backup.manifest import chosen
from backup.place import Place
from backup.restoring import manage, restore


class Command(BaseCommand):
    help = (
        "Have the archive be what a backup holds: FOLDER, or the latest in it. Stop the web "
        "processes and the worker first. What there was is moved aside, never deleted."
    )
    requires_system_checks = ()  # there may be no database yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--replace", action="store_true", help="also where there is an archive with articles"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place.ours()
        try:
            backup = chosen(options["folder"].expanduser().resolve())
            with meter("Reading", self.stderr.write) as shown:
                aside = restore(
                    place,
                    backup,
                    replace=options["replace"],
                    verifying=lambda done, total: shown.show(done, total, done),
                )
            self.stdout.write(f"The archive is what {backup} holds.")
            self.stdout.write(f"What there was is in {aside}.")
            manage("rebuild_index", folder=place.data, database=database_of(place.database))
            self.stdout.write("Its index is made anew.")
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
