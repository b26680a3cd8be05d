"""Indexes on disk: built once for a corpus, kept, opened again."""

import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from archive.progress import meter
from benchmarks.corpus import Corpus
from benchmarks.fresh import in_fresh_process
from benchmarks.peers import peer_class
from benchmarks.peers.base import Peer
from benchmarks.sentences import real_sentences
from search.document import IndexDocument

SHOWN = 500
"""Articles after which progress is shown again."""


@dataclass(frozen=True, slots=True)
class Built:
    """How an index came about, on one processor, without what making the articles took.

    processor_seconds: without waiting for the disk or for other programs, of which a server is one.
    peak_bytes: what the process came to hold beside the sentences that articles are made of.
    """

    articles: int
    seconds: float
    processor_seconds: float
    peak_bytes: int
    index_bytes: int


class Kept:
    """The indexes of one corpus in a folder."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._folder = folder / corpus.key
        self._size = corpus.size

    def folder(self, peer: type[Peer]) -> Path:
        return self._folder / peer.index

    def built(self, peer: type[Peer], *, again: bool = False) -> Built:
        """Build the index unless it is there. A building that was broken off is begun anew."""
        folder = self.folder(peer)
        report = folder.with_name(f"{folder.name}.json")
        if again or not report.exists():
            report.unlink(missing_ok=True)
            peer.remove(folder)
            folder.mkdir(parents=True)
            built = in_fresh_process(build, peer.name, folder, self._size)
            report.write_text(json.dumps(asdict(built)), encoding="utf-8")
        return Built(**json.loads(report.read_text(encoding="utf-8")))


@contextmanager
def indexes(folder: Path | None, corpus: Corpus, peers: Iterable[type[Peer]]) -> Iterator[Kept]:
    """Kept in a folder; without one, gone afterwards."""
    if folder:
        yield Kept(folder, corpus)
        return
    with TemporaryDirectory() as place:
        kept = Kept(Path(place), corpus)
        try:
            yield kept
        finally:
            for peer in peers:
                peer.remove(kept.folder(peer))


def build(name: str, folder: Path, size: int) -> Built:
    """Build an index in this process, which is bound to one processor for it."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peer = peer_class(name)
    making = Making(Corpus(size, real_sentences()), f"Building {name}")
    held = memory_peak()
    started, processor_started = perf_counter(), processor_time()
    peer.build(folder, making)
    return Built(
        articles=size,
        seconds=perf_counter() - started - making.seconds,
        processor_seconds=processor_time() - processor_started - making.seconds,
        peak_bytes=memory_peak() - held,
        index_bytes=peer.size(folder),
    )


class Making:
    """A corpus that shows how much of it is made, and counts what making it takes.

    Counted is the processor's time for this thread alone: what an engine's own threads do
    meanwhile, on the same processor, is the engine's time.
    """

    def __init__(self, corpus: Corpus, label: str) -> None:
        self._corpus, self._label = corpus, label
        self.seconds = 0.0

    def __len__(self) -> int:
        return len(self._corpus)

    def __iter__(self) -> Iterator[IndexDocument]:
        with meter(self._label, say) as shown:
            started = thread_time()
            for number, article in enumerate(self._corpus, start=1):
                self.seconds += thread_time() - started
                yield article
                if number % SHOWN == 0:
                    shown.show(number, len(self), number)
                started = thread_time()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def processor_time() -> float:
    """Seconds of this process and of those that it began and that have ended."""
    return sum(os.times()[:4])


def memory_peak() -> int:
    """The most bytes that this process ever held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
