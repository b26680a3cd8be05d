"""`manage.py export_articles`: write what a search finds, or everything, in a format of news."""

import logging
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from archive.audit import entry_write, operator
from archive.exporters.formats import FORMATS, Format
from archive.exporters.records import records_of
from archive.models import Article, AuditEntry
from archive.selectors import public_articles
from search.engines.base import IndexUnavailable
from search.harvest import all_ids, public_ids
from search.language.parser import Parsed, parse
from search.language.tree import Everything
from search.request import SearchRequest

COULD_NOT_RUN = 2
logger = logging.getLogger("archive.export")


class Command(BaseCommand):
    help = (
        "Write the public articles that QUERY finds, the oldest first, or all of them without one. "
        "What is written is imported again unchanged. Exit code 0: done; 2: it could not run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", metavar="QUERY", nargs="?", default="")
        parser.add_argument("--format", choices=tuple(FORMATS), default="jsonl")
        parser.add_argument(
            "--output", metavar="FILE", default="-", help="- (%(default)s): the standard output"
        )
        parser.add_argument(
            "--desk",
            action="store_true",
            help="also what is not public: drafts, withdrawn articles, notes for editors only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        query = parse(options["query"], timezone.localdate())
        for note in query.notes:
            self.stderr.write(self.style.WARNING(str(note)))
        if query.notes and isinstance(query.tree, Everything):
            raise CommandError(
                "Nothing of the query was understood; without one everything is exported.",
                returncode=COULD_NOT_RUN,
            )
        try:
            with self._opened(options["output"]) as out:
                count = _write(FORMATS[options["format"]], query, out, desk=options["desk"])
        except IndexUnavailable as error:
            raise CommandError(str(error), returncode=COULD_NOT_RUN) from error
        except BrokenPipeError:  # `… | head` has read enough; Python would complain at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError as error:
            raise CommandError(f"{options['output']}: {error}", returncode=COULD_NOT_RUN) from error
        # Who took what out of the archive is written down, above all what nobody else may see.
        shelf = "desk" if options["desk"] else "public"
        told = f"{shelf}, {options['format']}: {options['query'] or 'all'}"
        entry_write(kind=AuditEntry.Kind.EXPORTED, count=count, note=told)
        logger.info("%s exported %s articles, %s", operator(), f"{count:,}", told)

    def _opened(self, output: str) -> AbstractContextManager[TextIO]:
        if output == "-":
            return nullcontext(cast(TextIO, self.stdout))
        return _whole_file(Path(output))


def _write(format: Format, query: Parsed, out: TextIO, *, desk: bool) -> int:
    articles = Article.objects.all() if desk else public_articles()
    ids = _ids(articles, query, desk=desk)
    return format.write(records_of(articles, ids, whole=desk), out)


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A file that is there only once it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _ids(articles: QuerySet[Article], query: Parsed, *, desk: bool) -> Iterable[int]:
    if isinstance(query.tree, Everything):
        return articles.order_by("pk").values_list("pk", flat=True).iterator()
    find = all_ids if desk else public_ids
    return find(SearchRequest(query=query))
