"""The Whoosh engine: the engine protocol over the rooms beside this one."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np

from search.document import IndexDocument
from search.engines.base import Change, Shelf
from search.engines.whoosh.execute import best, matching
from search.engines.whoosh.facets import Selection, date_counts, facet_counts
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.snapshots import Snapshot
from search.engines.whoosh.store import Store
from search.engines.whoosh.suggest import Vocabulary, similar_words, words
from search.language.tree import words_of
from search.request import Answer, Match, SearchRequest, Sort


class WhooshEngine:
    """An index in a folder, for any number of threads and processes. See `base.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def search(
        self,
        request: SearchRequest,
        *,
        shelf: Shelf = Shelf.PUBLIC,
        hidden: Collection[int] = (),
    ) -> Answer:
        with self._store.snapshot(shelf) as snapshot:
            return answer(request, snapshot, hidden)

    def words(self, prefix: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        with self._store.snapshot(Shelf.PUBLIC) as snapshot:
            return words(Vocabulary.of(snapshot, hidden), prefix, limit)

    def similar_words(self, word: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        with self._store.snapshot(Shelf.PUBLIC) as snapshot:
            return similar_words(Vocabulary.of(snapshot, hidden), word, limit)

    def writing(self, wait: float) -> AbstractContextManager[None]:
        return self._store.writing(wait)

    def update(self, changes: Iterable[Change]) -> None:
        self._store.live().update(changes)

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        with self._store.snapshot(shelf) as snapshot:
            return snapshot.columns.contents()

    @contextmanager
    def rebuild(self) -> Iterator["WhooshRebuild"]:
        with self._store.next_generation() as generation:
            yield WhooshRebuild(self._store, generation)

    def rebuilding(self) -> bool:
        return self._store.rebuilding()


class WhooshRebuild:
    """A generation that is not live yet. See `base.Rebuild`."""

    def __init__(self, store: Store, generation: Generation) -> None:
        self._store = store
        self._generation = generation

    def add(self, shelf: Shelf, documents: Iterable[IndexDocument]) -> None:
        self._generation.add(shelf, documents)

    def update(self, changes: Iterable[Change]) -> None:
        self._generation.update(changes)

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        with self._generation.snapshot(shelf) as snapshot:
            return snapshot.columns.contents()

    def switch(self) -> None:
        self._store.switch(self._generation)


def answer(request: SearchRequest, snapshot: Snapshot, hidden: Collection[int]) -> Answer:
    """One evaluation of the query; all else is counting under masks."""
    columns, tree = snapshot.columns, request.query.tree
    by_score = request.sort is Sort.RELEVANCE and request.limit > 0
    scored = by_score and any(words_of(tree))
    hits = matching(tree, snapshot.searcher, columns, scored=scored)
    found = np.zeros(columns.size, np.bool_)
    found[hits.docs] = True
    seen = columns.live & ~columns.holding(hidden)
    selection = Selection(request, columns, found & seen)
    selected = hits.within(selection.all)
    page = best(selected, columns, request.sort, request.offset + request.limit)
    return Answer(
        total=len(selected.docs),
        matches=tuple(
            Match(int(columns.ids[doc]), float(score))
            for doc, score in zip(
                page.docs[request.offset :], page.scores[request.offset :], strict=True
            )
        ),
        facets={
            wanted.facet: facet_counts(
                wanted,
                request.chosen(wanted.facet),
                columns.facets[wanted.facet],
                selection.without_choice_of(wanted.facet),
                seen,
            )
            for wanted in request.facets
        },
        dates=date_counts(columns, selection.all, request.grain),
        undated=selection.undated(),
    )
