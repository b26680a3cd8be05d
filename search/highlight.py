"""The reader's words, marked where they stand. Everything is escaped first and then marked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString

from archive.typography import curled
from search.language.tree import Field, Node, words_of
from search.spotting import Span, Wanted

SNIPPET_LENGTH = 240
"""Characters of a snippet, about two lines."""

SNIPPET_SOURCE = 50_000
"""Characters of an article that are looked through for a snippet; a book is not read whole."""

PARAGRAPHS_APART = "\n\n"


class Highlighter:
    """Marks what a query asked for in headlines and snippets."""

    def __init__(self, tree: Node) -> None:
        parts = list(words_of(tree))
        anywhere = [part for part in parts if part.field is None]
        in_headlines = [part for part in parts if part.field in (None, Field.HEADLINE)]
        self._text = Wanted(anywhere)
        # Mostly the same: then what was analysed for the one is known to the other.
        self._headline = Wanted(in_headlines) if in_headlines != anywhere else self._text
        self._said = Wanted(part for part in parts if part.field is Field.SAID)

    def headline(self, text: str) -> SafeString:
        """The whole text as HTML, the query's words in `<mark>`."""
        return marked(text, self._headline.spans(text))

    def whole(self, text: str) -> SafeString:
        """As `headline`, of any other part of an article."""
        return marked(text, self._text.spans(text))

    def snippet(self, standfirst: str, body: str, language: str = "") -> SafeString:
        """The part of the text where most of the query stands close together, as HTML.

        Without a match: how the text begins. Its quotation marks are those of its language.
        """
        text = PARAGRAPHS_APART.join(part for part in (standfirst, body) if part)[:SNIPPET_SOURCE]
        return excerpt(text, self._text.spans(text), language)

    def quotation(self, words: str, speaker: str, language: str = "") -> SafeString:
        """As `snippet`, of what somebody said: in quotation marks, and by whom; "" if not known."""
        text = f'"{words.rstrip(",")}"'
        said = excerpt(text, self._said.spans(text), language)
        return SafeString(f"{said} — {escape(speaker)}") if speaker else said


def excerpt(text: str, spans: Sequence[Span], language: str) -> SafeString:
    """The stretch of a text that has most of some spans, as HTML."""
    start, end = best_window(text, spans)
    inside = [
        Span(span.start - start, span.end - start, span.part)
        for span in spans
        if start <= span.start and span.end <= end
    ]
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shown = marked(curled(text[start:end], language), inside).replace(PARAGRAPHS_APART, " … ")
    return SafeString(before + shown + after)


def best_window(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """The stretch of about SNIPPET_LENGTH characters with most different parts of the query in it.

    Among equals the one with more words marked, then the first. It begins and ends between words.
    """
    if not spans:
        return 0, word_end(text, SNIPPET_LENGTH)
    best = spans[richest(spans)]
    start = word_start(text, best.start - SNIPPET_LENGTH // 4)
    return start, max(word_end(text, start + SNIPPET_LENGTH), best.end)


def richest(spans: Sequence[Span]) -> int:
    """The first span of the window that holds most parts of the query, then most spans."""
    best, most, last = 0, (0, 0), 0
    inside: Counter[int] = Counter()
    for first, span in enumerate(spans):
        reach = span.start + SNIPPET_LENGTH * 3 // 4
        while last < len(spans) and spans[last].end <= reach:
            inside[spans[last].part] += 1
            last += 1
        if last <= first:  # it alone is wider than a window
            last = first + 1
            continue
        if (holds := (len(inside), last - first)) > most:
            best, most = first, holds
        inside[span.part] -= 1
        if not inside[span.part]:
            del inside[span.part]
    return best


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
    return SafeString("".join([*pieces, escape(text[done:])]))


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
