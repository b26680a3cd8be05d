"""What a table or a line of JSON calls its fields, where it uses words of its own: a small file.

{"Titel": "headline", "Erschienen": "published", "content.rendered": "body", "Intern": ""}
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from archive.importers.base import Mapped
from archive.importers.reading import fields

LISTS = frozenset({
    "body", "byline", "people", "tags", "places", "organisations", "related", "media",
    "corrections",
})  # fmt: skip
"""Fields that hold several things, which may stand in several columns."""


class MappingError(ValueError):
    """A mapping that cannot be used. The text says why."""


def read_mapping(path: Path) -> Mapped:
    """The mapping in a file: their names to ours. Raises MappingError, OSError."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise MappingError(f"{path} is no JSON: {error}") from error
    if not isinstance(mapping, dict) or not all(isinstance(one, str) for one in mapping.values()):
        raise MappingError(f'{path} must be an object of texts: {{"Their name": "our name"}}')
    known = sorted(fields.SYNONYMS) + sorted(fields.PERSON_KEYS)
    for theirs, ours in mapping.items():
        if ours and ours not in known:
            raise MappingError(f"{theirs!r}: there is no field {ours!r}, only {', '.join(known)}")
    return mapping


def renamed(values: Mapping[str, object], mapping: Mapped) -> Mapping[str, object]:
    """`values` under our names. What the mapping does not name keeps its own."""
    if not mapping:
        return values
    by_name = {_folded(key): value for key, value in values.items()}
    mapped: dict[str, list[object]] = {}
    for theirs, ours in mapping.items():
        if value := _at(by_name, theirs):
            mapped.setdefault(ours, []).append(value)
    mapped.pop("", None)
    named = {_folded(theirs) for theirs in mapping}
    named |= {_folded(theirs).partition(".")[0] for theirs in mapping}
    rest = {key: value for key, value in values.items() if _folded(key) not in named}
    return {**rest, **{ours: _together(ours, found) for ours, found in mapped.items()}}


def _folded(name: str) -> str:
    return name.strip().casefold()


def _at(by_name: Mapping[str, object], theirs: str) -> object:
    """The value under a name, or with points in it under a name in an object: content.rendered."""
    if _folded(theirs) in by_name:
        return by_name[_folded(theirs)]
    first, *others = _folded(theirs).split(".")
    value = by_name.get(first)
    for name in others:
        inner = value if isinstance(value, dict) else {}
        value = next((inner[key] for key in inner if _folded(key) == name), None)
    return value


def _together(ours: str, found: list[object]) -> object:
    """The first; of a field that holds several things, all that stand in any."""
    if len(found) == 1 or ours not in LISTS:
        return found[0]
    return [one for value in found for one in _parts(ours, value)]


def _parts(ours: str, value: object) -> Iterable[object]:
    if isinstance(value, list):
        return value
    if ours == "body":
        return fields.paragraphs(value)
    return fields.texts(ours, value) if isinstance(value, str) else [value]
