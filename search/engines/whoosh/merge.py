"""Several segments into one, without the documents that were deleted from them.

The parts are mapped and so is the new file: what passes through memory besides is some 30 bytes
for each document, the vocabularies, and the BLOCK of postings that is being merged.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, Plan, create_arrays
from search.engines.whoosh.merge_fields import FieldMerge
from search.engines.whoosh.numbering import Numbering
from search.engines.whoosh.schema import facet_field
from search.engines.whoosh.segment import FREQUENT, LARGE
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.write import Inverted, carried
from search.request import Facet


def merge_segments(parts: Sequence[Part], path: Path) -> int:
    """Make a new file of the documents that stay, and return how many these are.

    parts: one or more. The result is the segment that `write_segment` would make of these
    documents. Raises OSError.
    """
    numbering = Numbering.of(parts)
    fields = {
        name: FieldMerge.of(name, [part.arrays.fields[name] for part in parts], numbering)
        for name in parts[0].arrays.fields
    }
    plan = dict(documents_plan(numbering.size))
    for name, field in fields.items():
        plan |= {f"{name}/{array}": shape for array, shape in field.plan().items()}
    for facet in Facet:
        name = facet_field(facet)
        plan |= {
            f"{name}/{array}": shape
            for array, shape in carried_plan(fields[name], numbering.size).items()
        }
    arrays = create_arrays(path, plan)
    fill_documents(arrays, parts, numbering)
    for name, field in fields.items():
        field.fill(part_of(arrays, name))
    for facet in Facet:
        fill_carried(part_of(arrays, facet_field(facet)), numbering.size)
    return numbering.size


def part_of(arrays: Mapping[str, Array], name: str) -> dict[str, Array]:
    """The arrays of one field, by their own names."""
    return {
        array.removeprefix(f"{name}/"): target
        for array, target in arrays.items()
        if array.startswith(f"{name}/")
    }


def documents_plan(size: int) -> Plan:
    return {
        "ids": ("<i8", (size,)),
        "published": ("<i8", (size,)),
        "days": ("<i4", (size,)),
        "hashes": ("|u1", (size, 32)),
        "by_id": ("<u4", (size,)),
    }


def fill_documents(arrays: Mapping[str, Array], parts: Sequence[Part], to: Numbering) -> None:
    for name in ("ids", "published", "days", "hashes"):
        for part, stays, numbers in zip(parts, to.stays, to.numbers, strict=True):
            arrays[name][numbers[stays]] = getattr(part.arrays, name)[stays]
    arrays["by_id"][:] = np.argsort(arrays["ids"], kind="stable")


def carried_plan(field: FieldMerge, size: int) -> Plan:
    values = field.size
    bitmaps = min(values, FREQUENT) if size >= LARGE else 0
    return {
        "values": ("<u4", (values,)),
        "firsts": ("<u4", (size + 1,)),
        "carried": ("<u2" if values <= 0x10000 else "<u4", (field.postings,)),
        "bitmaps": ("<u8", (bitmaps, -(-size // 64))),
    }


def fill_carried(arrays: Mapping[str, Array], size: int) -> None:
    field = Inverted((), arrays["starts"], arrays["docs"])
    for name, array in carried(field, size).items():
        arrays[name][...] = array
