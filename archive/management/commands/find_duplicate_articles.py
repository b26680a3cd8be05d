"""`manage.py find_duplicate_articles`: fill the editors' queue of articles there twice."""

from typing import Any

from archive.duplicates import duplicates_find
from archive.duplicates.finding import not_looked_at
from archive.management.background import BackgroundCommand
from archive.models import Duplicate
from archive.progress import meter

PART = 500  # articles in one transaction


class Command(BackgroundCommand):
    help = (
        "Look for articles with nearly the same text and put them into the editors’ queue. Nothing "
        "is merged or dropped. Imports do this for what they bring in: it is for what was there "
        "before. Interrupted, it goes on where it was when run again; later it looks at what is "
        "new or was changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = not_looked_at().values_list("pk", flat=True)
        total, done, found, last = waiting.count(), 0, 0, 0
        with meter("Comparing", self._write_line) as shown:
            while part := list(waiting.filter(pk__gt=last)[:PART]):
                found += duplicates_find(articles=part)
                done, last = done + len(part), part[-1]
                shown.show(done, total, done)
        queue = Duplicate.objects.filter(state=Duplicate.State.LIKELY).count()
        self.stdout.write(f"{done:,} articles compared: {found:,} new pairs; {queue:,} wait.")

    def _write_line(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)
