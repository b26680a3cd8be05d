"""The reader's words, marked where they stand. Everything is escaped first and then marked."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.language.tree import Field, Node, Phrase, Prefix, Word, words_of
from search.language.words import Token, fold, joined, query_terms, stem, tokens

SNIPPET_LENGTH = 240
"""Characters of a snippet, about two lines."""

SNIPPET_SOURCE = 50_000
"""Characters of an article that are looked through for a snippet; a book is not read whole."""

PARAGRAPHS_APART = "\n\n"


class Span(NamedTuple):
    """A stretch of text, `start` to `end` (exclusive), and which part of the query it answers."""

    start: int
    end: int
    part: int


class Wanted:
    """The words that one field of an article is searched for."""

    def __init__(self, parts: Sequence[Word | Phrase | Prefix]) -> None:
        self.words: dict[str, int] = {}
        self.phrases: list[tuple[tuple[str, ...], int]] = []
        self.prefixes: list[tuple[str, int]] = []
        for number, part in enumerate(parts):
            self.add(part, number)

    def add(self, part: Word | Phrase | Prefix, number: int) -> None:
        if isinstance(part, Prefix):
            self.prefixes.append((fold(part.text), number))
            return
        stems = tuple(stem(term) for term in query_terms(part.text))
        if len(stems) == 1:
            self.words[stems[0]] = number
        elif stems:
            self.phrases.append((stems, number))
        if isinstance(part, Word) and (whole := joined(part.text)):
            self.words[stem(whole)] = number

    def spans(self, text: str) -> list[Span]:
        """Where the text has any of it, by start; spans may touch and overlap."""
        if not (self.words or self.phrases or self.prefixes):
            return []
        return sorted(self._found(text))

    def _found(self, text: str) -> Iterator[Span]:
        longest = max((len(stems) for stems, _ in self.phrases), default=1)
        recent: deque[tuple[str, Token]] = deque(maxlen=longest)
        for token in tokens(text):
            stemmed = stem(token.term)
            if (number := self.words.get(stemmed)) is not None:
                yield Span(token.start, token.end, number)
            for prefix, number in self.prefixes:
                if token.term.startswith(prefix):
                    yield Span(token.start, token.end, number)
            if recent and recent[-1][1].position == token.position:
                continue  # the joined form beside its first part takes no place in a phrase
            recent.append((stemmed, token))
            for stems, number in self.phrases:
                if tuple(term for term, _ in recent)[-len(stems) :] == stems:
                    yield Span(recent[-len(stems)][1].start, token.end, number)


class Highlighter:
    """Marks what a query asked for in headlines and snippets."""

    def __init__(self, tree: Node) -> None:
        parts = list(words_of(tree))
        self._text = Wanted([part for part in parts if part.field is None])
        self._headline = Wanted([part for part in parts if part.field in (None, Field.HEADLINE)])

    def headline(self, text: str) -> SafeString:
        """The whole text as HTML, the query's words in `<mark>`."""
        return marked(text, self._headline.spans(text))

    def snippet(self, standfirst: str, body: str) -> SafeString:
        """The part of the text where most of the query stands close together, as HTML.

        Without a match: how the text begins.
        """
        text = PARAGRAPHS_APART.join(part for part in (standfirst, body) if part)[:SNIPPET_SOURCE]
        spans = self._text.spans(text)
        start, end = best_window(text, spans)
        inside = [
            Span(span.start - start, span.end - start, span.part)
            for span in spans
            if start <= span.start and span.end <= end
        ]
        before = "… " if start else ""
        after = " …" if end < len(text) else ""
        excerpt = marked(text[start:end], inside).replace(PARAGRAPHS_APART, " … ")
        return mark_safe(before + excerpt + after)  # noqa: S308 escaped


def best_window(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """The stretch of about SNIPPET_LENGTH characters with most different parts of the query in it.

    Among equals the one with more words marked, then the first. It begins and ends between words.
    """
    if not spans:
        return 0, word_end(text, SNIPPET_LENGTH)
    best = max(range(len(spans)), key=lambda first: (*richness(spans, first), -first))
    start = word_start(text, spans[best].start - SNIPPET_LENGTH // 4)
    return start, max(word_end(text, start + SNIPPET_LENGTH), spans[best].end)


def richness(spans: Sequence[Span], first: int) -> tuple[int, int]:
    """How many parts of the query, and how many spans, a window from `first` on would hold."""
    reach = spans[first].start + SNIPPET_LENGTH * 3 // 4
    last = first
    while last < len(spans) and spans[last].end <= reach:
        last += 1
    return len({span.part for span in spans[first:last]}), last - first


def word_start(text: str, at: int) -> int:
    """The beginning of the word at or behind `at`; 0 where that is near the text's own."""
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return at if space == -1 or space > at + 40 else space + 1


def word_end(text: str, at: int) -> int:
    """The end of the last whole word before `at`."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return at if space < at - 40 else space


def marked(text: str, spans: Sequence[Span]) -> SafeString:
    """`text` escaped, with each stretch that `spans` cover in one `<mark>`."""
    pieces: list[str] = []
    done = 0
    for start, end in merged(spans):
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # noqa: S308 every piece is escaped


def merged(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The stretches that `spans` (sorted) cover, those that overlap or touch made one."""
    current: tuple[int, int] | None = None
    for start, end, _ in spans:
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current
