"""Is a backup what its manifest says?"""

from collections.abc import Callable, Iterator
from pathlib import Path

from backup.files import checksum
from backup.manifest import Manifest
from backup.media import kept_in
from backup.taking import missing_files

Progress = Callable[[int, int], None]


def problems(backup: Path, manifest: Manifest, progress: Progress) -> Iterator[str]:
    """What is wrong with it, one line each. Every byte is read."""
    damaged = [
        name for name, sha256 in manifest.sums.items() if not is_whole(backup / name, sha256)
    ]
    yield from (f"{name} is damaged or gone" for name in damaged)
    if damaged:
        return  # the lists among them say nothing of the files
    done = 0
    for file in kept_in(backup):
        if not is_whole(backup / "media" / file.path, file.sha256):
            yield f"media/{file.path} is damaged or gone"
        done += file.size
        progress(done, manifest.bytes)
    missing = sum(1 for _ in missing_files(backup))
    if missing > manifest.missing:
        yield f"{missing - manifest.missing} files that the database names are gone"


def is_whole(path: Path, sha256: str) -> bool:
    try:
        return checksum(path) == sha256
    except OSError:
        return False
