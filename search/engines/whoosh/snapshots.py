"""The latest snapshot of a shelf, for all threads."""

import threading

import numpy as np

from search.engines.whoosh.codec import Segment
from search.engines.whoosh.manifest import Manifest
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part, Snapshot
from search.engines.whoosh.storage import ARRAYS, MANIFEST, DurableStorage, segments_in
from search.engines.whoosh.sums import Damaged
from search.engines.whoosh.trouble import trusting
from search.engines.whoosh.watched import Watched


class Snapshots:
    """Opens each commit of a shelf once, and of it only the segments that are new.

    Nothing is unpickled before the signature holds, and nothing of a segment is read before the
    checksums of all its blocks do.
    """

    def __init__(self, storage: DurableStorage) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self._latest = Watched(storage.path / MANIFEST, self._read)
        self._opened: tuple[Manifest, Snapshot] | None = None
        self._segments: dict[str, SegmentArrays] = {}

    def latest(self) -> Snapshot:
        """The last commit. Raises IndexUnavailable."""
        with trusting(self._storage.path):
            return self._latest.get()

    def _read(self) -> Snapshot:
        with self._lock:
            manifest = self._storage.manifest()
            if not self._opened or self._opened[0] != manifest:
                self._opened = self._open(manifest)
            return self._opened[1]

    def _open(self, manifest: Manifest) -> tuple[Manifest, Snapshot]:
        if self._opened and manifest.commit <= self._opened[0].commit:
            raise Damaged(f"{self._storage.path / MANIFEST} is older than what was read before.")
        try:
            return manifest, self._snapshot(manifest)
        except FileNotFoundError as lost:
            # A merge removed a file between our reading the manifest and opening the file. Then
            # there is another manifest by now.
            newer = self._storage.manifest()
            if newer == manifest:
                raise Damaged(f"{lost.filename} is missing.") from lost
            return self._open(newer)

    def _snapshot(self, manifest: Manifest) -> Snapshot:
        segments = segments_in(manifest)
        for segment in segments:  # kept one by one: a failure does not have them all checked again
            self._segments[segment.segment_id()] = self._arrays(segment, manifest)
        self._segments = {id: self._segments[id] for id in map(Segment.segment_id, segments)}
        return Snapshot([part(each, self._segments[each.segment_id()]) for each in segments])

    def part_of(self, segment: Segment) -> Part:
        """A segment for the writer: it is of the last commit, or was made just now for the next.

        Raises Damaged, NotOurArrays and OSError.
        """
        return part(segment, self._arrays(segment, self._storage.manifest()))

    def _arrays(self, segment: Segment, manifest: Manifest) -> SegmentArrays:
        """Opened unless it was before."""
        if opened := self._segments.get(segment.segment_id()):
            return opened
        name = segment.make_filename(ARRAYS)
        return SegmentArrays.open(self._storage.path_for(name), manifest.segments.get(name))


def part(segment: Segment, arrays: SegmentArrays) -> Part:
    deleted = np.fromiter(segment.deleted_docs(), np.uint32, segment.deleted_count())
    return Part(arrays, np.sort(deleted))
