"""What leaked: answers held against those without the secrets, word by word and byte by byte."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.leaks.canaries import Canary, found
from tests.leaks.secrets import NAMES
from tests.leaks.surfaces import Answers, Ask

OTHERWISE = "is answered otherwise"


class Leak(NamedTuple):
    """One cell of the matrix that is not empty. field: or OTHERWISE, where no word tells which."""

    stage: str
    field: str
    state: str
    surface: str

    def __str__(self) -> str:
        return f"{self.stage}: {self.surface}: {self.field} {self.state}".rstrip()


def answers(asked: dict[str, Ask]) -> Answers:
    return {name: ask() for name, ask in asked.items()}


def said(surface: str, answer: str) -> set[Canary]:
    """The canaries of an answer that were not in the question."""
    return found(answer) - found(surface)


def leaks(stage: str, before: Answers, now: Answers) -> Iterator[Leak]:
    """All cells in which `now` tells of what `before` does not know of."""
    for surface, answer in now.items():
        words = said(surface, answer.text)
        for field, state in sorted(words):
            yield Leak(stage, field, NAMES[state], surface)
        if answer != before[surface] and not words:
            yield Leak(stage, OTHERWISE, "", surface)


def report(leaked: Iterable[Leak]) -> str:
    """A line for each cell; nothing at all if nothing leaked."""
    return "\n".join(map(str, leaked))
