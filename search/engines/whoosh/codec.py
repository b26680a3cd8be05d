"""How segments are kept on disk: Whoosh's own extension point over one file of arrays each.

Of what Whoosh offers no private attribute is used. What it asks of a codec, a segment and their
writers beyond `whoosh.codec.base` is written at each of them, and held by
`tests/search/whoosh/test_codec.py`, which drives Whoosh's own writer, reader and searcher.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage

from search.engines.whoosh.codec_reading import DocumentsReader, TermsReader
from search.engines.whoosh.codec_writing import FieldsWriter, RecordsWriter
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.storage import ARRAYS, DurableStorage


class Segment(base.Segment):
    """The name of a segment, how many documents it has, and the numbers of those deleted since.

    Whoosh keeps it, pickled, in its table of contents: this class stays where it is, and no
    attribute changes its meaning unless `schema.LAYOUT` is raised. `indexname`, `segid` and
    `compound` are Whoosh's.
    """

    def __init__(self, indexname: str, documents: int = 0) -> None:
        """A segment with a name that was never there before. Whoosh draws names from `random`,
        which anybody may seed; a name that comes again overwrites a segment that is in use.
        """
        self.indexname = indexname
        self.segid = uuid4().hex
        self.compound = False
        self.documents = documents
        self.deleted: set[int] = set()

    def codec(self) -> "SegmentCodec":
        return SegmentCodec()

    def should_assemble(self) -> bool:
        """One file is compound enough."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        self.documents = doccount

    def doc_count_all(self) -> int:
        return self.documents

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.deleted.add(docnum)
        else:
            self.deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted


class SegmentCodec(base.Codec):
    """One serves one writer: what it has of the documents and of the fields becomes one file.

    Documents are to be added in the order that `segment` asks for; `commit` raises ValueError
    where they were not.
    """

    length_stats = False  # nobody is to tell `add_postings` lengths: it can count

    def new_segment(self, storage: FileStorage, indexname: str) -> Segment:
        return Segment(indexname)

    def per_document_writer(self, storage: DurableStorage, segment: Segment) -> RecordsWriter:
        self._records = RecordsWriter()
        return self._records

    def field_writer(self, storage: DurableStorage, segment: Segment) -> FieldsWriter:
        """Whoosh's SegmentWriter asks for it after the one above."""
        return FieldsWriter(storage.path_for(segment.make_filename(ARRAYS)), self._records)

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> DocumentsReader:
        return DocumentsReader(arrays_of(storage, segment), segment.deleted)

    def terms_reader(self, storage: FileStorage, segment: Segment) -> TermsReader:
        return TermsReader(arrays_of(storage, segment))


def arrays_of(storage: FileStorage, segment: Segment) -> SegmentArrays:
    """Raises NotOurArrays and OSError."""
    return SegmentArrays.open(Path(storage.folder) / segment.make_filename(ARRAYS))
