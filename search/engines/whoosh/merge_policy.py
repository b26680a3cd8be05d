"""When segments are merged: few enough for searches, and little enough for edits.

A search pays for each segment, and an edit for what it has to write anew. So segments are kept in
tiers, each RATIO times as large as all smaller ones together: Lester, Moffat and Zobel, "Fast
on-line index construction by geometric partitioning" (2005). What stays of a segment is its size.

At a commit, go through the segments from the smallest to the largest, what it adds itself among
them. All up to and with the last one of which one of these holds become one segment:

- it is smaller than RATIO times all smaller ones together;
- together with all smaller ones it has no more than FLOOR documents;
- more than one in STALE of its documents is deleted.

With n documents this leaves less than 2 + log(n / FLOOR) segments, the base of the logarithm being
RATIO + 1: at most five of 200,000 or 1,000,000 documents, and two after a few edits. A commit
writes at most FLOOR documents anew, and each document is written at most log(n / FLOOR) times more,
the base being 1 + 1 / RATIO: its segment grows so much at least. Deleting one costs, in the end,
less than (STALE - 1) * (1 + 1 / RATIO) documents written anew.

Edits of one article each at 200,000 write 80 documents anew on average (measured); 1 in 400 writes
more than 1,000, and 1 in 40,000 nearly all.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from whoosh.writing import SegmentWriter

from search.engines.whoosh.codec import Segment
from search.engines.whoosh.merge import merge_segments
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.storage import ARRAYS

RATIO = 8
FLOOR = 256
STALE = 5


class Count(NamedTuple):
    """How many documents a segment has, deleted ones included, and how many of them are."""

    documents: int
    deleted: int

    @property
    def staying(self) -> int:
        return self.documents - self.deleted


def plan_merge(segments: Sequence[Count]) -> list[int]:
    """Which segments are to become one: none, or one that is to be cleared, or several."""
    from_smallest = sorted(range(len(segments)), key=lambda number: segments[number].staying)
    smaller = merged = 0
    for end, number in enumerate(from_smallest, 1):
        segment = segments[number]
        tier = end > 1 and segment.staying < max(RATIO * smaller, FLOOR - smaller + 1)
        if tier or segment.deleted * STALE > segment.documents:
            merged = end
        smaller += segment.staying
    return sorted(from_smallest[:merged])


def merge_by_tiers(
    writer: SegmentWriter, segments: list[Segment], part_of: Callable[[Segment], Part]
) -> list[Segment]:
    """The segments of a commit once they are merged by the policy. As `merged`."""
    counts = [Count(segment.doc_count_all(), segment.deleted_count()) for segment in segments]
    return merged(writer, segments, plan_merge(counts), part_of)


def cleared(
    writer: SegmentWriter, segments: list[Segment], part_of: Callable[[Segment], Part]
) -> list[Segment]:
    """The segments of a commit, of which those with deleted documents have become one without. As
    `merged`."""
    chosen = [number for number, segment in enumerate(segments) if segment.deleted_count()]
    return merged(writer, segments, chosen, part_of)


def merged(
    writer: SegmentWriter,
    segments: list[Segment],
    chosen: list[int],
    part_of: Callable[[Segment], Part],
) -> list[Segment]:
    """The segments, the chosen ones as one, if anything stays of them.

    The writer is one with our codec and a DurableStorage. Raises OSError, and what `part_of` does.
    """
    others = [segment for number, segment in enumerate(segments) if number not in chosen]
    parts = [part_of(segments[number]) for number in chosen]
    if not any(part.arrays.size > part.deleted.size for part in parts):
        return others
    one = writer.codec.new_segment(writer.storage, writer.indexname)
    one.set_doc_count(merge_segments(parts, writer.storage.path_for(one.make_filename(ARRAYS))))
    return [*others, one]
