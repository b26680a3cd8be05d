"""Backfile itself, through the engine's own `search(SearchRequest)`."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.analysed import month_number
from benchmarks.peers.base import Articles, Job, Peer
from search.engines.base import Forgetful, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.request import Answer, Facet, SearchRequest

WRITER_WAIT = 20.0  # seconds; nobody else writes


def engine_in(folder: Path) -> WhooshEngine:
    """The engine, with a key that is no secret, and no database."""
    return WhooshEngine(folder, b"benchmarks", Forgetful())


class Backfile(Peer):
    """Alone in that it analyses the text itself when it builds, and compiles each query anew."""

    name = "backfile"
    index = "backfile"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        engine = engine_in(folder)
        with engine.rebuild() as new:
            new.add(Shelf.PUBLIC, documents)
            with engine.writing(WRITER_WAIT):
                new.switch()

    def __init__(self, folder: Path) -> None:
        self.engine = engine_in(folder)

    def prepared(self, request: SearchRequest) -> Callable[[], Answer]:
        return lambda: self.engine.search(request)

    def job(self, answer: Answer) -> Job:
        return Job(
            total=answer.total,
            people=tuple(
                (found.value, found.count)
                for found in answer.facets[Facet.PERSON]
                if found.count  # a chosen person is answered for even where nothing is found
            ),
            months={month_number(found.start): found.count for found in answer.dates},
            top=tuple(match.id for match in answer.matches),
        )


ENGINE = Backfile
