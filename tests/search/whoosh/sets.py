"""Sets of documents for tests, in each of the forms that a search hands on."""

from enum import Enum

import numpy as np

from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.scratch import Scratch


class Form(Enum):
    LIST = "a list"
    ROW = "a row over the whole segment"
    NARROW = "a row, or a range where it can be one, over no more than the documents in it"


def docset(mask: np.ndarray, form: Form) -> DocSet:
    """mask: bool, is each document of the segment in the set?"""
    docs = np.flatnonzero(mask).astype(np.uint32)
    first, last = (int(docs[0]), int(docs[-1]) + 1) if len(docs) else (0, 0)
    if form is Form.LIST:
        return DocSet(0, len(mask), Scratch(), docs=docs)
    if form is Form.ROW:
        return DocSet(0, len(mask), Scratch(), row=mask.astype(np.uint8))
    if mask[first:last].all():
        return DocSet(first, last, Scratch())
    return DocSet(first, last, Scratch(), row=mask[first:last])
