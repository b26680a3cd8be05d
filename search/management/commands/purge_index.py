"""`manage.py purge_index`: no byte stays in the search index of what is withdrawn or deleted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.outbox import COMMAND_WAIT, drain_all
from search.upkeep.purging import purge


class Command(BaseCommand):
    help = (
        "Write the search index anew as far as it has documents that left it: withdrawn, deleted, "
        "or edited since. This happens by itself, too; run it where it has to be now."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drain_all()  # what waits has not left yet
            remains = purge(COMMAND_WAIT)
        except EngineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Purged what was left of {remains.gone} articles that are gone "
            f"and of {remains.replaced} that have another text."
        )
