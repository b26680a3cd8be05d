"""The query run over an index: which documents match, their scores, and the best of them.

Whoosh's collectors, results and top-k pruning take no part: its matchers are read to the end, so
that totals are exact and no hit is lost. Scores are BM25F as Whoosh has it: BM25 of each field,
weighted and added up. Document frequencies and lengths count deleted and hidden documents until a
merge takes them out; they shift scores a little and never what is found.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext

from search.engines.whoosh.columns import Columns, Mask, Numbers
from search.engines.whoosh.compile import Index, compiled
from search.engines.whoosh.schema import UNDATED
from search.language.tree import Everything, Node
from search.request import Sort

Scores = npt.NDArray[np.float32]


class Weighting(BM25F):
    """A word is as rare as it is in the whole text, also where it is found in the headline: few
    headlines have "said", which does not make it telling.
    """

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        return float(super().idf(searcher, "text", text))


WEIGHTING = Weighting(B=0.75, K1=1.2)
"""Robertson's usual constants: how much long articles are held back, how fast repetition tires."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Matching documents, ascending, and their scores: all 0 where none was asked for."""

    docs: Numbers
    scores: Scores

    def within(self, mask: Mask) -> "Hits":
        kept = mask[self.docs]
        return Hits(self.docs[kept], self.scores[kept])


def matching(tree: Node, searcher: Any, columns: Columns, *, scored: bool) -> Hits:
    """Every document that matches the tree, deleted ones left out."""
    if tree == Everything() or not columns.size:
        return unscored(np.flatnonzero(columns.live).astype(np.uint32))
    query = compiled(tree, Index(searcher.reader(), columns.days))
    # With `needs_current` Whoosh takes its plain union, not the one that preloads into arrays.
    context = SearchContext(needs_current=True, weighting=WEIGHTING if scored else None)
    parts = [
        (first, collected(query.matcher(segment, context), scored=scored))
        for segment, first in searcher.leaf_searchers()
    ]
    docs = np.concatenate([hits.docs + np.uint32(first) for first, hits in parts])
    return Hits(docs, np.concatenate([hits.scores for _, hits in parts])).within(columns.live)


def collected(matcher: Any, *, scored: bool) -> Hits:
    """All that a matcher has, in its segment's numbers."""
    if not scored:
        return unscored(np.fromiter(matcher.all_ids(), np.uint32))
    docs, scores = [], []
    while matcher.is_active():
        docs.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return Hits(np.array(docs, np.uint32), np.array(scores, np.float32))


def unscored(docs: Numbers) -> Hits:
    return Hits(docs, np.zeros(len(docs), np.float32))


def best(hits: Hits, columns: Columns, sort: Sort, count: int) -> Hits:
    """The first `count` hits in order. What a sort leaves equal goes by date, newest first, then
    by id, greatest first; for the oldest first both are turned round. Undated ones come last.
    """
    keys = sort_keys(hits, columns, sort)
    candidates = np.arange(len(hits.docs))
    if count < len(candidates):
        threshold = np.partition(keys[0], -count)[-count] if count else np.inf
        candidates = np.flatnonzero(keys[0] >= threshold)
    order = np.lexsort([key[candidates] for key in reversed(keys)])[::-1]
    first = candidates[order[:count]]
    return Hits(hits.docs[first], hits.scores[first])


def sort_keys(hits: Hits, columns: Columns, sort: Sort) -> list[npt.NDArray[Any]]:
    """What to sort by, the most important first; what is greatest comes first."""
    published, ids = columns.published[hits.docs], columns.ids[hits.docs]
    undated = columns.days[hits.docs] == UNDATED
    if sort is Sort.OLDEST:
        published, ids = -published, -ids
    published = np.where(undated, np.iinfo(np.int64).min, published)
    by_date = [published, ids]
    return [hits.scores, *by_date] if sort is Sort.RELEVANCE and hits.scores.any() else by_date
