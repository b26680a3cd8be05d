"""The outbox as a rebuild sees it: millions of rows after an import, 16 bytes each."""

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from search import outbox
from search.models import IndexChange

ROW = np.dtype([("row", np.int64), ("article", np.int64)])
PART = 10_000  # rows that one transaction deletes: others may write in between

Noted = npt.NDArray[np.void]
"""ROW of each row of the outbox, by ascending `row`: which article it tells of."""


def noted() -> Noted:
    """All that is in the outbox now, also what was set aside or applied."""
    rows = IndexChange.objects.order_by("pk").values_list("pk", "article_id")
    return np.fromiter(rows.iterator(PART), ROW)


def noted_since(before: Noted) -> tuple[Noted, list[int]]:
    """All that is in the outbox now; the articles, ascending, of the rows that are new."""
    now = noted()
    is_new = ~np.isin(now["row"], before["row"], assume_unique=True)
    return now, np.unique(now["article"][is_new]).tolist()


def finish(noted: Noted, refused: dict[int, Exception]) -> None:
    """As `outbox.settle`, but dying halfway leaves the rest waiting, to be indexed once more."""
    is_refused = np.isin(noted["article"], list(refused))
    outbox.settle(outbox.by_article(noted[is_refused].tolist()), refused, keep=False)
    done = noted["row"][~is_refused]
    for start in range(0, len(done), PART):
        delete(done[start : start + PART].tolist())


def delete(rows: list[int]) -> None:
    """rows: ascending. Without a gap between them no other row can be there, and two bounds do."""
    is_run = rows[-1] - rows[0] == len(rows) - 1
    those = Q(pk__range=(rows[0], rows[-1])) if is_run else Q(pk__in=rows)
    IndexChange.objects.filter(those).delete()
