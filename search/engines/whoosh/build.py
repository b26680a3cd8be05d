"""Bulk building: any number of documents into one segment, in bounded memory.

Documents wait until there are enough of them for a run, which is a small segment of its own in a
scratch folder. At the end the runs are merged. A single run is written to its place at once.
"""

from collections.abc import Iterable, Sequence
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

    Memory: that of one run, about 300 MB (measured, see `benchmarks`), and beyond that only what
    one article alone needs that is longer than a run.
    """

    def __init__(self, folder: Path) -> None:
        """folder: an empty one for the runs, on the disk that the segment will be on."""
        self._folder = folder
        self._vocabulary = Vocabulary()
        self._waiting: list[IndexDocument] = []
        self._characters = 0
        self._runs: list[Path] = []

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """In any order. No id may come twice. Raises OSError."""
        for document in documents:
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
        documents, self._waiting, self._characters = self._waiting, [], 0
        build_segment(path, documents, self._vocabulary)
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        return len(documents)


def characters(document: IndexDocument) -> int:
    return len(document.headline) + len(document.standfirst) + len(document.body)


def build_segment(
    path: Path, documents: Sequence[IndexDocument], vocabulary: Vocabulary | None = None
) -> None:
    """Write a new file with these documents, in any order, all in memory."""
    records = np.frombuffer(b"".join(map(record_of, documents)), RECORD)
    order = in_order(records)
    fields = inverted([documents[at] for at in order.tolist()], vocabulary or Vocabulary())
    write_segment(path, records[order], fields)
