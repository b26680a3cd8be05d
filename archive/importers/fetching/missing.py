"""The files that articles of an import name by their addresses: fetched, kept, and named in their
rows. What is there is not fetched again; what cannot be had is noted in the batch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, takewhile
from threading import Event
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction

from archive.importers.fetching.fetcher import Fetched, Fetcher
from archive.importers.fetching.fetches import Fetches
from archive.importers.fetching.guard import FetchError, UnreachableError
from archive.importers.fetching.kinds import KINDS
from archive.importers.writing.media import FETCHED, keep_as
from archive.importers.writing.prepared import article_key
from archive.models import FetchFailure, ImportBatch, Media

AT_ONCE = 4  # servers that are asked at the same time, each for one file after the other
PART = 50  # rows that are looked at together
PATIENCE = 3  # times in a row that a server may be silent


class _Missing(NamedTuple):
    pk: int
    kind: str
    url: str


class _Answer(NamedTuple):
    """What came of one address: a file, or why there is none."""

    one: _Missing
    file: Fetched | None = None
    reason: str = ""


def media_fetch(
    *,
    batch: ImportBatch,
    is_met: Callable[[str], bool],
    fetcher: Fetcher,
    told: Callable[[Fetches], object],
) -> Fetches:
    """Fetch what the archive knows by its address alone, of the articles that `is_met` by their
    `article_key`. What failed in this batch before is not tried again in it.

    told: how far it came, now and then.
    """
    total = Fetches()
    for part in _parts(is_met):
        came = _fetch(part, batch, fetcher)
        total = Fetches(total.fetched + came.fetched, total.failed + came.failed)
        told(total)
    return total


def _parts(is_met: Callable[[str], bool]) -> Iterator[list[_Missing]]:
    missing = Media.objects.filter(file="", kind__in=KINDS).exclude(url="").order_by("pk")
    columns = ("article__source__name", "article__external_id", "article__url")
    last = 0
    while rows := list(
        missing.filter(pk__gt=last).values_list("pk", "kind", "url", *columns)[:PART]
    ):
        last = rows[-1][0]
        if part := [_Missing(*row[:3]) for row in rows if is_met(article_key(*row[3:]))]:
            yield part


def _fetch(part: Sequence[_Missing], batch: ImportBatch, fetcher: Fetcher) -> Fetches:
    urls = {one.url for one in part}
    held = Media.objects.filter(url__in=urls, file__startswith=FETCHED)
    names = dict(held.values_list("url", "file"))
    failed = set(batch.fetch_failures.filter(url__in=urls).values_list("url", flat=True))
    to_fetch = {one.url: one for one in part if one.url not in names and one.url not in failed}
    answers = _fetched(to_fetch.values(), fetcher)
    names |= {answer.one.url: _kept(answer.file) for answer in answers if answer.file}
    failures = [
        FetchFailure(batch=batch, url=answer.one.url, reason=answer.reason)
        for answer in answers
        if not answer.file
    ]
    with transaction.atomic():
        FetchFailure.objects.bulk_create(failures)
        _name(part, names)
    return Fetches(len(answers) - len(failures), len(failures))


def _fetched(missing: Iterable[_Missing], fetcher: Fetcher) -> list[_Answer]:
    """Each server is asked for one thing at a time, and few servers at once."""
    by_server: defaultdict[str, list[_Missing]] = defaultdict(list)
    for one in missing:
        by_server[_server(one.url)].append(one)
    is_stopped = Event()

    def ask(wanted: Sequence[_Missing]) -> list[_Answer]:
        return list(_asked(takewhile(lambda _: not is_stopped.is_set(), wanted), fetcher))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return list(chain.from_iterable(pool.map(ask, by_server.values())))
        except BaseException:  # Ctrl-C, above all: nothing new is begun
            is_stopped.set()
            raise


def _server(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _asked(wanted: Iterable[_Missing], fetcher: Fetcher) -> Iterator[_Answer]:
    """What comes of each thing that one server is asked for. Silent for so long, it is given up."""
    silent = 0
    reason = ""
    for one in wanted:
        if silent >= PATIENCE:
            yield _Answer(one, reason=reason)
            continue
        try:
            yield _Answer(one, fetcher.fetch(one.url, one.kind))
            silent = 0
        except FetchError as error:
            silent = silent + 1 if isinstance(error, UnreachableError) else 0
            reason = str(error)
            yield _Answer(one, reason=reason)


def _kept(file: Fetched) -> str:
    """Its name in the archive's storage, which is the archive's own. The disk has it by then."""
    name = f"{FETCHED}{file.digest[:2]}/{file.digest[2:40]}{file.ending}"
    keep_as(name, file.path)
    file.path.unlink()
    return name


def _name(part: Sequence[_Missing], names: Mapping[str, str]) -> None:
    """Write into the rows where their files are, unless somebody was quicker."""
    pks = [one.pk for one in part if one.url in names]
    rows = list(Media.objects.select_for_update().filter(pk__in=pks, file=""))
    for row in rows:
        row.file.name = names[row.url]
    Media.objects.bulk_update(rows, ["file"])
