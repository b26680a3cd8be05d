"""`manage.py index_worker`: the process that keeps the index up to date with SEARCH_SYNC=worker."""

import signal
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from archive.importers.uploads import upload_step_oldest
from archive.management.background import BackgroundCommand
from archive.services import articles_publish_due
from search.desk.bulk import bulk_step_oldest
from search.engines import get_engine
from search.engines.base import EngineBusy, EngineError, IndexUnavailable
from search.outbox import Drained, drain
from search.rebuild import Progress, rebuild
from search.upkeep import mending, purging

WAIT = 5.0  # seconds for another writer: short, so that a signal to stop is soon obeyed
LONGEST_PAUSE = 60.0
BLOCKS = 1  # of the index, read again at each look: a gigabyte in five minutes


def seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise ArgumentTypeError("must be from 0 to 3600 seconds")
    return value


class Command(BackgroundCommand):
    help = (
        "Publish what is due and keep the search index up to date, until told to stop. "
        "An index that cannot be trusted is made anew, and what left it is purged."
    )
    niceness = 5  # behind those who search, before imports: what is saved is to be found soon

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")
        parser.add_argument(
            "--interval", type=seconds, default=1.0, metavar="SECONDS", help="between two looks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.work_once()
            return
        with told_to_stop() as stopping:
            self.work(stopping, options["interval"])

    def work_once(self) -> None:
        try:
            if why := mending.trouble():
                self.renew(why)
            while self.one_batch().more:
                pass
        except EngineError as error:
            raise CommandError(str(error)) from error

    def work(self, stopping: Event, interval: float) -> None:
        """Batch after batch. Trouble is said and survived, with pauses that grow up to a minute."""
        pause = interval
        while not stopping.is_set():
            try:
                self.look_after(stopping)
                pause = 0 if self.one_batch().more else interval
            except EngineBusy:
                self.stderr.write("Another process is writing the index. Waiting for it.")
            except Exception as error:  # noqa: BLE001  a worker outlives whatever befalls a batch
                pause = min(max(interval, 2 * pause, 1.0), LONGEST_PAUSE)
                self.stderr.write(
                    f"{type(error).__name__}: {error}. Nothing is lost; next try in {pause:g} s."
                )
                close_old_connections()  # the broken ones
            stopping.wait(pause)

    def look_after(self, stopping: Event) -> None:
        """See to the index itself: make a new one where it cannot be trusted, read a little of it
        again, purge what left it.

        A rebuild is tried once in a while, ever less often: what failed after hours would fail
        after hours again.
        """

        def unless_stopped(done: int, total: int) -> None:
            if stopping.is_set():
                raise InterruptedError("told to stop")

        if (why := mending.trouble()) and mending.take_turn():
            self.renew(why, unless_stopped)
        elif not why:
            get_engine().check_bytes(BLOCKS)
            if purging.take_turn():
                purging.purge(WAIT)

    def renew(self, why: str, progress: Progress | None = None) -> None:
        self.stderr.write(f"{why} This is done now.")
        rebuilt = rebuild(progress)
        self.stdout.write(
            f"The new index is live, with {rebuilt.indexed} articles, "
            f"{rebuilt.set_aside} set aside."
        )

    def one_batch(self) -> Drained:
        now = timezone.localtime()
        published = articles_publish_due(now=now)
        changing = bulk_step_oldest()
        importing = upload_step_oldest()
        try:
            batch = drain(wait=WAIT)
        except IndexUnavailable as trouble:
            mending.ask(str(trouble))
            raise
        if published or batch.applied or batch.set_aside:
            self.stdout.write(
                f"{now:%Y-%m-%d %H:%M:%S} published {published}, indexed {batch.applied}, "
                f"set aside {batch.set_aside}{', more wait' if batch.more else ''}"
            )
        return replace(batch, more=True) if changing or importing else batch


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT (Ctrl-C) set, instead of ending the process in a batch."""
    stopping = Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in signals]
    try:
        yield stopping
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
