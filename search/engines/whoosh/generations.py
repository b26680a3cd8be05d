"""The folders of generations: their names, and what becomes of those that are not live."""

import re
import shutil
from pathlib import Path
from secrets import token_hex

KEPT = 1
"""How many generations that were set aside stay for whoever wants to know what befell them: each
takes as much room as an index."""

_NAME = re.compile(r"(?:aside-)?g(?P<number>\d{6})(?:-[0-9a-f]{8})?")


def new_name(folder: Path) -> str:
    """The next number, and something that no other folder's generations have."""
    found = filter(None, (_NAME.fullmatch(path.name) for path in folder.iterdir()))
    number = max((int(name["number"]) for name in found), default=0) + 1
    return f"g{number:06}-{token_hex(4)}"


def generations(folder: Path) -> list[Path]:
    """Those that were not set aside, the oldest first."""
    return sorted(path for path in folder.glob("g*") if _NAME.fullmatch(path.name))


def remove_all_but(name: str, folder: Path) -> None:
    for path in generations(folder):
        if path.name != name:
            shutil.rmtree(path)


def set_aside_all_but(name: str, folder: Path) -> None:
    """As they are. Of those that were set aside before, the last ones stay."""
    for path in generations(folder):
        if path.name != name:
            path.rename(folder / f"aside-{path.name}")
    remove_set_aside(folder, KEPT)


def remove_set_aside(folder: Path, kept: int = 0) -> None:
    """All that were set aside but the last ones."""
    found = sorted(folder.glob("aside-g*"))
    for path in found[: len(found) - kept]:
        shutil.rmtree(path)
