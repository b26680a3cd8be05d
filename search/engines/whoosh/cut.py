"""Texts cut into pieces, and the pieces looked up, many texts at once.

A dictionary takes 0.2 µs for each word of an archive, most of it waiting for memory. Most pieces
are so short that they fit into two numbers, and numpy compares all of these with a table at once.
"""

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.pieces import JOINING, Words

WIDTH = 16
"""Bytes of the longest piece that the table may have."""

SLOTS = 1 << 19
"""Of the table: several for each word of a newspaper. It takes 10 MB."""

BETWEEN = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) not in JOINING)
"""What is part of no word and joins none: white space, control characters, most signs."""

PLAIN = bytes.maketrans(
    ascii_uppercase.encode() + BETWEEN, ascii_lowercase.encode() + b" " * len(BETWEEN)
)
"""What makes no difference to the terms of a text, taken out of its bytes."""

LOW = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
"""By number of bytes, what is left of eight where the rest is no part of a piece."""


class Cut(NamedTuple):
    """C pieces of Q texts.

    raw: the texts in UTF-8, PLAIN, with WIDTH bytes behind them.
    starts, ends: i8[C], where in it the pieces are.
    lengths: i8[Q], how many pieces each text has.
    """

    raw: bytes
    starts: Array
    ends: Array
    lengths: Array

    def keys(self) -> tuple[Array, Array]:
        """The first eight bytes of each piece and the next eight, as u8[C] twice. Two pieces of up
        to WIDTH bytes that have the same ones are the same, for no byte of them is 0.
        """
        eights = np.ndarray(len(self.raw) - 7, "<u8", self.raw, strides=(1,))
        sizes = self.ends - self.starts
        first = eights[self.starts] & LOW[np.minimum(sizes, 8)]
        second = eights[self.starts + 8] & LOW[np.clip(sizes - 8, 0, 8)]
        return first, second


def cut(texts: Sequence[str]) -> Cut:
    """No term reaches from one piece to the next."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    raw = b" ".join([b"", *encoded, b" " * WIDTH]).translate(PLAIN)
    within = np.frombuffer(raw, np.uint8) != ord(" ")
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    behind = np.cumsum([len(text) + 1 for text in encoded], dtype=np.int64)
    return Cut(raw, starts, ends, np.diff(starts.searchsorted(behind), prepend=0))


class Lookup:
    """The numbers of pieces in a dictionary, which is asked only for those not in the table.

    Each piece has one slot; who comes first, has it. The words that stand everywhere come early.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._first = np.zeros(SLOTS, np.uint64)
        self._second = np.zeros(SLOTS, np.uint64)
        self._numbers = np.zeros(SLOTS, np.uint32)

    def numbers(self, found: Cut) -> npt.NDArray[np.uint32]:
        """u4[C]."""
        first, second = found.keys()
        slots = slots_of(first, second)
        fits = found.ends - found.starts <= WIDTH
        known = fits & (self._first[slots] == first) & (self._second[slots] == second)
        numbers = self._numbers[slots]
        missing = np.flatnonzero(~known)
        numbers[missing] = self._looked_up(found, missing)
        new = missing[fits[missing] & (self._first[slots[missing]] == 0)]
        # Where several want a slot, the last has it, in all three.
        self._first[slots[new]] = first[new]
        self._second[slots[new]] = second[new]
        self._numbers[slots[new]] = numbers[new]
        return numbers

    def _looked_up(self, found: Cut, pieces: Array) -> list[int]:
        raw, words = found.raw, self._words
        spans = zip(found.starts[pieces].tolist(), found.ends[pieces].tolist(), strict=True)
        return [words[raw[start:end].decode("utf-8", "surrogatepass")] for start, end in spans]


def slots_of(first: Array, second: Array) -> Array:
    """Multiplicative hashing, after Knuth (volume 3, 6.4), with odd numbers of our own."""
    mixed = first * np.uint64(0x9E3779B97F4A7C15) ^ second * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - SLOTS.bit_length() + 1)).astype(np.int64)
