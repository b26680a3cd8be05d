"""Lexemes into the leaves of the tree, as many as the limits allow."""

from datetime import date

from search.language.dated import DATE_WORDS, read_dated
from search.language.dates import DateNotUnderstoodError
from search.language.lexer import Kind, Lexeme
from search.language.limits import MAX_CHARACTERS, MAX_GAP, MAX_NEAR, MAX_TERMS, MIN_PREFIX
from search.language.notes import (
    DateNotUnderstood,
    PrefixNotUnderstood,
    QueryNote,
    TooFarApart,
    TooLong,
    TooManyNear,
    TooManyTerms,
)
from search.language.tree import Dated, Field, Near, Phrase, Prefix, Undated, Word, Worded
from search.language.words import fold, joined, query_terms


class Leaves:
    """Makes the leaves of one query, and stops when the query has had its share."""

    def __init__(self, today: date, notes: list[QueryNote]) -> None:
        self._today = today
        self._notes = notes
        self._terms_left = MAX_TERMS
        self._characters_left = MAX_CHARACTERS
        self._near_left = MAX_NEAR

    def leaf(self, lexeme: Lexeme, name: str) -> Worded | Dated | Undated | None:
        """What a lexeme asks of the field called `name` ("" for all); None if nothing."""
        if self._terms_left == 0:
            self._notes.append(TooManyTerms())
            return None
        leaf = self._dated(lexeme, name) if name in DATE_WORDS else self._worded(lexeme, name)
        self._terms_left -= leaf is not None
        return leaf

    def _dated(self, lexeme: Lexeme, name: str) -> Dated | Undated | None:
        text = lexeme.text + ("*" if lexeme.kind is Kind.PREFIX else "")
        if lexeme.gap is not None:
            text += f"~{lexeme.gap}"
        try:
            return read_dated(name, text, self._today, self._notes)
        except DateNotUnderstoodError:
            self._notes.append(DateNotUnderstood(text))
            return None

    def _worded(self, lexeme: Lexeme, name: str) -> Worded | None:
        kind, text, gap = self._with_its_prefix(lexeme)
        text = self._fitting(text)
        terms = query_terms(text)
        if not terms:
            return None
        field = Field(name) if name else None
        match kind:
            case Kind.PHRASE if gap is not None and len(terms) > 1:
                return self._near(text, gap, field)
            case Kind.PHRASE:
                return Phrase(text, field)
            case Kind.PREFIX:
                return Prefix(text, field)
        return Word(text, field)

    def _with_its_prefix(self, lexeme: Lexeme) -> Lexeme:
        """A prefix with text that folds to one term; as a word, and said so, where it has none."""
        terms = query_terms(lexeme.text)
        if lexeme.kind is not Kind.PREFIX or not terms:
            return lexeme
        term = joined(lexeme.text) or " ".join(terms)
        if len(term) < MIN_PREFIX or query_terms(term) != (term,):
            self._notes.append(PrefixNotUnderstood(f"{lexeme.text}*"))
            return lexeme._replace(kind=Kind.WORD)
        return lexeme if fold(lexeme.text) == term else lexeme._replace(text=term)

    def _near(self, text: str, gap: int, field: Field | None) -> Near | None:
        if self._near_left == 0:
            self._notes.append(TooManyNear())
            return None
        self._near_left -= 1
        return Near(text, self._reached(gap), field)

    def _reached(self, gap: int) -> int:
        if gap > MAX_GAP:
            self._notes.append(TooFarApart(gap))
        return min(gap, MAX_GAP)

    def _fitting(self, text: str) -> str:
        """The whole words of a text that there is room for. Where some are not, that was all."""
        if len(text) <= self._characters_left:
            self._characters_left -= len(text)
            return text
        fitting = text[: self._characters_left + 1].rpartition(" ")[0]
        self._characters_left = 0
        self._notes.append(TooLong())
        return fitting
