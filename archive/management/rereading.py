"""Commands that read all articles again, part by part, and bring up to date what was found."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from django.core.management.base import CommandError, CommandParser
from django.db.models import Model

from archive.management.background import BackgroundCommand
from archive.models import Article
from archive.progress import Meter, meter
from archive.signals import bulk_changed

PART = 200  # articles in one transaction
INTERRUPTED = 130

Changes = TypeVar("Changes")


class RereadingCommand(BackgroundCommand, Generic[Changes]):
    """Says what to read, and how to tell of it; running it twice changes nothing."""

    name: ClassVar[str]
    found: ClassVar[type[Model]]

    def extract(self, articles: Collection[int]) -> Changes:
        """Bring the articles with these ids up to date."""
        raise NotImplementedError

    def compare(self, articles: Collection[int]) -> Changes:
        """What that would change."""
        raise NotImplementedError

    def counted(self, changes: Changes) -> Counter[str]:
        raise NotImplementedError

    def told(self, changes: Changes) -> Iterator[str]:
        """A line for each change."""
        raise NotImplementedError

    def in_words(self, count: Counter[str]) -> str:
        """All changes in one sentence."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="go on behind the article of this id"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell every change, and make none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry, last = options["dry_run"], options["after"]
        count: Counter[str] = Counter()
        try:
            with meter("Reading", self._write_line) as shown:
                for articles in _parts(last, shown):
                    changes = self.compare(articles) if is_dry else self.extract(articles)
                    count += self.counted(changes) + Counter(articles=len(articles))
                    if is_dry:
                        self.stdout.writelines(f"{line}\n" for line in self.told(changes))
                    last = articles[-1]
        except KeyboardInterrupt as stop:
            raise CommandError(
                f"Interrupted. Go on with: manage.py {self.name} --after {last}",
                returncode=INTERRUPTED,
            ) from stop
        finally:
            if not is_dry:
                self._tell_followers()
        nothing = " Nothing was changed (--dry-run)." if is_dry else ""
        self.stdout.write(f"{count['articles']:,} articles read. {self.in_words(count)}{nothing}")

    def _tell_followers(self) -> None:
        with ExitStack() as stack:

            @cache
            def shown() -> Meter:
                return stack.enter_context(meter("Indexing", self._write_line))

            bulk_changed.send(
                self.found, progress=lambda done, total: shown().show(done, total, done)
            )

    def _write_line(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)


def _parts(after: int, shown: Meter) -> Iterator[list[int]]:
    """The ids of the articles behind one, part by part; each is shown once it is done."""
    waiting = Article.objects.filter(pk__gt=after).order_by("pk")
    total, done = waiting.count(), 0
    while part := list(waiting.filter(pk__gt=after).values_list("pk", flat=True)[:PART]):
        yield part
        after, done = part[-1], done + len(part)
        shown.show(done, total, done)
