"""The words of one article, numbered as an engine numbers them, and what stands where."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from search.language.tree import Near, Prefix, Word, Worded
from search.language.words import PART_GAP, joined, query_terms, tokens


class Stretch(NamedTuple):
    """`text[start:end]` of one of several texts."""

    text: int
    start: int
    end: int


Found = tuple[Stretch, ...]
"""What answers once to a part of a query: one stretch, or the words that are near each other."""


class Numbered:
    """Several texts as one, with a gap between them."""

    def __init__(self, texts: Iterable[str], form: Callable[[str], str]) -> None:
        """form: of a term, which words have to share to be the same: its stem, say."""
        self._form = form
        self._terms: dict[str, list[Stretch]] = {}
        self._places: dict[str, dict[int, Stretch]] = {}
        first = at = 0
        for number, text in enumerate(texts):
            for token in tokens(text):
                at = first + token.position
                stretch = Stretch(number, token.start, token.end)
                self._terms.setdefault(token.term, []).append(stretch)
                self._places.setdefault(form(token.term), {}).setdefault(at, stretch)
            first = at + PART_GAP if self._places else 0

    def having(self, leaf: Worded) -> list[Found]:
        """Wherever the texts have what is asked for, in their order; [] if they do not match."""
        return sorted(set(self._found(leaf)))

    def _found(self, leaf: Worded) -> Iterator[Found]:
        terms = query_terms(leaf.text)
        match leaf:
            case Prefix(text):
                return self._beginning(joined(text) or "".join(terms))
            case Near(_, gap):
                return self._near(terms, len(terms) + gap)
            case Word(text) if whole := joined(text):
                return chain(self._together(terms), self._together((whole,)))
            case _:
                return self._together(terms)

    def _beginning(self, start: str) -> Iterator[Found]:
        for term, stretches in self._terms.items():
            if start and term.startswith(start):
                yield from ((stretch,) for stretch in stretches)

    def _together(self, terms: tuple[str, ...]) -> Iterator[Found]:
        """Side by side, in this order."""
        places = [self._places.get(self._form(term), {}) for term in terms]
        for at, first in places[0].items() if places else ():
            others = [there.get(at + number) for number, there in enumerate(places)]
            if all(others) and (last := others[-1]):
                yield (Stretch(first.text, first.start, last.end),)

    def _near(self, terms: tuple[str, ...], reach: int) -> Iterator[Found]:
        """All among `reach` places in a row, in any order; no place is told twice."""
        wanted = Counter(map(self._form, terms))
        places = sorted((at, form) for form in wanted for at in self._places.get(form, ()))
        recent: deque[tuple[int, str]] = deque()
        for at, form in places:
            recent.append((at, form))
            while recent[0][0] <= at - reach:
                recent.popleft()
            if wanted <= Counter(form for _, form in recent):
                yield tuple(self._places[form][at] for at, form in recent)
                recent.clear()
