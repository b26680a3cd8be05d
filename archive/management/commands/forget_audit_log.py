"""`manage.py forget_audit_log`: remove what the audit log need not keep any longer."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from archive.audit import entries_forget


class Command(BaseCommand):
    help = "Remove the entries of the audit log that are older than so many days, for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, required=True, metavar="DAYS")

    def handle(self, *args: Any, older_than: int, **options: Any) -> None:
        if older_than < 1:
            raise CommandError("--older-than takes a number of days, 1 or more.")
        count = entries_forget(before=timezone.now() - timedelta(days=older_than))
        self.stdout.write(f"Removed {count:,} entries.")
