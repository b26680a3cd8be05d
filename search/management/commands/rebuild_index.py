"""`manage.py rebuild_index`: a new index from the database, then a switch to it."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.progress import meter
from search.engines.base import EngineError
from search.rebuild import rebuild


class Command(BaseCommand):
    help = (
        "Build a new search index beside the live one and switch to it. Searches go on meanwhile, "
        "and stopping this at any time leaves the live index as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        try:
            with meter("Indexing", self.stderr.write) as shown:
                rebuilt = rebuild(lambda done, total: shown.show(done, total, done))
        except EngineError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. The live index is as it was.", returncode=130) from None
        pace = rebuilt.indexed / max(monotonic() - began, 0.001)
        self.stdout.write(
            f"The new index is live, with {rebuilt.indexed} articles ({pace:,.0f} a second)."
        )
        if rebuilt.set_aside:
            self.stderr.write(
                f"{rebuilt.set_aside} articles could not be indexed and were set aside: "
                "see “index changes” in the admin for the reasons."
            )
