"""What a backup says of itself. It is written last, so a backup that has one is whole."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from archive.disk import write_durably
from backup.errors import BackupError

NAME = "manifest.json"
FORMAT = 1
STAMP = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True, slots=True)
class Manifest:
    """made: ISO 8601, UTC. vendor: sqlite or postgresql. migrations: “app.name” of each that was
    applied. counts: rows by table. sums: SHA-256 of each file beside the manifest. files, bytes: of
    media; missing: files that the database names and the archive did not have.
    """

    version: str
    made: str
    vendor: str
    migrations: list[str]
    counts: dict[str, int]
    sums: dict[str, str]
    files: int
    bytes: int
    missing: int
    format: int = field(default=FORMAT)

    def write(self, backup: Path) -> None:
        said = asdict(self)
        text = json.dumps({**said, "sha256": sum_of(said)}, indent=1) + "\n"
        write_durably(backup / NAME, text.encode())

    @classmethod
    def read(cls, backup: Path) -> "Manifest":
        """Raises BackupError where there is none that can be trusted."""
        try:
            said = json.loads((backup / NAME).read_text())
        except (OSError, ValueError) as problem:
            raise BackupError(f"{backup} is no whole backup: {problem}") from problem
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise BackupError(f"{backup} was made by another version of Backfile.")
        if said.pop("sha256", "") != sum_of(said):
            raise BackupError(f"{backup / NAME} is damaged.")
        return cls(**said)


def sum_of(said: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def backups_in(folder: Path) -> list[Path]:
    """The whole ones, oldest first."""
    return [one for one in begun_in(folder) if (one / NAME).exists()]


def begun_in(folder: Path) -> list[Path]:
    """Those that were ever begun, oldest first."""
    return sorted(one for one in folder.glob("*Z") if STAMP.fullmatch(one.name))


def chosen(folder: Path) -> Path:
    """The backup that is meant: this one, or the latest in a folder of backups."""
    if (folder / NAME).exists():
        return folder
    if backups := backups_in(folder):
        return backups[-1]
    raise BackupError(f"There is no whole backup in {folder}.")
