"""BM25F: how much a word says about an article that has it.

A word's weight in an article is how often it stands there, where standing in the headline counts
HEADLINE_WEIGHT times more: the field weights go into the frequency, before it saturates. Robertson,
Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (2004). Then

    score = idf * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length / average length))

as Whoosh's `BM25F` has it, so that its own Searcher gives the same scores. Lengths are those that
Whoosh's one-byte codes stand for.
"""

from functools import lru_cache
from math import log

import numpy as np
import numpy.typing as npt
from whoosh.util.numeric import byte_to_length

from search.engines.whoosh.arrays import Array

K1 = 1.2
"""How fast repetition tires. Robertson's usual constant."""

B = 0.75
"""How much long articles are held back. Robertson's usual constant."""

HEADLINE_WEIGHT = 3
"""What a word in the headline counts, beside counting once as part of the text."""

MAX_WEIGHT = 255
"""A weight is kept in a byte. What repetition adds beyond this is under half a percent."""

LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.float64)
"""The length, in words, that each code stands for; ascending."""

IMPACT_STEP = (K1 + 1) / 255
"""An impact is a saturation in steps of this, rounded up: 1 to 255."""


def idf(documents: int, having: int) -> float:
    """How rare a word is that `having` of all documents (deleted ones included) have."""
    return log(documents / (having + 1)) + 1


def length_codes(lengths: Array) -> npt.NDArray[np.uint8]:
    """Whoosh's code of each length in words: the first that stands for as much or more."""
    codes = np.searchsorted(LENGTHS, lengths)
    return np.minimum(codes, 255).astype(np.uint8)


def saturation(weights: Array, codes: Array, average: float) -> npt.NDArray[np.float64]:
    """The score without the idf: 0 to K1 + 1. average: words per document, over the whole index."""
    return weights * (K1 + 1) / (weights + norms(average)[codes])


@lru_cache(maxsize=100)
def norms(average: float) -> npt.NDArray[np.float64]:
    """The part of the denominator that depends on the length, by its code. Read-only."""
    norm = K1 * (1 - B + B * LENGTHS / (average or 1))
    norm.flags.writeable = False
    return norm


def impacts(weights: Array, codes: Array, average: float) -> npt.NDArray[np.uint8]:
    """The saturations in IMPACT_STEPs, rounded up: u1, 1 to 255, for weights from 1.

    average: the segment's own; the index's, which changes with every commit, gives other
    saturations. `impact_slack` says how much greater these can be.
    """
    if weights.size < _TABLE:
        return _rounded(saturation(weights, codes, average))
    return _rounded(saturation(*_grid(), average))[weights, codes]


def _rounded(saturations: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    return np.clip(np.ceil(saturations / IMPACT_STEP), 1, 255).astype(np.uint8)


@lru_cache(maxsize=1_000)
def impact_slack(own: float, average: float) -> float:
    """The most that impact * IMPACT_STEP, made with the average `own`, has to be multiplied with
    to be no less than the saturation under `average`; at least 1.
    """
    weights, codes = _grid()
    made = impacts(weights[1:], codes, own) * IMPACT_STEP
    return max(1.0, float((saturation(weights[1:], codes, average) / made).max()))


_TABLE = 1 << 16
"""Different pairs of a weight and a code: of more postings than that, some are the same."""


def _grid() -> tuple[Array, Array]:
    """Every weight, as rows, and every length code, as columns."""
    return np.arange(256)[:, None], np.arange(256)[None, :]
