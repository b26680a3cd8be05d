"""One engine for each process."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

from search import get_engine
from search.engines.base import Ledger

both_at_once = Barrier(2, timeout=0.2)


class SlowlyMade:
    def __init__(self, folder: Path, key: bytes, ledger: Ledger) -> None:
        with suppress(BrokenBarrierError):
            both_at_once.wait()


def test_threads_that_come_first_together_share_one_engine(settings):
    settings.SEARCH_ENGINE = f"{__name__}.SlowlyMade"
    with ThreadPoolExecutor(2) as threads:
        first, second = (threads.submit(get_engine) for _ in range(2))
        assert first.result() is second.result()
