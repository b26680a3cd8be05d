"""How many slips of the pen two words are apart, asked of all words of a segment at once."""

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.sorted_terms import SortedTerms


def near(terms: SortedTerms, word: str, most: int) -> tuple[Array, Array]:
    """The numbers of the terms that are at most so many slips away, and how many that is.

    A slip is a letter too many, too few, wrong, or swapped with the next; never in the first place.
    """
    numbers, letters, lengths = alike(terms, word, most)
    slips = distances(letters, lengths, np.frombuffer(word.encode("utf-32-le"), "<u4"), most)
    close = slips <= most
    return numbers[close], slips[close]


def alike(terms: SortedTerms, word: str, most: int) -> tuple[Array, Array, Array]:
    """The terms with the word's first letter and nearly its length: their numbers [n], their
    letters [longest, n], 0 behind the last, and their lengths [n], in letters.
    """
    first, behind = terms.beginning(word[:1].encode())
    if word.isascii():  # a term with any other letter then counts as too long, or as too different
        lengths = terms.lengths(first, behind)
    else:
        words = [terms[number].decode() for number in range(first, behind)]
        lengths = np.fromiter(map(len, words), np.int64, len(words))
    chosen = np.flatnonzero(np.abs(lengths - len(word)) <= most)
    width = len(word) + most
    if word.isascii():
        letters = terms.letters(first + chosen, width)
    else:
        padded = np.array([words[number] for number in chosen], f"<U{width}")
        letters = padded.view("<u4").reshape(len(chosen), width).T
    return first + chosen, letters, lengths[chosen]


def distances(letters: Array, lengths: Array, word: Array, most: int) -> npt.NDArray[np.uint8]:
    """The slips between the word and each of n others: u1[n], anything above `most` for more.

    Optimal string alignment: Damerau (1964), one row of the table after the other, for all words
    at once, and only where the two are at the same place give or take `most`.
    """
    width, count = len(letters), len(lengths)
    far = np.uint8(most + 1)
    before = last = np.full((width + 1, count), far)
    row = last.copy()
    row[: most + 1] = np.arange(most + 1, dtype=np.uint8)[:, None]
    for i in range(1, len(word) + 1):
        before, last, row = last, row, np.full((width + 1, count), far)
        if i <= most:
            row[0] = i
        for j in range(max(1, i - most), min(width, i + most) + 1):
            wrong = last[j - 1] + (letters[j - 1] != word[i - 1])
            row[j] = np.minimum(np.minimum(last[j], row[j - 1]) + 1, wrong)
            if i > 1 and j > 1:
                swapped = (letters[j - 1] == word[i - 2]) & (letters[j - 2] == word[i - 1])
                np.minimum(row[j], before[j - 2] + 1, out=row[j], where=swapped)
    return row[lengths, np.arange(count)]
