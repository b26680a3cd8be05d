"""What is looked for in quotations, each of which is searched as if it were a document."""

from search.engines.whoosh.algebra import Window
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.segment import SegmentArrays, once


def quotations_in(window: Window, segment: SegmentArrays) -> Window:
    """The quotations of the documents in a window."""
    bases, marks = segment.fields["by"].bases, segment.quoted["by"].bases
    first, last = marks.searchsorted(bases[[window.first, window.last]]).tolist()
    size = len(marks) - 1
    return Window(size, min(first, size), min(last, size), window.scratch)


def documents_with(quotations: DocSet, window: Window, segment: SegmentArrays) -> DocSet:
    """The documents in a window that have any of some quotations."""
    marks = segment.quoted["by"].bases.take(quotations.docs())
    docs = once(segment.fields["by"].docs_at(marks))
    return window.listed(docs, quotations.covers)
