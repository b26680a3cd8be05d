"""An article as a reference: in words, for LaTeX (BibTeX) and for reference managers (RIS).

Pure functions over a `Reference`. A byline is kept as one name for each of its writers, in the
order of its words: which of them is the family name only the writer knows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _

from archive.dating import DatePrecision, in_digits, in_words


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation says of an article.

    day: in the newsroom's time; None for undated. precision: a `DatePrecision`, how much of it is
    known.
    """

    number: int
    title: str
    writers: tuple[str, ...]
    newspaper: str
    day: date | None
    language: str
    url: str
    precision: str = DatePrecision.DAY


class Format(NamedTuple):
    """One way of writing a reference down, and as what it is sent."""

    write: Callable[[Reference], str]
    content_type: str


_BY = re.compile(r"^\s*(?:by|von)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[;&]|\band\b|\bund\b)\s*", re.IGNORECASE)
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")

_LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#%_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NESTED = str.maketrans("“”", "‘’")


def writers_of(byline: str) -> tuple[str, ...]:
    """The names in a byline: “By Una Carrow, Tom Moss and Ann Vale” has three.

    A comma stands between names only where an “and” does: “Una Carrow, Harbour Correspondent”.
    """
    *others, last = _AND.split(_BY.sub("", byline).strip())
    names = [*(name for part in others for name in part.split(",")), last]
    return tuple(filter(None, map(_one_line, names)))


def plain(reference: Reference) -> str:
    """One line: Una Carrow, “Bridge opens”, Port Almond Courier, 21 June 1997, https://…"""
    day = in_words(reference.day, reference.precision) if reference.day else _("undated")
    title = f"“{_one_line(reference.title).translate(_NESTED)}”"
    return ", ".join(
        [*reference.writers, title, _one_line(reference.newspaper), day, reference.url]
    )


def bibtex(reference: Reference) -> str:
    """An `@article` entry, as BibTeX and biber read it (UTF-8)."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(reference))
    return f"@article{{{_key(reference)},\n{fields}}}\n"


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.writers:
        # In braces of its own, so that no “and” and no comma of a name is taken for BibTeX's.
        names = (_braced(name) if "," in name else _latex(name) for name in reference.writers)
        yield "author", _group(" and ".join(names))
    yield (
        "title",
        _group(_braced(reference.title)),
    )  # in double braces no style changes its capitals
    yield "journal", _braced(reference.newspaper)
    if reference.day:
        yield "year", _group(f"{reference.day.year:04}")
        if reference.precision != DatePrecision.YEAR:
            yield "month", _MONTHS[reference.day.month - 1]
        if reference.precision == DatePrecision.DAY:
            yield "day", _group(str(reference.day.day))
    yield "url", _group(reference.url)
    yield "language", _braced(reference.language)


def _key(reference: Reference) -> str:
    """courier-1997-17: nothing in it that BibTeX would stumble over."""
    year = f"{reference.day.year:04}" if reference.day else ""
    return "-".join(filter(None, (slugify(reference.newspaper), year, str(reference.number))))


def ris(reference: Reference) -> str:
    """A record of the type NEWS (a newspaper article)."""
    tags: Iterable[tuple[str, str]] = (
        ("TY", "NEWS"),
        *(("AU", name) for name in reference.writers),
        ("TI", reference.title),
        ("T2", reference.newspaper),
        *_ris_day(reference),
        ("LA", reference.language),
        ("UR", reference.url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags)


def _ris_day(reference: Reference) -> Iterator[tuple[str, str]]:
    """RIS has a place for each part of a date, and leaves those empty that are not known."""
    if reference.day:
        year, month, day = [*in_digits(reference.day, reference.precision).split("-"), "", ""][:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"


def _braced(text: str) -> str:
    return _group(_latex(text))


def _group(latex: str) -> str:
    return f"{{{latex}}}"


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def _one_line(text: str) -> str:
    """A line break would begin another tag of RIS."""
    return _SPACE.sub(" ", text).strip()


FORMATS: Mapping[str, Format] = {
    "txt": Format(plain, "text/plain; charset=utf-8"),
    "bib": Format(bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": Format(ris, "application/x-research-info-systems; charset=utf-8"),
}
"""By the ending of the file."""
