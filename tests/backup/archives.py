"""What an archive is made of, to be compared with what became of it."""

from collections.abc import Callable
from pathlib import Path

from backup.databases import database_of
from backup.files import checksum
from backup.media import walk
from backup.place import Place
from backup.taking import take

State = tuple[dict[str, str], list[tuple[str, ...]]]


def state(place: Place) -> State:
    """Every file of media with its checksum, and every tag."""
    files = {file.path: checksum(place.media / file.path) for file in walk(place.media)}
    return files, tags(place)


def tags(place: Place) -> list[tuple[str, ...]]:
    with database_of(place.database).rows() as rows:
        return sorted(tuple(row) for row in rows("SELECT name, slug FROM archive_tag"))


def add_tag(place: Place, *names: str) -> None:
    """In one transaction, acknowledged when this returns."""
    with database_of(place.database).rows() as rows:
        for name in names:
            rows(f"INSERT INTO archive_tag (name, slug, kind) VALUES ('{name}', '{name}', '')")


def add_file(place: Place, name: str, content: bytes = b"a photo") -> Path:
    path = place.media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def backed_up(place: Place, folder: Path, keep: int = 0) -> Path:
    return take(place, folder, keep, quietly)


def quietly(done: int, total: int) -> None:
    """Nobody watches."""


def dies_at(monkeypatch, number: int, *functions: str) -> Callable[[], int]:
    """Have the process die at call `number` of the functions of `os`: nothing that it does from
    then on has any effect. Returns how to ask how many calls there were.
    """
    import os

    calls = 0

    def instead(real):
        def call(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls >= number:
                raise Killed
            return real(*arguments, **options)

        return call

    for function in functions:
        monkeypatch.setattr(os, function, instead(getattr(os, function)))
    return lambda: calls


class Killed(BaseException):
    """Nobody catches it."""
