"""The switch from one archive to another: all of it or nothing, whenever the power fails.

What is to be renamed is written down first. From then on the switch is decided: whoever starts next
ends it, before it reads anything. Each renaming can be found done.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.disk import sync, write_durably
from backup.databases import database_of
from backup.files import only_one
from backup.place import Place

PLAN = "restore.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """moves: (from, to), below the data folder; in this order. staged, aside: as in
    `Database.replace_by`.
    """

    moves: list[tuple[str, str]]
    staged: str
    aside: str


def switch(place: Place, plan: Plan) -> None:
    write_durably(place.data / PLAN, json.dumps(asdict(plan)).encode())
    finish(place)


def finish(place: Place) -> None:
    """End a switch that was decided; nothing where none was."""
    if not (place.data / PLAN).exists():
        return
    with only_one(place.data, "switch"):
        if not (place.data / PLAN).exists():
            return  # somebody else has ended it
        plan = Plan(**json.loads((place.data / PLAN).read_text()))
        for origin, target in plan.moves:
            move(place.data / origin, place.data / target)
        database_of(place.database).replace_by(plan.staged, plan.aside)
        (place.data / PLAN).unlink()
        sync(place.data)


def move(origin: Path, target: Path) -> None:
    """Durably, unless it was done before: then what stands in `origin` is something else."""
    if target.exists() or not origin.exists():
        return
    origin.rename(target)
    sync(target.parent)
    sync(origin.parent)
