"""The search as a browser asks for it, beside a page that shows nothing but itself.

    python -m benchmarks.web [--documents N] [--rounds N] [--keep FOLDER]

Each of the sixty queries (`queries.py`) is asked as htmx asks: the fragment with twenty marked
results, all facets and the histogram. In between, the same process answers with a template of the
same size that has nothing to fill in. SQLite, one thread, everything warm.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import django
import numpy as np

if TYPE_CHECKING:
    from benchmarks.corpus import Corpus
    from benchmarks.queries import Query
    from benchmarks.requests import Milliseconds, Site

PAGE = "/search/"
STILL = "/still/"


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds of one request. search, still: f8 [rounds, queries].

    parts: means, measured in rounds of their own. size: bytes of the still page, and the median of
    the others. queries: the most that a request asks of the database.
    """

    search: np.ndarray
    still: np.ndarray
    parts: "Milliseconds"
    size: int
    queries: int

    @property
    def ratio(self) -> float:
        """How many times longer a search takes: means over the queries of medians of the rounds."""
        return float(np.median(self.search, axis=0).mean() / np.median(self.still, axis=0).mean())


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=15, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the database there")
    wanted = parser.parse_args()
    with nullcontext(wanted.keep) if wanted.keep else tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder) / f"web-{wanted.documents}")
        show(measured(wanted.documents, wanted.rounds))
    return 0


def prepare(folder: Path) -> None:
    """Set Django up as in production, with its data in a folder."""
    templates = folder / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BACKFILE_DATA": str(folder),
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "of a site that nobody visits, long enough for Django not to mind",
        "ALLOWED_HOSTS": "localhost",
        "SEARCH_SYNC": "inline",
    }
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.website"
    settings.TEMPLATES[0]["DIRS"].append(templates)  # type: ignore[attr-defined]
    django.setup()


def measured(documents: int, rounds: int) -> Figures:
    from benchmarks.corpus import Corpus
    from benchmarks.queries import sixty
    from benchmarks.requests import Site
    from benchmarks.sentences import real_sentences

    corpus = Corpus(documents, real_sentences())
    keep(corpus)
    site, asked = Site(), [address(query) for query in sixty(corpus)]
    size = write_still([site.get(PAGE, query) for query in asked])
    site.get(STILL)
    queries = max(site.queries(PAGE, query) for query in asked)
    times = np.array(
        [
            [(site.milliseconds(PAGE, query), site.milliseconds(STILL)) for query in asked]
            for _ in range(rounds)
        ]
    )
    return Figures(times[..., 0], times[..., 1], parts(site, asked, rounds), size, queries)


def keep(corpus: "Corpus") -> None:
    from archive.progress import meter
    from benchmarks.archived import archive, is_archived
    from benchmarks.kept import say

    if not is_archived(corpus):
        with meter("Archiving, then indexing", say) as shown:
            archive(corpus, lambda done, total: shown.show(done, total, done))


def address(query: "Query") -> str:
    """What a browser would ask."""
    from search.forms import SearchForm, TypedDate
    from search.request import Facet

    asked = query.request
    form = SearchForm(
        q=query.text,
        chosen={Facet.PERSON: asked.people, Facet.SECTION: asked.sections},
        since=TypedDate(asked.start.isoformat() if asked.start else ""),
        until=TypedDate(asked.end.isoformat() if asked.end else ""),
    )
    return form.query


def write_still(pages: Sequence[bytes]) -> int:
    """The template, a copy of the page that is the middle one by its size; returns that size."""
    from django.conf import settings

    from benchmarks.website import STILL as NAME

    middle = sorted(pages, key=len)[len(pages) // 2].decode()
    text = "{% verbatim still %}" + middle + "{% endverbatim still %}"
    Path(settings.TEMPLATES[0]["DIRS"][-1], NAME).write_text(text, encoding="utf-8")  # type: ignore[index]
    return len(middle.encode())


def parts(site: "Site", asked: Sequence[str], rounds: int) -> "Milliseconds":
    """Where the time of a search goes; the rest is Django's own, and the form's."""
    from benchmarks.requests import parts_timed

    with parts_timed() as spent:
        whole = sum(
            site.milliseconds(PAGE, query) for query in chain.from_iterable([asked] * rounds)
        )
    requests = len(asked) * rounds
    means = {name: total / requests for name, total in spent.items()}
    return means | {"Django, form": whole / requests - sum(means.values()), "all": whole / requests}


def show(figures: Figures) -> None:
    print(f"{figures.size:,} bytes, {figures.queries} database queries at most.")
    print(f"load average {os.getloadavg()[0]:.1f}, this run's 1 included\n")
    print(f"{'milliseconds':>24} {'median':>8} {'fastest':>8} {'p95':>8}")
    for name, times in (("search", figures.search), ("still page", figures.still)):
        middle = np.median(times, axis=0)
        values = (middle.mean(), times.min(axis=0).mean(), float(np.percentile(middle, 95)))
        print(f"{name:>24} " + " ".join(f"{value:8.2f}" for value in values))
    print(f"{'times longer':>24} {figures.ratio:8.1f}\n")
    print("Where the time goes, means (a clock read at each part makes the whole a little slower):")
    for name, value in figures.parts.items():
        print(f"{name:>24} {value:8.2f}  {value / figures.parts['all']:5.0%}")


if __name__ == "__main__":
    sys.exit(main())
