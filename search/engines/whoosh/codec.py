"""How segments are kept on disk. For now as Whoosh keeps them, under names of our own."""

from uuid import uuid4

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import Storage


class SegmentCodec(W3Codec):
    """Whoosh's own codec. Segments keep a reference to this class, so it stays where it is."""

    def new_segment(self, storage: Storage, indexname: str) -> W3Segment:
        """A segment with a name that was never there before. Whoosh draws names from `random`,
        which anybody may seed; a name that comes again overwrites a segment that is in use.
        """
        return W3Segment(self, indexname, segid=uuid4().hex)
