"""The Whoosh engine: the engine protocol over the rooms beside this one."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from search.document import IndexDocument
from search.engines.base import Change, Ledger, Position, Remains, Shelf
from search.engines.whoosh.build import Builder
from search.engines.whoosh.execute import Search, unseen
from search.engines.whoosh.facets import facet_counts
from search.engines.whoosh.filed import names_found
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.scratch import Scratch, scratch
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.store import Store
from search.engines.whoosh.suggest import similar_words, words
from search.filing import NamesFound, NamesRequest
from search.request import Answer, FacetRequest, SearchRequest


class WhooshEngine:
    """An index in a folder, for any number of threads and processes. See `base.Engine`."""

    def __init__(self, folder: Path, key: bytes, ledger: Ledger) -> None:
        """key: what commits are signed with. What was signed with another is not read."""
        self._store = Store(folder, key, ledger)

    def search(
        self,
        request: SearchRequest,
        *,
        shelf: Shelf = Shelf.PUBLIC,
        hidden: Collection[int] = (),
    ) -> Answer:
        with self._store.reading(shelf) as snapshot, scratch() as memory:
            return answer(request, snapshot, hidden, memory)

    def names(
        self, request: SearchRequest, wanted: NamesRequest, *, hidden: Collection[int] = ()
    ) -> NamesFound:
        counting = replace(request, facets=(FacetRequest(wanted.facet),))
        with self._store.reading(Shelf.PUBLIC) as snapshot, scratch() as memory:
            search = Search(counting, snapshot, hidden, memory)
            return names_found(
                wanted,
                request.chosen(wanted.facet),
                snapshot.values(wanted.facet),
                snapshot.filing(wanted.facet),
                search.without_choice_of(wanted.facet),
            )

    def words(self, prefix: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        with self._store.reading(Shelf.PUBLIC) as snapshot:
            return words(snapshot, prefix, limit, hidden)

    def similar_words(self, word: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        with self._store.reading(Shelf.PUBLIC) as snapshot:
            return similar_words(snapshot, word, limit, hidden)

    def writing(self, wait: float) -> AbstractContextManager[None]:
        return self._store.writing(wait)

    def update(self, changes: Iterable[Change]) -> None:
        self._store.live().update(changes)

    def remains(self) -> Remains:
        return self._store.live().remains()

    def purge(self) -> None:
        self._store.purge()

    def check_bytes(self, blocks: int | None = None) -> int:
        return self._store.check_bytes(blocks)

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        with self._store.reading(shelf) as snapshot:
            return snapshot.contents()

    @contextmanager
    def rebuild(self) -> Iterator["WhooshRebuild"]:
        with self._store.next_generation() as generation:
            yield WhooshRebuild(self._store, generation)

    def rebuilding(self) -> bool:
        return self._store.rebuilding()

    def position(self) -> Position:
        return self._store.live().position()

    def generation(self) -> str:
        return self._store.live().name


class WhooshRebuild:
    """A generation that is not live yet. See `base.Rebuild`."""

    def __init__(self, store: Store, generation: Generation) -> None:
        self._store = store
        self._generation = generation
        self._builders: dict[Shelf, Builder] = {}

    def add(self, shelf: Shelf, documents: Iterable[IndexDocument]) -> None:
        if shelf not in self._builders:
            self._builders[shelf] = self._generation.builder(shelf)
        self._builders[shelf].add(documents)

    def update(self, changes: Iterable[Change]) -> None:
        self._commit()
        self._generation.update(changes)

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        self._commit()
        return self._generation.snapshot(shelf).contents()

    def switch(self) -> None:
        self._commit()
        self._store.switch(self._generation)

    def _commit(self) -> None:
        """What was added is collected until something else is asked for."""
        while self._builders:
            self._generation.take(*self._builders.popitem())


def answer(
    request: SearchRequest, snapshot: Snapshot, hidden: Collection[int], memory: Scratch
) -> Answer:
    """One evaluation of the query; facets with a choice of their own cost an intersection more."""
    search = Search(request, snapshot, hidden, memory)
    page = search.best(request.offset + request.limit if request.limit else 0)
    concealed = [unseen(part, hidden) for part in snapshot.parts] if hidden else ()
    return Answer(
        total=search.total,
        matches=tuple(page[request.offset :]),
        facets={
            wanted.facet: facet_counts(
                wanted,
                request.chosen(wanted.facet),
                snapshot.values(wanted.facet),
                search.without_choice_of(wanted.facet),
                concealed,
            )
            for wanted in request.facets
        },
        spread=snapshot.histogram(request.grain).counts(search.found),
        undated=search.undated(),
    )
