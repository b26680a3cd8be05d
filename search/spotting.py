"""Where a text has the words of a query: exactly as if all of it were analysed."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from search.language.tree import Near, Prefix, Word, Worded
from search.language.words import fold, joined, query_terms, stem, tokens
from search.outline import Outline, Run, start_of, start_of_words


class Span(NamedTuple):
    """A stretch of text, `start` to `end` (exclusive), and which part of the query it answers."""

    start: int
    end: int
    part: int


class Known(NamedTuple):
    """A word of a run by its term and stem, and where in the run it stands.

    whole: the joined form of several words, which takes no place of its own in a phrase.
    """

    term: str
    stem: str
    start: int
    end: int
    whole: bool


class Wanted:
    """The words that one field of some articles is searched for.

    What was analysed for one article is remembered for the next: the same few runs come again and
    again. So keep it no longer than a request.
    """

    def __init__(self, parts: Iterable[Worded]) -> None:
        self.words: dict[str, int] = {}
        self.phrases: list[tuple[tuple[str, ...], int]] = []
        self.near: list[tuple[Counter[str], int, int]] = []
        self.prefixes: list[tuple[str, int]] = []
        for number, part in enumerate(parts):
            self._add(part, number)
        self._starts = {start_of_words(stemmed) for stemmed in self.words}
        self._starts |= {start_of(prefix) for prefix, _ in self.prefixes}
        self._analysed: dict[str, list[Known]] = {}
        self._spans: dict[str, list[Span]] = {}

    def _add(self, part: Worded, number: int) -> None:
        if isinstance(part, Prefix):
            self.prefixes.append((fold(part.text), number))
            return
        stems = tuple(stem(term) for term in query_terms(part.text))
        if isinstance(part, Near):
            self.near.append((Counter(stems), len(stems) + part.gap, number))
        elif len(stems) == 1:
            self.words[stems[0]] = number
        elif stems:
            self.phrases.append((stems, number))
        if isinstance(part, Word) and (whole := joined(part.text)):
            self.words[stem(whole)] = number

    def spans(self, text: str) -> list[Span]:
        """Where the text has any of it, by start; spans may touch and overlap."""
        if not (self._starts or self.phrases or self.near):
            return []
        outline = Outline(text)
        finders = (self._of_words, self._of_phrases, self._of_near)
        return sorted(span for find in finders for span in find(text, outline))

    def _of_words(self, text: str, outline: Outline) -> Iterator[Span]:
        for at, end in {run for start in self._starts for run in outline.runs_with(start)}:
            for span in self._in_run(text[at:end]):
                yield Span(at + span.start, at + span.end, span.part)

    def _in_run(self, run: str) -> list[Span]:
        if (spans := self._spans.get(run)) is None:
            spans = self._spans[run] = list(self._matching(self._words_of(run)))
        return spans

    def _matching(self, words: Iterable[Known]) -> Iterator[Span]:
        for word in words:
            if (number := self.words.get(word.stem)) is not None:
                yield Span(word.start, word.end, number)
            for prefix, number in self.prefixes:
                if word.term.startswith(prefix):
                    yield Span(word.start, word.end, number)

    def _of_phrases(self, text: str, outline: Outline) -> Iterator[Span]:
        for stems, number in self.phrases:
            for at, end in beginnings(stems, outline):
                for place, first in enumerate(self._words_of(text[at:end])):
                    if first.stem == stems[0] and not first.whole:
                        following = self._from((at, end), place, text, outline)
                        if reached := end_of(stems, following):
                            yield Span(at + first.start, reached, number)

    def _of_near(self, text: str, outline: Outline) -> Iterator[Span]:
        for wanted, reach, number in self.near:
            runs = [outline.runs_with(start_of_words(stemmed)) for stemmed in wanted]
            if all(runs):
                words = self._from(min(chain.from_iterable(runs)), 0, text, outline)
                for start, end in near(wanted, reach, words):
                    yield Span(start, end, number)

    def _from(
        self, run: Run | None, place: int, text: str, outline: Outline
    ) -> Iterator[tuple[str, int, int]]:
        """The words from one of a run to the end of the text: stem, start and end in the text."""
        while run:
            words = self._words_of(text[slice(*run)])
            for at in range(place, len(words)):
                if not words[at].whole:
                    yield words[at].stem, run[0] + words[at].start, run[0] + words[at].end
            run, place = outline.run_after(run), 0

    def _words_of(self, run: str) -> list[Known]:
        if (words := self._analysed.get(run)) is None:
            words = self._analysed[run] = list(analysed(run))
        return words


def analysed(text: str) -> Iterator[Known]:
    position = -1
    for term, at, start, end in tokens(text):
        yield Known(term, stem(term), start, end, whole=at == position)
        position = at


def beginnings(stems: tuple[str, ...], outline: Outline) -> Iterator[Run]:
    """The runs that may have the first word of a phrase, with the second behind it."""
    first, second = (outline.runs_with(start_of_words(stemmed)) for stemmed in stems[:2])
    return (run for run in first if run in second or outline.run_after(run) in second)


def near(
    wanted: Counter[str], reach: int, words: Iterable[tuple[str, int, int]]
) -> set[tuple[int, int]]:
    """Where each of the wanted words starts and ends that is among `reach` in a row with them all.

    wanted: how often each stem has to be among them. words: stem, start and end.
    """
    spans: set[tuple[int, int]] = set()
    recent: deque[tuple[int, str, tuple[int, int]]] = deque()
    for place, (found, start, end) in enumerate(words):
        if found not in wanted:
            continue
        recent.append((place, found, (start, end)))
        while recent[0][0] <= place - reach:
            recent.popleft()
        if wanted <= Counter(one for _, one, _ in recent):
            spans.update(where for _, _, where in recent)
    return spans


def end_of(stems: tuple[str, ...], words: Iterator[tuple[str, int, int]]) -> int | None:
    """Where the phrase ends that `words` begin with; None if they begin with another."""
    end = None
    for wanted in stems:
        found, _, end = next(words, ("", 0, None))
        if found != wanted:
            return None
    return end
