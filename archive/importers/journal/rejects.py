"""`rejects.jsonl`: what was set aside, one JSON object per line, to be mended and tried again."""

import json
from collections.abc import Iterable
from pathlib import Path

from archive.disk import sync
from archive.importers.base import Reject
from archive.models import ImportReject


def write_rejects(path: Path, rejects: Iterable[ImportReject]) -> Path | None:
    """Write all of them in place of what is there; without any there is no file, and None."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(map(json_line, rejects))
    return published(draft, path)


def published(draft: Path, path: Path) -> Path | None:
    """Put a finished draft in its place; an empty one leaves no file, and None."""
    if draft.stat().st_size:
        sync(draft)
        return draft.replace(path)
    draft.unlink()
    path.unlink(missing_ok=True)
    return None


def json_line(reject: ImportReject | Reject) -> str:
    fields = ("file", "line", "reason", "record")
    return (
        json.dumps({field: getattr(reject, field) for field in fields}, ensure_ascii=False) + "\n"
    )
