"""What is left in the files of an index of documents that were deleted from it."""

import numpy as np
import numpy.typing as npt

from search.engines.base import Remains
from search.engines.whoosh.snapshot import Snapshot

Ids = npt.NDArray[np.int64]
"""Of articles, ascending, each once."""


def remains(public: Snapshot, desk: Snapshot) -> Remains:
    """Of both shelves. What went from the desk to the public left nothing that is not public."""
    once_public, once_at_the_desk = former(public), former(desk)
    taken_back = np.setdiff1d(once_public, standing(public, once_public))
    dropped = np.setdiff1d(once_at_the_desk, standing(desk, once_at_the_desk))
    dropped = np.setdiff1d(dropped, standing(public, dropped))
    gone = np.union1d(taken_back, dropped)
    replaced = np.setdiff1d(np.union1d(once_public, once_at_the_desk), gone)
    return Remains(len(gone), len(replaced))


def former(shelf: Snapshot) -> Ids:
    """The articles of deleted documents."""
    return np.unique(
        np.concatenate([NONE, *(part.arrays.ids[part.deleted] for part in shelf.parts)])
    )


def standing(shelf: Snapshot, ids: Ids) -> Ids:
    """Those of the articles that the shelf has a document of."""
    found = [NONE]
    for part in shelf.parts:
        docs = np.setdiff1d(part.arrays.holding(ids), part.deleted, assume_unique=True)
        found.append(part.arrays.ids[docs])
    return np.unique(np.concatenate(found))


NONE: Ids = np.empty(0, np.int64)
