"""`manage.py search QUERY`: the search page in a terminal, or as JSON for a script."""

import html
import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.html import strip_tags

from archive.plain import for_terminal
from search import search
from search.engines.base import IndexUnavailable
from search.language.dates import DateNotUnderstoodError, parse_period
from search.language.limits import MAX_WINDOW
from search.language.parser import parse
from search.language.periods import Period
from search.naming import people_named
from search.request import Facet, Hit, SearchPage, SearchRequest, Sort


class Command(BaseCommand):
    help = "Search the public articles. An empty QUERY matches everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", metavar="QUERY", nargs="?", default="")
        parser.add_argument(
            "--person",
            metavar="NAME",
            action="append",
            default=[],
            help="only articles that mention this person; given again: or that one",
        )
        parser.add_argument("--from", dest="start", metavar="D", help="2009, Dec 2009, 17/12/2009")
        parser.add_argument("--to", dest="end", metavar="D", help="the same; its last day included")
        parser.add_argument("--sort", choices=[sort.value for sort in Sort], default=Sort.RELEVANCE)
        parser.add_argument("--limit", type=int, default=20, metavar="N")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["limit"] <= MAX_WINDOW:
            raise CommandError(f"--limit must be from 0 to {MAX_WINDOW}.", returncode=2)
        start, end = period("--from", options["start"]), period("--to", options["end"])
        request = SearchRequest(
            query=parse(options["query"], timezone.localdate()),
            people=tuple(slug for name in options["person"] for slug in people_named(name)),
            start=start.start if start else None,
            end=end.end if end else None,
            sort=Sort(options["sort"]),
            limit=options["limit"],
        )
        try:
            page = search(request)
        except IndexUnavailable as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            if options["json"]:
                self.stdout.write(json.dumps(as_json(options["query"], page), ensure_ascii=False))
            else:
                self.print_page(page)
            self.stdout.flush()
        except BrokenPipeError:  # `search … | head` has read enough; Python would complain at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def print_page(self, page: SearchPage) -> None:
        for note in page.notes:
            self.stderr.write(self.style.WARNING(str(note)))
        self.stdout.write(f"{page.total} {'article' if page.total == 1 else 'articles'}")
        if page.suggestion:
            self.stdout.write(f"Did you mean {page.suggestion}?")
        for hit in page.hits:
            day = timezone.localtime(hit.published).date().isoformat() if hit.published else ""
            self.stdout.write("\n" + self.style.MIGRATE_HEADING(plain(hit.headline)))
            self.stdout.write(f"  {day or 'undated'}  {for_terminal(hit.source)}  {hit.url}")
            self.stdout.write(f"  {plain(hit.snippet)}")
        for facet, counts in page.facets.items():
            values = ", ".join(
                f"{for_terminal(count.label)} ({count.count})" for count in counts[:10]
            )
            if values:
                self.stdout.write(f"\n{facet}: {values}")


def period(option: str, text: str | None) -> Period | None:
    if text is None:
        return None
    try:
        return parse_period(text, timezone.localdate())
    except DateNotUnderstoodError as error:
        raise CommandError(f"{option}: {error}", returncode=2) from error


def plain(marked: str) -> str:
    """Highlighted HTML as plain text on one line."""
    return for_terminal(html.unescape(strip_tags(marked)))


def as_json(query: str, page: SearchPage) -> dict[str, Any]:
    """What a script is promised; new keys may come, these stay."""
    return {
        "query": query,
        "total": page.total,
        "notes": [str(note) for note in page.notes],
        "suggestion": page.suggestion or None,
        "hits": [hit_as_json(hit) for hit in page.hits],
        "facets": {
            **{facet.value: facet_as_json(page, facet) for facet in Facet},
            "month": [
                {"value": count.start.isoformat()[:7], "count": count.count} for count in page.dates
            ],
        },
        "undated": page.undated,
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "external_id": hit.external_id,
        "headline": plain(hit.headline),
        "published": timezone.localtime(hit.published).isoformat() if hit.published else None,
        "url": hit.url,
        "score": hit.score,
        "snippet": plain(hit.snippet),
    }


def facet_as_json(page: SearchPage, facet: Facet) -> list[dict[str, Any]]:
    return [
        {"value": count.value, "label": count.label, "count": count.count}
        for count in page.facets[facet]
    ]
