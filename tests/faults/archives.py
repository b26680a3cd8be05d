"""An archive of any size to try things on, and the settings that it is served with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

from tests.faults.asked import Asked

if TYPE_CHECKING:
    from benchmarks.corpus import Corpus

SECRET = "of a site that nobody visits, long enough for Django not to mind"


def environment(folder: Path, **others: str) -> dict[str, str]:
    """Settings as in production, but for HTTPS, with the data in a folder."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BACKFILE_DATA": str(folder),
        "DATABASE_URL": "",
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "LIMIT_REQUESTS": "0",  # all of them come from one address
        **others,
    }


@contextmanager
def archive_of(size: int, keep: Path | None, **others: str) -> Iterator[Path]:
    """Set Django up on an archive of so many articles, made unless it is kept there.

    The same folder serves `python -m benchmarks.web --keep`.
    """
    with TemporaryDirectory() as passing:
        folder = (keep or Path(passing)).resolve() / f"web-{size}"
        (folder / "static").mkdir(parents=True, exist_ok=True)
        os.environ |= environment(folder, **others)
        django.setup()
        _make(size)
        yield folder


def _make(size: int) -> None:
    from django.core.management import call_command

    from archive.progress import meter
    from benchmarks.archived import archive, is_archived
    from benchmarks.kept import say
    from search.models import IndexChange

    call_command("collectstatic", interactive=False, verbosity=0)
    if not is_archived(corpus(size)):
        with meter("Archiving, then indexing", say) as shown:
            archive(corpus(size), lambda done, total: shown.show(done, total, done))
    # It may have been kept by an earlier version. Then a migration has every article indexed
    # again, although none has changed; only the index may have another layout.
    IndexChange.objects.all().delete()
    call_command("index_worker", "--once")


@cache
def corpus(size: int) -> "Corpus":
    """What an archive of this size is made of."""
    from benchmarks.corpus import Corpus
    from benchmarks.sentences import real_sentences

    return Corpus(size, real_sentences())


def ordinary_searches(size: int) -> list[Asked]:
    """The benchmarks' sixty queries, as htmx sends them."""
    from benchmarks.queries import sixty
    from benchmarks.web import address

    htmx = (("HX-Request", "true"),)
    addresses = map(address, sixty(corpus(size)))
    return [Asked("search", "/search/", query, headers=htmx) for query in addresses]
