"""A segment from arrays in memory to its file: all that can be derived is derived here.

Whoosh's writer (through `codec`) and the bulk builder end here both, and `merge` uses the same
derivations piece by piece, so that a segment is the same whoever made it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array, write_arrays
from search.engines.whoosh.company import company_plan, fill_company
from search.engines.whoosh.schema import UNDATED, facet_field
from search.engines.whoosh.scoring import MAX_WEIGHT, impacts, length_codes
from search.engines.whoosh.segment import DENSE, FREE, FREQUENT, LARGE, RARE, SegmentArrays
from search.language.words import PART_GAP
from search.request import Facet


@dataclass(frozen=True)
class Inverted:
    """One field, inverted. T terms ascending by bytes, P postings, O occurrences, n documents.

    starts: integers [T + 1]; docs: <u4[P], ascending within a term.
    weights: integers [P], from 1, and lengths: integers [n], in words, for scored fields.
    counts: integers [P], how often; offsets: integers [O], at which positions of its document,
    ascending within a posting; for fields whose terms stand side by side.
    """

    terms: Sequence[bytes]
    starts: Array
    docs: Array
    weights: Array | None = None
    lengths: Array | None = None
    counts: Array | None = None
    offsets: Array | None = None


def write_segment(path: Path, records: Array, fields: Mapping[str, Inverted]) -> None:
    """Write a new file. records: RECORD[n], in the order that `segment` asks for."""
    arrays = all_but_company(records, fields)
    starts = {name: field.starts for name, field in fields.items()}
    plan = company_plan(starts, len(records))
    arrays |= {name: np.zeros(shape, dtype) for name, (dtype, shape) in plan.items()}
    fill_company(SegmentArrays(arrays))
    write_arrays(path, arrays)


def write_run(path: Path, records: Array, fields: Mapping[str, Inverted]) -> None:
    """As `write_segment`, what is only to be merged: nobody asks it for the company of terms."""
    write_arrays(path, all_but_company(records, fields))


def all_but_company(records: Array, fields: Mapping[str, Inverted]) -> dict[str, Array]:
    arrays = documents(records)
    for name, field in fields.items():
        parts = inverted(field, len(records))
        if name == "text":
            parts |= streamed(parts)
        arrays |= {f"{name}/{part}": array for part, array in parts.items()}
    for facet in Facet:
        name = facet_field(facet)
        parts = carried(fields[name], len(records))
        arrays |= {f"{name}/{part}": array for part, array in parts.items()}
    return arrays


def documents(records: Array) -> dict[str, Array]:
    """Raises ValueError where the documents are not in order."""
    if (np.diff(in_order(records)) != 1).any():
        raise ValueError("Documents of a segment come by time of publication, then id.")
    ids = np.ascontiguousarray(records["id"])
    return {
        "ids": ids,
        "published": np.ascontiguousarray(records["published"]),
        "days": np.ascontiguousarray(records["day"]),
        "units": np.ascontiguousarray(records["unit"]),
        "hashes": np.ascontiguousarray(records["hash"]),
        "by_id": np.argsort(ids, kind="stable").astype(np.uint32),
    }


def in_order(records: Array) -> npt.NDArray[np.int64]:
    """Which record comes first, second and so on in a segment: undated ones, then by time, id."""
    return chronological(records["day"], records["published"], records["id"])


def chronological(days: Array, published: Array, ids: Array) -> npt.NDArray[np.int64]:
    """`in_order` of documents whose columns stand apart."""
    return np.lexsort((ids, published, days != UNDATED))


def inverted(field: Inverted, size: int) -> dict[str, Array]:
    """What every field has, and what scored fields and those with positions have besides."""
    ends = np.cumsum([0, *map(len, field.terms)])
    arrays: dict[str, Array] = {
        "terms": np.frombuffer(b"".join(field.terms), np.uint8),
        "ends": ends.astype(np.uint32),
        "starts": field.starts.astype(np.int64),
        "docs": field.docs.astype(np.uint32),
    }
    if field.weights is not None and field.lengths is not None:
        arrays |= scored(arrays, field.weights, field.lengths)
    if field.counts is not None and field.offsets is not None:
        arrays |= placed(arrays, field.counts, field.offsets, size)
    return arrays


def scored(arrays: Mapping[str, Array], weights: Array, lengths: Array) -> dict[str, Array]:
    weights = np.minimum(weights, MAX_WEIGHT).astype(np.uint8)
    codes = length_codes(lengths)
    words = int(lengths.sum())
    docs, starts = arrays["docs"], arrays["starts"]
    impact = impacts(weights, codes[docs], words / max(1, len(lengths)))
    dense = dense_terms(starts, len(lengths))
    rows = np.zeros((len(dense), len(lengths)), np.uint8)
    fill_rows(rows, dense, starts, docs, impact)
    return {
        "weights": weights,
        "impacts": impact,
        "lengths": codes,
        "words": np.array([words]),
        "dense": dense,
        "rows": rows,
    }


def fill_rows(rows: Array, dense: Array, starts: Array, docs: Array, impact: Array) -> None:
    """rows: all zero."""
    for row, term in zip(rows, dense, strict=True):
        its = slice(starts[term], starts[term + 1])
        row[docs[its]] = impact[its]


def dense_terms(starts: Array, size: int) -> npt.NDArray[np.uint32]:
    """The terms that have rows."""
    often = np.diff(starts) * DENSE > size
    return np.flatnonzero(often & (size >= LARGE)).astype(np.uint32)


def placed(
    arrays: Mapping[str, Array], counts: Array, offsets: Array, size: int
) -> dict[str, Array]:
    docs, starts = arrays["docs"], arrays["starts"]
    standing = np.append(0, np.cumsum(counts))
    longest = np.full(size, -PART_GAP)
    np.maximum.at(longest, docs, offsets[standing[1:] - 1])
    bases = PART_GAP + np.concatenate([[0], np.cumsum(longest + PART_GAP)])
    return {
        "bases": bases.astype(np.uint32),
        "standing": standing[starts].astype(np.int64),
        "places": (np.repeat(bases[docs], counts) + offsets).astype(np.uint32),
    }


def streamed(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The words by place."""
    standing, places = arrays["standing"], arrays["places"]
    terms = np.repeat(np.arange(len(standing) - 1, dtype=np.uint32), np.diff(standing))
    codes = word_codes(standing)
    second = standing_second(places, terms, arrays["ends"])
    stream = np.full(int(arrays["bases"][-1]), FREE, np.uint16)
    stream[places[~second]] = codes[terms[~second]]
    overlay = terms[second].astype(np.uint64) << np.uint64(32) | places[second]
    return {"stream": stream, "codes": codes, "overlay": np.sort(overlay)}


def word_codes(standing: Array) -> npt.NDArray[np.uint16]:
    """Codes from 1 for the words that stand most often, as many as there are; RARE for others."""
    codes = np.full(len(standing) - 1, RARE, np.uint16)
    frequent = np.argsort(-np.diff(standing), kind="stable")[: RARE - 1]
    codes[frequent] = np.arange(1, len(frequent) + 1)
    return codes


def standing_second(places: Array, terms: Array, ends: Array) -> npt.NDArray[np.bool_]:
    """Which occurrences share their place with another word that has it in the stream: the
    shortest of them, which is the part beside its joined form, then the first by bytes.
    """
    second = np.zeros(len(places), np.bool_)
    shared = np.flatnonzero((np.bincount(places) > 1)[places])
    lengths = np.diff(ends)[terms[shared]]
    ranked = shared[np.lexsort((terms[shared], lengths, places[shared]))]
    second[ranked[1:][places[ranked][1:] == places[ranked][:-1]]] = True
    return second


def carried(field: Inverted, size: int) -> dict[str, Array]:
    """A facet's values by document."""
    frequencies = np.diff(field.starts)
    values = np.argsort(-frequencies, kind="stable").astype(np.uint32)
    value_of = np.empty(len(values), np.uint32)
    value_of[values] = np.arange(len(values))
    pairs = np.repeat(value_of, frequencies)
    order = np.lexsort((pairs, field.docs))
    bitmaps = [
        bitmap(field.docs[field.starts[term] : field.starts[term + 1]], size)
        for term in (values[:FREQUENT] if size >= LARGE else ())
    ]
    return {
        "values": values,
        "firsts": np.searchsorted(field.docs[order], np.arange(size + 1)).astype(np.uint32),
        "carried": pairs[order].astype(np.uint16 if len(values) <= 0x10000 else np.uint32),
        "bitmaps": np.array(bitmaps, np.uint64).reshape(len(bitmaps), -(-size // 64)),
    }


def bitmap(docs: Array, size: int) -> npt.NDArray[np.uint64]:
    """One bit for each document, the least significant of each word first."""
    bits = np.zeros(-(-size // 64) * 64, np.bool_)
    bits[docs] = True
    return np.packbits(bits, bitorder="little").view("<u8")
