"""A query tree as the clauses of one segment.

What a part of the tree matches, and what it scores:

- a word: its stem in `text`, by BM25F; a word that analyses to several terms (`B-52`): these side
  by side, or joined to one (`b52`), or both
- a phrase: the stems of its words side by side; words near each other: within reach, in any
  order; the sum of what they score
- a prefix: the unstemmed words that begin like it: 1, and HEADLINE_BONUS more in a headline
- the same with a field: in that field; names of people, tags, sections and sources and bylines
  are not stemmed and score 1
- a quotation: the stems of words that are said, names of speakers as they are; 1, whatever is
  asked of it
- a word, phrase or prefix without a letter or digit: nothing
- And, Or: the sum of the parts that match. All else matches without a score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from search.engines.whoosh.algebra import Window
from search.engines.whoosh.clauses import Clause, Conjunction, Disjunction, Negation, Preference
from search.engines.whoosh.company import Range
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.leaves import Constant, Phrase, Term
from search.engines.whoosh.phrases import together
from search.engines.whoosh.quotations import documents_with, quotations_in
from search.engines.whoosh.schema import LABEL, facet_field
from search.engines.whoosh.segment import Docs, Field, SegmentArrays
from search.engines.whoosh.statistics import Statistics
from search.language import tree
from search.language.words import joined, query_terms, stem
from search.request import Facet

HEADLINE_BONUS = 2.5
"""What a prefix scores in the headline, beside 1 as part of the text."""

SCORED = ("text", "headline")
STEMMED = (*SCORED, "said")


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes clauses for a window of a segment."""

    segment: SegmentArrays
    window: Window
    statistics: Statistics
    fields: Mapping[str, Field]

    @classmethod
    def of(cls, segment: SegmentArrays, window: Window, statistics: Statistics) -> "Planner":
        return cls(segment, window, statistics, segment.fields)

    def clause(self, node: tree.Node) -> Clause:
        match node:
            case tree.Word(text, field):
                return self._word(field or "text", text)
            case tree.Phrase(text, field):
                return self._together(field or "text", query_terms(text))
            case tree.Near(text, gap, field):
                return self._together(field or "text", query_terms(text), gap)
            case tree.Prefix(text, field):
                return self._prefix(joined(text) or "".join(query_terms(text)), field)
            case tree.Quoted(part):
                return Constant(lambda: self._quoting(part), 1)
            case tree.And(parts):
                return self._conjunction(parts)
            case tree.Or(parts):
                return Disjunction([self.clause(part) for part in parts], self.window)
            case tree.Not(part):
                return Negation(self.clause(part), self.window)
            case tree.Dated() | tree.Undated():
                return self._of_days(node)
            case tree.Everything():
                return Constant(self.window.whole)

    def _conjunction(self, parts: Iterable[tree.Node]) -> Clause:
        """Dates narrow the window in which its other parts are looked for."""
        window = self.window
        for part in parts:
            if isinstance(part, tree.Dated | tree.Undated):
                window = window.narrowed(*days(part, self.segment))
        planner = replace(self, window=window)
        return Conjunction([planner.clause(part) for part in parts], window)

    def _of_days(self, node: tree.Dated | tree.Undated) -> Clause:
        found = self.window.narrowed(*days(node, self.segment)).whole()
        outlasting = outlasting_days(node, self.segment)
        if not len(outlasting):
            return Constant(lambda: found)
        unwanted = Constant(lambda: self.window.listed(outlasting))
        return Conjunction([Constant(lambda: found), Negation(unwanted, self.window)], self.window)

    def _quoting(self, part: tree.Node) -> DocSet:
        """The documents with a quotation of which the part is true."""
        if isinstance(part, tree.Word | tree.Phrase | tree.Prefix):
            return self.clause(part).find()  # Nothing of it reaches from one quotation to another.
        window, segment = self.window, self.segment
        of_quotations = replace(self, window=quotations_in(window, segment), fields=segment.quoted)
        return documents_with(of_quotations.clause(part).find(), window, segment)

    def _word(self, name: str, text: str) -> Clause:
        words = query_terms(text)
        parts = self._together(name, words)
        if len(words) < 2 or (whole := joined(text)) is None:
            return parts
        return Disjunction([parts, self._together(name, (whole,))], self.window)

    def _together(self, name: str, words: Iterable[str], gap: int | None = None) -> Clause:
        """Words side by side or, with a gap, near each other."""
        field = self.fields[name]
        terms = [(stem(word) if name in STEMMED else word).encode() for word in words]
        numbers = [number for term in terms if (number := field.terms.number(term)) is not None]
        if not terms or len(numbers) < len(terms):
            return Constant(self.window.nothing)
        if name not in SCORED:
            return Constant(lambda: self._having(field, numbers, gap), 1)
        scored = [
            Term(name, term, number, field, self.window, self.statistics)
            for term, number in zip(terms, numbers, strict=True)
        ]
        return scored[0] if len(scored) == 1 else Phrase(scored, field, gap, self.window)

    def _having(self, field: Field, numbers: Sequence[int], gap: int | None) -> DocSet:
        if len(numbers) == 1:
            return self.window.listed(field.docs_of(numbers[0]))
        return self.window.listed(together(field, numbers, gap, self.window))

    def _prefix(self, start: str, field: tree.Field | None) -> Clause:
        if not start:
            return Constant(self.window.nothing)
        match field:
            case None:
                return Preference(
                    Constant(lambda: self._beginning("exact", start), 1),
                    Constant(lambda: self._beginning("headline_exact", start), HEADLINE_BONUS),
                )
            case tree.Field.HEADLINE:
                return Constant(lambda: self._beginning("headline_exact", start), 1)
            case tree.Field.SAID:
                return Constant(lambda: self._beginning("said_exact", start), 1)
            case _:
                return Constant(lambda: self._beginning(field, start), 1)

    def carrying(self, facet: Facet, slug: str) -> DocSet:
        """The documents with a value of a facet. One slug may have several labels."""
        return self._beginning(facet_field(facet), slug + LABEL)

    def _beginning(self, name: str, start: str) -> DocSet:
        """The documents with a term that begins with `start`."""
        field = self.fields[name]
        first, end = field.terms.beginning(start.encode())
        covers = ((Range(field, first, end),),)
        if end - first == 1:
            return self.window.listed(field.docs_of(first), covers)
        return self.window.united(field.docs_of_any(first, end), covers)


def days(node: tree.Dated | tree.Undated, segment: SegmentArrays) -> tuple[int, int]:
    """The documents first..last that begin in these days."""
    if isinstance(node, tree.Undated):
        return 0, segment.undated
    return between(node.start, node.end, segment)


def outlasting_days(node: tree.Dated | tree.Undated, segment: SegmentArrays) -> Docs:
    """Those of `days` that are not found all the same: of a month or year that ends after them."""
    end = node.end if isinstance(node, tree.Dated) else None
    return segment.vague.outlasting(end) if end else segment.vague.docs[:0]


def between(start: date | None, end: date | None, segment: SegmentArrays) -> tuple[int, int]:
    """The documents first..last that begin from one day to another, both included. The undated are
    not among them, however early the start."""
    first = segment.undated
    if start:
        first = int(segment.days.searchsorted(np.int32(start.toordinal())))
    last = segment.size
    if end:
        last = int(segment.days.searchsorted(np.int32(end.toordinal()), "right"))
    return first, max(first, last)
