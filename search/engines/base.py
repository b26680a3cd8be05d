"""The engine protocol: what every engine promises, and nothing of how it is done.

`tests/search/engine_contract.py` holds each engine to it.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from search.document import IndexDocument
from search.filing import NamesFound, NamesRequest
from search.request import Answer, SearchRequest


class Shelf(StrEnum):
    """The two indexes. What is not public never touches the public one."""

    PUBLIC = "public"
    DESK = "desk"


class EngineError(Exception):
    """The engine cannot do what was asked; the message says why and what to do."""


class IndexUnavailable(EngineError):  # noqa: N818  a state, not a mistake
    """There is no index that can be trusted. Nothing was changed; `rebuild_index` makes one."""


class IndexOutdated(IndexUnavailable):
    """Another version wrote the index. It is sound, and nothing but a rebuild makes it readable."""


class EngineBusy(EngineError):  # noqa: N818  a state, not a mistake
    """Somebody else is writing and did not finish within the time given."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the index has to learn about one article: it leaves both shelves, then enters one.

    `document` and `shelf` are None for an article that is gone.
    """

    id: int
    document: IndexDocument | None = None
    shelf: Shelf | None = None


class Remains(NamedTuple):
    """How many articles have left something in the files of an index that it does not show.

    gone: articles that left their shelf (withdrawn, deleted); the text itself, where nobody is to
    have it. replaced: articles that are there with another text, or that went public.
    """

    gone: int
    replaced: int


class Position(NamedTuple):
    """Which index this is, and how far it has come.

    generation: no other, here or elsewhere, has the same name. commits: grows with each of them.
    """

    generation: str
    commits: int


class Ledger(Protocol):
    """What a database remembers of its index, so that a lost, exchanged or older one is noticed."""

    def knows(self, position: Position) -> bool:
        """Is this the database's own, and no older than when it was last heard of?"""

    def is_new(self) -> bool:
        """Has no index ever learnt of anything that it would have to hold now?"""

    def add(self, position: Position) -> None:
        """Another generation is the database's own from now on."""

    def keep_only(self, generation: str) -> None:
        """The others are not any more."""


class Forgetful:
    """A ledger for an index without a database: what is there counts, and what is not is begun."""

    def knows(self, position: Position) -> bool:
        return True

    def is_new(self) -> bool:
        return True

    def add(self, position: Position) -> None:
        pass

    def keep_only(self, generation: str) -> None:
        pass


class Rebuild(Protocol):
    """A new generation being built beside the live one. Searches do not see it before `switch`."""

    def add(self, shelf: Shelf, documents: Iterable[IndexDocument]) -> None:
        """Add documents that are not in it yet, in bounded memory."""

    def update(self, changes: Iterable[Change]) -> None:
        """As `Engine.update`, in the new generation."""

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        """As `Engine.contents`, of the new generation."""

    def switch(self) -> None:
        """Make it the live one, durably and at once. Call it under `Engine.writing`."""


class Engine(Protocol):
    """A place that knows every article and answers searches. Safe to share between threads."""

    def search(
        self,
        request: SearchRequest,
        *,
        shelf: Shelf = Shelf.PUBLIC,
        hidden: Collection[int] = (),
    ) -> Answer:
        """Answer `request` as if the articles `hidden` (ids) were not in the index.

        Raises IndexUnavailable.
        """

    def names(
        self, request: SearchRequest, wanted: NamesRequest, *, hidden: Collection[int] = ()
    ) -> NamesFound:
        """The values of one facet among the public articles that `request` finds, as an index.

        Counted as the facet's own values in `search`; `hidden` as there. Raises IndexUnavailable.
        """

    def words(self, prefix: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        """Words of public headlines that begin with `prefix`, the most frequent first, folded.

        `hidden` as in `search`: a word that nothing else has is not among them.
        """

    def similar_words(self, word: str, limit: int, *, hidden: Collection[int] = ()) -> list[str]:
        """Words of public articles that `word` may be a slip of, the likeliest first, folded.

        `hidden` as in `words`.
        """

    def writing(self, wait: float) -> AbstractContextManager[None]:
        """Be the only writer, across processes. Raises EngineBusy after `wait` seconds."""

    def update(self, changes: Iterable[Change]) -> None:
        """Apply all changes, durably: when this returns, a power cut does not undo them.

        All or nothing. Idempotent. Call it under `writing`.
        """

    def remains(self) -> Remains:
        """What the files of the live index hold of documents that left it.

        Raises IndexUnavailable.
        """

    def purge(self) -> None:
        """Remove all that remains, durably, and what dead rebuilds left behind: no file of the
        index has a byte of it then.

        Searches go on meanwhile; who has begun one keeps the old files until it ends. Takes as
        long as writing the shelf anew. Call it under `writing`. Raises IndexUnavailable.
        """

    def check_bytes(self, blocks: int | None = None) -> int:
        """Read the files of the live index again: all, or some blocks of them, chosen by chance.

        Returns how many bytes. Raises IndexUnavailable where they are not what was written; no
        process answers from that index then.
        """

    def contents(self, shelf: Shelf) -> Iterator[tuple[int, str]]:
        """The id and `IndexDocument.hash` of everything on a shelf, by ascending id."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Begin a new generation; what was not switched to when the block ends is removed.

        One at a time: raises EngineBusy. The live index serves and takes updates meanwhile.
        """

    def rebuilding(self) -> bool:
        """Is a rebuild going on, in this process or another? Only under `writing` does the answer
        stay true."""

    def position(self) -> Position:
        """Of the live generation: another one after each `switch`. Raises IndexUnavailable."""

    def generation(self) -> str:
        """What the live generation is called. Raises IndexUnavailable."""
