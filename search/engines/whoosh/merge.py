"""Several segments into one, without the documents that were deleted from them.

The parts are mapped and so is the new file. What passes through memory besides is some 60 bytes
for each document, the vocabularies, and a BLOCK of postings or places at a time.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, Plan, create_arrays
from search.engines.whoosh.company import company_plan, fill_company
from search.engines.whoosh.merge_fields import FieldMerge
from search.engines.whoosh.numbering import DocumentMoves, Numbering, column
from search.engines.whoosh.schema import facet_field
from search.engines.whoosh.segment import FREQUENT, LARGE, SegmentArrays
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.write import Inverted, carried
from search.request import Facet


def merge_segments(parts: Sequence[Part], path: Path) -> int:
    """Make a new file of the documents that stay, and return how many these are.

    parts: one or more. The result is the segment that `write_segment` would make of these
    documents. Raises OSError.
    """
    numbering = Numbering.of(parts)
    moves = DocumentMoves(numbering)
    fields = {
        name: FieldMerge(name, [part.arrays.fields[name] for part in parts], numbering, moves)
        for name in parts[0].arrays.fields
    }
    arrays = create_arrays(path, plan_of(fields, len(numbering.order)))
    fill_documents(arrays, parts, numbering)
    for name, field in fields.items():
        field.fill(arrays_of(arrays, name))
    for facet in Facet:
        fill_values(arrays_of(arrays, facet_field(facet)), len(numbering.order))
    fill_company(SegmentArrays(arrays))
    return len(numbering.order)


def arrays_of(arrays: Mapping[str, Array], field: str) -> dict[str, Array]:
    """Those of one field, by their own names."""
    start = f"{field}/"
    return {
        name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)
    }


def plan_of(fields: Mapping[str, FieldMerge], size: int) -> Plan:
    plan = {
        "ids": ("<i8", (size,)),
        "published": ("<i8", (size,)),
        "days": ("<i4", (size,)),
        "units": ("|u1", (size,)),
        "hashes": ("|u1", (size, 32)),
        "by_id": ("<u4", (size,)),
    }
    for name, field in fields.items():
        plan |= {f"{name}/{array}": shape for array, shape in field.plan().items()}
    for facet in Facet:
        name = facet_field(facet)
        values = values_plan(fields[name].starts, size)
        plan |= {f"{name}/{array}": shape for array, shape in values.items()}
    return {**plan, **company_plan({name: field.starts for name, field in fields.items()}, size)}


def fill_documents(
    arrays: Mapping[str, Array], parts: Sequence[Part], numbering: Numbering
) -> None:
    for name in ("ids", "published", "days", "units", "hashes"):
        arrays[name][:] = column(parts, name)[numbering.order]
    arrays["by_id"][:] = np.argsort(arrays["ids"], kind="stable")


def values_plan(starts: Array, size: int) -> Plan:
    """What a facet has besides its field. starts: of the postings of its values."""
    values = len(starts) - 1
    bitmaps = min(values, FREQUENT) if size >= LARGE else 0
    return {
        "values": ("<u4", (values,)),
        "firsts": ("<u4", (size + 1,)),
        "carried": ("<u2" if values <= 0x10000 else "<u4", (int(starts[-1]),)),
        "bitmaps": ("<u8", (bitmaps, -(-size // 64))),
    }


def fill_values(arrays: Mapping[str, Array], size: int) -> None:
    field = Inverted((), arrays["starts"], arrays["docs"])
    for name, array in carried(field, size).items():
        arrays[name][...] = array
