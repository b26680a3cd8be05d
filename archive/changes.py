"""What is different between two versions of an article, to be shown word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst

from archive.dating import published_in_words
from archive.differences import Piece, differences
from archive.models import (
    Article,
    ArticleVersion,
    Correction,
    Section,
    Source,
    Status,
    Transition,
)
from archive.versions import Version

READ = ("headline", "standfirst", "body", "byline")
"""The texts of an article that its readers read, in the order of the page."""
TEXTS = (*READ, "place", "rights")
TYPED = ("language", "url", "first_published", "last_modified", "embargo_until", "expires_at")
VALUES = ("source", "section", *TYPED)

PARAGRAPH = re.compile(r"(?<=\n)(?!\n)")

Passage = Sequence[Piece]


class Change(NamedTuple):
    """One part of an article that is not what it was: its name, and its changed passages."""

    name: str
    label: str
    passages: Sequence[Passage]


def text_changes(before: Version, after: Version, names: Sequence[str] = READ) -> list[Change]:
    """What was changed in the texts with these names."""
    found = [
        Change(name, _label(name), passages(getattr(before, name), getattr(after, name)))
        for name in names
    ]
    return [change for change in found if change.passages]


def all_changes(before: Version, after: Version) -> list[Change]:
    """What was changed in all that a version covers."""
    return [
        *text_changes(before, after, TEXTS),
        *_exchanged(VALUES, _values(before), _values(after)),
        *_filed_otherwise(before, after),
    ]


def public_changes(note: Correction) -> list[Change]:
    """What a correction changed in the texts that readers read, if its editor lets them see that.

    Both versions were public, the one right after the other (`Correction.version`). What has been
    withdrawn since does not come back this way.
    """
    after = note.version if note.public and note.shows_changes else None
    if after is None:
        return []
    withdrawn = Transition.objects.filter(article=note.article_id, target=Status.WITHDRAWN)
    if withdrawn.filter(when__gte=after.history_date).exists():
        return []
    earlier = ArticleVersion.objects.filter(id=after.id, history_id__lt=after.history_id)
    before = earlier.order_by("-history_id").first()
    return text_changes(before, after) if before else []


def passages(before: str, after: str) -> list[Passage]:
    """The paragraphs in which two texts differ, each of pieces; what is between them is left out.

    A passage ends where a paragraph ends in both texts: one that was divided is one passage.
    """
    found: list[list[Piece]] = [[]]
    for piece in differences(before, after):
        parts = [piece] if _differs([piece]) else map(Piece, PARAGRAPH.split(piece.text))
        for part in parts:
            goes_on = _differs([part]) and _differs(found[-1])
            if _ends_a_paragraph(found[-1]) and not goes_on:
                found.append([])
            found[-1].append(part)
    return [_without_its_end(passage) for passage in found if _differs(passage)]


def _without_its_end(passage: list[Piece]) -> Passage:
    """Without the empty line behind it, if both texts have that."""
    *first, last = passage
    if _differs([last]):
        return passage
    return [*first, Piece(last.text.rstrip("\n"))]


def _differs(passage: Passage) -> bool:
    return any(piece.gone or piece.new for piece in passage)


def _ends_a_paragraph(passage: Passage) -> bool:
    """In both texts?"""
    before = "".join(piece.text for piece in passage if not piece.new)
    after = "".join(piece.text for piece in passage if not piece.gone)
    return all(text.endswith("\n") or not text for text in (before, after))


def _values(version: Version) -> dict[str, str]:
    values = {name: _shown(getattr(version, name)) for name in TYPED}
    if version.first_published and version.date_precision:
        values["first_published"] = published_in_words(version)
    source = Source.objects.filter(pk=version.source_id).first()
    section = Section.objects.filter(pk=version.section_id).first()
    return values | {"source": str(source or ""), "section": str(section or "")}


def _exchanged(
    names: Sequence[str], before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Change]:
    for name in names:
        if before[name] != after[name]:
            pieces = [Piece(before[name], gone=True), Piece(after[name], new=True)]
            yield Change(name, _label(name), [[piece for piece in pieces if piece.text]])


def _filed_otherwise(before: Version, after: Version) -> Iterator[Change]:
    for name in ("tags", "people"):
        old, new = dict(getattr(before, name)), dict(getattr(after, name))
        gone = [Piece(old[pk], gone=True) for pk in old if pk not in new]
        come = [Piece(new[pk], new=True) for pk in new if pk not in old]
        if gone or come:
            yield Change(name, _label(name), [[piece] for piece in (*gone, *come)])


def _shown(value: datetime | str | None) -> str:
    if isinstance(value, datetime):
        return str(localize(timezone.localtime(value)))
    return value or ""


def _label(name: str) -> str:
    field: Any = Article._meta.get_field(name)
    return capfirst(str(field.verbose_name))
