"""What is asked of every engine in the comparison."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from search.document import IndexDocument
from search.language.words import query_terms, stem
from search.request import SearchRequest


class Unavailable(Exception):  # noqa: N818  a state, not a mistake
    """The engine cannot run on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Job:
    """The whole answer, in no engine's terms.

    people: slug and count of the 20 most frequent, falling. months: articles by month since
    January 1970. top: ids of the best 20; any of those that match where nothing is scored.
    """

    total: int
    people: tuple[tuple[str, int], ...]
    months: dict[int, int]
    top: tuple[int, ...]


class Articles(Sized, Iterable[IndexDocument], Protocol):
    """Articles one after the other, as many as `len` says, by ascending id."""


class Peer(ABC):
    """An engine with an index in a folder, opened to answer.

    `prepared` may do everything that need not be done again for the same query; what it returns is
    timed. Whatever that returns holds the whole answer as values of Python, and `job` only puts it
    into the common form, which is not timed.
    """

    name: ClassVar[str]
    whole: ClassVar[bool] = True
    """Does it answer the whole job? Otherwise its answers are not compared."""
    index: ClassVar[str]
    """The folder of the index, which two peers may share."""
    needs: ClassVar[str] = ""
    """The environment variable that it cannot run without."""

    @classmethod
    @abstractmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        """Make the index in a folder that is there and empty, durable or not as the engine is."""

    @abstractmethod
    def __init__(self, folder: Path) -> None:
        """Open what `build` made."""

    @abstractmethod
    def prepared(self, request: SearchRequest) -> Callable[[], Any]:
        """The job, ready to be done again and again."""

    @abstractmethod
    def job(self, answer: Any) -> Job:
        """What a prepared job answered, in the common form."""

    @classmethod
    def remove(cls, folder: Path) -> None:
        """Remove the index, if there is one."""
        shutil.rmtree(folder, ignore_errors=True)

    @classmethod
    def size(cls, folder: Path) -> int:
        """Bytes of the index on disk."""
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def close(self) -> None:  # noqa: B027  most have nothing to let go of
        """Let go of the index. Nothing can be asked afterwards."""

    def processes(self) -> list[int]:
        """Ids of the processes that hold what the engine needs beside our own."""
        return []


def stems_of(text: str) -> list[str]:
    """The terms that a word or phrase of a query stands for in `Analysed.text`."""
    return [stem(term) for term in query_terms(text)]
