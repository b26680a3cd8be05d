"""`manage.py extract_quotations`: find who said what in what the archive holds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.attribution import QuotationChanges, quotations_compare, quotations_extract
from archive.models import Article, Quotation
from archive.progress import Meter, meter
from archive.signals import bulk_changed

PART = 200  # articles in one transaction
INTERRUPTED = 130
SHOWN = 60  # characters of a quotation


class Command(BaseCommand):
    help = (
        "Find the quotations of all articles, and who said them, again. What an editor corrected "
        "stays as it is; run twice, it changes nothing. Imports do this for what they bring in: it "
        "is for what was there before, or after the rules or the people have changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="go on behind the article of this id"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell every change, and make none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        extract = quotations_compare if options["dry_run"] else quotations_extract
        count: Counter[str] = Counter()
        last = options["after"]
        try:
            with meter("Reading", self._write_line) as shown:
                for articles in _parts(last, shown):
                    changes = extract(articles=articles)
                    count += _counted(changes, articles)
                    if options["dry_run"]:
                        self.stdout.writelines(f"{line}\n" for line in _told(changes))
                    last = articles[-1]
        except KeyboardInterrupt as stop:
            raise CommandError(
                f"Interrupted. Go on with: manage.py extract_quotations --after {last}",
                returncode=INTERRUPTED,
            ) from stop
        finally:
            if not options["dry_run"]:
                self._tell_followers()
        self.stdout.write(_in_words(count, is_dry=options["dry_run"]))

    def _tell_followers(self) -> None:
        with ExitStack() as stack:

            @cache
            def shown() -> Meter:
                return stack.enter_context(meter("Indexing", self._write_line))

            bulk_changed.send(
                Quotation, progress=lambda done, total: shown().show(done, total, done)
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


def _counted(changes: QuotationChanges, articles: list[int]) -> Counter[str]:
    return Counter(
        articles=len(articles),
        added=len(changes.added),
        changed=len(changes.changed),
        dropped=len(changes.dropped),
    )


def _told(changes: QuotationChanges) -> Iterator[str]:
    yield from _lines("-", changes.dropped)
    yield from _lines("~", changes.changed)
    yield from _lines("+", changes.added)


def _lines(sign: str, quotations: Iterable[Quotation]) -> Iterator[str]:
    for one in quotations:
        words = " ".join(one.text[:SHOWN].split())
        yield f"{sign} article {one.article_id}: “{words}” – {one.speaker or one.surface or '?'}"


def _in_words(count: Counter[str], *, is_dry: bool) -> str:
    told = (
        f"{count['articles']:,} articles read. Quotations: {count['added']:,} new, "
        f"{count['changed']:,} changed, {count['dropped']:,} gone."
    )
    return f"{told} Nothing was changed (--dry-run)." if is_dry else told
