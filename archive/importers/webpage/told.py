"""The paragraphs of a story without the lines that only the page needs: dates, buttons, pointers
to other articles, calls to subscribe."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from archive.importers.pages.lines import Kind
from archive.importers.webpage.dated import lines_of

_LONGEST_CALL = 300  # characters
_CALL = re.compile(
    r"(?:sign up|subscribe|follow (?:us|our|the|@?\w+ on)|join (?:us|our|the conversation)|download"
    r"|click (?:here|on|the)|like us|get (?:the|our|more|all|your|breaking|daily|unlimited)"
    r"|read more"
    r"|support (?:us|our|independent)|never miss|don['’]t miss|stay (?:up|informed|connected|tuned)"
    r"|(?:do you )?(?:want|like) (?:to|more|this|what)|have (?:a|an|you)|enjoy(?:ed|ing)?"
    r"|listen to|watch (?:more|the|our)|we want to hear|send (?:us|your)|email us|contact us"
    r"|tell us|let us know|to (?:get|receive|read|subscribe|sign)|if you (?:like|enjoy|want|would)"
    r"|for (?:more|the latest)|support|donate|please|help us|become an?|already a)\b",
    re.IGNORECASE,
)
_WHERETO = re.compile(
    r"newsletter|inbox|sign(?:ing)? up|subscri|\bour (?:free )?app\b|\bapp\b\W*$|alerts?\b|facebook"
    r"|twitter|instagram|telegram|whatsapp|youtube|podcast|click here|\bhere\W*$|e-?mail\b|donat"
    r"|this (?:article|story|post)|letter to the editor|\bmember\b|log ?in\b|comments?\b"
    r"|journalism",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*(?:photo|image|picture|credit|source|via)s?(?: by| credit)?\s*[:/].{0,80}", re.I
)
_DISCLOSURES = (
    "affiliate link", "affiliate commission", "all rights reserved", "reprinted with permission",
    "may earn a commission", "may earn commission", "may earn a small commission",
    "may receive compensation", "may receive a commission", "may receive commission",
)  # fmt: skip
_RIGHTS = ("©", "(c)", "copyright ")


@dataclass(slots=True)
class Told:
    paragraphs: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    byline: str = ""


def told(paragraphs: Iterable[str], headline: str, zone: tzinfo) -> Told:
    found = Told()
    for paragraph in paragraphs:
        if paragraph != headline and not is_call(paragraph):
            _tell(found, paragraph, zone)
    return found


def is_call(paragraph: str) -> bool:
    """Whether it asks its readers to subscribe, to follow, to buy, or says that it is paid for."""
    if len(paragraph) > 2 * _LONGEST_CALL:
        return False
    small = paragraph.lower()
    if small.startswith(_RIGHTS) or any(words in small for words in _DISCLOSURES):
        return True
    is_asking = _CALL.match(paragraph) and _WHERETO.search(paragraph)
    return bool(is_asking and len(paragraph) <= _LONGEST_CALL) or bool(_CREDIT.fullmatch(paragraph))


def _tell(found: Told, paragraph: str, zone: tzinfo) -> None:
    for line in lines_of(paragraph, zone):
        if line.kind is Kind.TEXT:
            found.paragraphs.append(line.text)
        elif line.kind is Kind.RELATED and line.text:
            found.related.append(line.text)
        elif line.kind is Kind.TAGS:
            found.tags += [tag.strip(" #") for tag in line.text.split(",")]
        elif line.kind is Kind.BYLINE:
            found.byline = found.byline or line.text
