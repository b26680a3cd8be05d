"""Bulk building: any number of documents into one segment, in bounded memory.

Documents wait until there are enough of them for a run, which is a small segment of its own in a
scratch folder. At the end the runs are merged. A single run is written to its place at once.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from search.document import IndexDocument
from search.engines.whoosh.invert import Vocabulary, inverted
from search.engines.whoosh.merge import merge_segments
from search.engines.whoosh.schema import RECORD, record_of
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.write import in_order, write_segment

RUN = 20_000
"""Documents of a run."""

RUN_CHARACTERS = 32 << 20
"""Characters of text after which a run ends as well, however few its documents."""


class Builder:
    """Makes one segment of all that is added.

    Memory: about 300 MB, whatever the number of articles; an article that is longer than
    a run takes in proportion. Until the end the runs need as much room on the disk as the segment.
    """

    def __init__(self, folder: Path) -> None:
        """folder: an empty one for the runs, on the disk that the segment will be on."""
        self._folder = folder
        self._vocabulary = Vocabulary()
        self._waiting: list[IndexDocument] = []
        self._records: list[bytes] = []
        self._characters = 0
        self._runs: list[Path] = []

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """In any order. No id may come twice. Raises OSError.

        A document without a sound record raises here, and those before it have been added.
        """
        for document in documents:
            self._records.append(record_of(document))
            self._waiting.append(document)
            self._characters += characters(document)
            if len(self._waiting) >= RUN or self._characters >= RUN_CHARACTERS:
                self._spill()

    def finish(self, path: Path) -> int:
        """Write the segment, a new file, and return how many documents it has. Raises OSError.

        The runs are removed. The file is not synced.
        """
        if not self._runs:
            return self._write(path)
        if self._waiting:
            self._spill()
        nothing = np.empty(0, np.uint32)
        size = merge_segments([Part(SegmentArrays.open(run), nothing) for run in self._runs], path)
        for run in self._runs:
            run.unlink()
        self._runs = []
        return size

    def _spill(self) -> None:
        run = self._folder / f"{len(self._runs)}.run"
        self._write(run)
        self._runs.append(run)

    def _write(self, path: Path) -> int:
        documents, records = self._waiting, self._records
        self._waiting, self._records, self._characters = [], [], 0
        write(path, documents, records, self._vocabulary)
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        return len(documents)


def characters(document: IndexDocument) -> int:
    return len(document.headline) + len(document.standfirst) + len(document.body)


def build_segment(path: Path, documents: Collection[IndexDocument]) -> int:
    """Write a new file with these documents, in any order, all in memory; how many they are."""
    documents = list(documents)
    write(path, documents, list(map(record_of, documents)), Vocabulary())
    return len(documents)


def write(
    path: Path,
    documents: Sequence[IndexDocument],
    records: Sequence[bytes],
    vocabulary: Vocabulary,
) -> None:
    """records: RECORD, as bytes, of each document."""
    unsorted = np.frombuffer(b"".join(records), RECORD)
    order = in_order(unsorted)
    fields = inverted([documents[at] for at in order.tolist()], vocabulary)
    write_segment(path, unsorted[order], fields)
