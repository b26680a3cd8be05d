"""What a changed record may change: everything but what editors changed by hand.

An article remembers a mark of each value that was last imported. A value that no longer has its
mark was changed by an editor, and is kept. Of people and tags it remembers which were imported, so
an editor's additions and removals are kept one by one. What was written by hand from the start
keeps every value that is not empty.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol


class Imported(Protocol):
    """What remembers its import: an article, a person. No `content_hash`: written by hand."""

    content_hash: str
    imported_fields: dict[str, object]


class SetChange(NamedTuple):
    add: set[object]
    drop: set[object]


def mark(value: object) -> str:
    """A short text that stands for `value`; empty for an empty one."""
    if not value:
        return ""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def marks(values: Mapping[str, object]) -> dict[str, object]:
    """What an article remembers of `values`: lists as they are, a mark of everything else."""
    kept = {
        name: value if isinstance(value, list) else mark(value) for name, value in values.items()
    }
    return {name: value for name, value in kept.items() if value}


def is_edited(holder: Imported, name: str, current: object) -> bool:
    """Whether `current`, the value of `name` as it is now, is an editor's."""
    if not holder.content_hash:
        return bool(current)
    return mark(current) != holder.imported_fields.get(name, "")


def merge_values(holder: Imported, wanted: Mapping[str, object]) -> bool:
    """Set what no editor has changed. Returns whether anything is different now."""
    changed = {
        name: value
        for name, value in wanted.items()
        if getattr(holder, name) != value and not is_edited(holder, name, getattr(holder, name))
    }
    for name, value in changed.items():
        setattr(holder, name, value)
    return bool(changed)


def merge_set(
    holder: Imported, name: str, current: Collection[object], wanted: Iterable[object]
) -> SetChange:
    """What to add to `current` and what to drop, so that only the source's own changes are made."""
    now, new = set(current), set(wanted)
    if not holder.content_hash:
        return SetChange(set() if now else new, set())
    before = set(holder.imported_fields.get(name, []))  # type: ignore[call-overload]
    return SetChange(new - before - now, (before - new) & now)
