"""Bulk building: any number of documents into one segment, in bounded memory.

Documents are taken apart a batch at a time, and what is left of them waits until there is enough
for a run, which is a small segment of its own in a scratch folder. At the end the runs are merged.
A single run is written to its place at once.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from search.document import IndexDocument
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.invert import Streams, Vocabulary, inverted, streams_of
from search.engines.whoosh.merge import merge_segments
from search.engines.whoosh.schema import RECORD, record_of
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.streams import joined
from search.engines.whoosh.write import Inverted, in_order, write_run, write_segment

Write = Callable[[Path, Array, dict[str, Inverted]], None]

BATCH = 1 << 20
"""Bytes of documents, about, that are taken apart together."""

RUN = 3 << 20
"""Words of a run, about."""


class Builder:
    """Makes one segment of all that is added.

    Memory: about 400 MB, whatever the number of articles; an article that is longer than
    a run takes in proportion. Until the end the runs need as much room on the disk as the segment.
    """

    def __init__(self, folder: Path) -> None:
        """folder: an empty one for the runs, on the disk that the segment will be on."""
        self._folder = folder
        self._run = Run(Vocabulary())
        self._runs: list[Path] = []

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """In any order. No id may come twice. Raises OSError.

        A document without a sound record raises here; some of those before it have been added.
        """
        for batch in batches(documents):
            self._run.add(batch)
            if self._run.words >= RUN:
                self._spill()

    def finish(self, path: Path) -> int:
        """Write the segment, a new file, and return how many documents it has. Raises OSError.

        The runs are removed. The file is not synced.
        """
        if not self._runs:
            return self._run.write(path, write_segment)
        if self._run.words:
            self._spill()
        nothing = np.empty(0, np.uint32)
        size = merge_segments([Part(SegmentArrays.open(run), nothing) for run in self._runs], path)
        for run in self._runs:
            run.unlink()
        self._runs = []
        return size

    def _spill(self) -> None:
        path = self._folder / f"{len(self._runs)}.run"
        self._run.write(path, write_run)
        self._runs.append(path)
        self._run = Run(self._run.vocabulary.unless_full())


class Run:
    """Documents taken apart, on their way into a segment."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.words = 0
        """How many there are, counting one for each document as well."""
        self._records: list[bytes] = []
        self._streams: list[Streams] = []

    def add(self, documents: list[IndexDocument]) -> None:
        """All of them or, if one raises, none."""
        records = list(map(record_of, documents))
        streams = streams_of(documents, self.vocabulary)
        self._records += records
        self._streams.append(streams)
        self.words += len(records) + sum(len(stream.terms) for stream in streams.values())

    def write(self, path: Path, write: Write) -> int:
        """Write a new file, and return how many documents it has. Nothing of them is left here."""
        unsorted = np.frombuffer(b"".join(self._records), RECORD)
        order = in_order(unsorted)
        batches, self._streams = self._streams, []
        streams = {
            name: joined([batch[name] for batch in batches]).ordered(order) for name in batches[0]
        }
        del batches
        write(path, unsorted[order], inverted(streams, self.vocabulary))
        return len(unsorted)


def batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """Lists of documents of about BATCH bytes; at least one, maybe empty."""
    batch: list[IndexDocument] = []
    room = BATCH
    for document in documents:
        batch.append(document)
        room -= bytes_of(document)
        if room <= 0:
            yield batch
            batch, room = [], BATCH
    yield batch


def bytes_of(document: IndexDocument) -> int:
    """What it takes in memory, about."""
    said = sum(100 + len(quote.words) for quote in document.quotes)
    return 500 + len(document.headline) + len(document.standfirst) + len(document.body) + said


def build_segment(path: Path, documents: Iterable[IndexDocument]) -> int:
    """Write a new file with these documents, in any order, all in memory; how many they are."""
    run = Run(Vocabulary())
    for batch in batches(documents):
        run.add(batch)
    return run.write(path, write_segment)
