"""What to tell a reader about the part of a query that could not be honoured.

A note is a value; its words are made when it is shown, in the language of the page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.language.limits import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_GAP,
    MAX_NEAR,
    MAX_TERMS,
    MIN_PREFIX,
)
from search.language.tree import Field


@dataclass(frozen=True, slots=True)
class QueryNote:
    """Something was left out or read differently: `str()` says what, and the way out."""


@dataclass(frozen=True, slots=True)
class UnclosedQuotation(QueryNote):
    def __str__(self) -> str:
        return _(
            "The quotation mark was never closed, "
            "so all that follows it was searched as one phrase."
        )


@dataclass(frozen=True, slots=True)
class UnclosedParenthesis(QueryNote):
    def __str__(self) -> str:
        return _("A parenthesis was never closed, so it was taken to reach to the end.")


@dataclass(frozen=True, slots=True)
class UnopenedParenthesis(QueryNote):
    def __str__(self) -> str:
        return _("A parenthesis was closed that had not been opened, so it was left out.")


@dataclass(frozen=True, slots=True)
class OperatorAlone(QueryNote):
    operator: str

    def __str__(self) -> str:
        return _(
            "“%(operator)s” had no words to work on, so it was left out. "
            "In small letters it is searched as a word."
        ) % {"operator": self.operator}


@dataclass(frozen=True, slots=True)
class FieldAlone(QueryNote):
    name: str

    def __str__(self) -> str:
        return _(
            "“%(name)s:” had nothing behind it, so it was left out. "
            "Put what to search for directly behind the colon."
        ) % {"name": self.name}


@dataclass(frozen=True, slots=True)
class UnknownField(QueryNote):
    name: str

    def __str__(self) -> str:
        return _(
            "“%(name)s:” is not a field, so the words were searched everywhere. "
            "Fields are %(fields)s and date:."
        ) % {"name": self.name, "fields": ", ".join(f"{field}:" for field in Field)}


@dataclass(frozen=True, slots=True)
class DateNotUnderstood(QueryNote):
    text: str

    def __str__(self) -> str:
        return _(
            "“%(text)s” is not a date we understand, so it was left out. "
            'Try date:2009, date:17/12/2009 or date:"Dec 2009".'
        ) % {"text": self.text}


@dataclass(frozen=True, slots=True)
class RangeTurnedRound(QueryNote):
    text: str

    def __str__(self) -> str:
        return _("“%(text)s” runs backwards, so it was searched the other way round.") % {
            "text": self.text
        }


@dataclass(frozen=True, slots=True)
class PrefixNotUnderstood(QueryNote):
    text: str

    def __str__(self) -> str:
        return _(
            "“%(text)s” was searched as a whole word: "
            "a * needs one word of at least %(letters)d letters before it."
        ) % {"text": self.text, "letters": MIN_PREFIX}


@dataclass(frozen=True, slots=True)
class UnfinishedWord(QueryNote):
    """Said by the search, not by the parser: it takes the archive to know that nothing has it."""

    text: str

    def __str__(self) -> str:
        return _(
            "Nothing was found with “%(text)s” as a whole word, "
            "so words that begin with it were searched."
        ) % {"text": self.text}


@dataclass(frozen=True, slots=True)
class StarNotAtEnd(QueryNote):
    text: str
    searched: str

    def __str__(self) -> str:
        return _(
            "“%(text)s” was searched as “%(searched)s”: a * works only at the end of a word."
        ) % {"text": self.text, "searched": self.searched}


@dataclass(frozen=True, slots=True)
class TooFarApart(QueryNote):
    gap: int

    def __str__(self) -> str:
        return _(
            "“~%(gap)s” was searched as “~%(most)d”: "
            "at most %(most)d other words can stand between words that are near each other."
        ) % {"gap": self.gap, "most": MAX_GAP}


@dataclass(frozen=True, slots=True)
class TooManyNear(QueryNote):
    def __str__(self) -> str:
        return _(
            "The query had too many phrases with “~”, so only the first %(most)d were searched."
        ) % {"most": MAX_NEAR}


@dataclass(frozen=True, slots=True)
class TooLong(QueryNote):
    def __str__(self) -> str:
        return _(
            "The query was too long, so only its first %(characters)d characters were searched."
        ) % {"characters": MAX_CHARACTERS}


@dataclass(frozen=True, slots=True)
class TooManyTerms(QueryNote):
    def __str__(self) -> str:
        return _(
            "The query had too many words, so only the first %(terms)d were searched. "
            "Words in one pair of quotation marks count as one."
        ) % {"terms": MAX_TERMS}


@dataclass(frozen=True, slots=True)
class TooDeep(QueryNote):
    def __str__(self) -> str:
        return _(
            "Parentheses stood more than %(depth)d deep inside each other, "
            "so the innermost were left out."
        ) % {"depth": MAX_DEPTH}


@dataclass(frozen=True, slots=True)
class NothingToSearchFor(QueryNote):
    def __str__(self) -> str:
        return _("There was no word to search for, so every article is shown.")
