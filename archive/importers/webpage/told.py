"""The paragraphs of a story without the lines that only the page needs: dates, buttons, pointers
to other articles, calls to subscribe."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from archive.importers.pages.lines import Kind
from archive.importers.webpage.dated import lines_of

_LONGEST_CALL = 300  # characters
_LONGEST_KICKER = 30  # characters
_LONGEST_HEAD = 400  # characters of a headline with what stands below it
_LONGEST_BOX = 5  # paragraphs about the author
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
    r"\W*(?:photo|image|picture|credit|source|via)s?(?: by| credit| source)?\s*[:/].{0,80}", re.I
)
# "Last updated on 20 Feb, 2020. 3 min read", "Posted on May 2, 2020 by Ann Vale", "1/5"
_STAMP = re.compile(
    r"(?:last )?(?:updated|published|posted|modified)\b.{0,20}\b(?:19|20)\d\d\b.{0,40}|\d+ ?/ ?\d+",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"\A[\W_]+")
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
        lines = paragraph.split("\n") if len(paragraph) <= _LONGEST_HEAD else [paragraph]
        if len(lines) > 1 and any(line == headline for line in lines):
            for line in lines:  # headline, byline and date, parted by <br>
                _hear(found, line, headline, zone)
        else:
            _hear(found, paragraph, headline, zone)
    return found


def _hear(found: Told, paragraph: str, headline: str, zone: tzinfo) -> None:
    is_headline = paragraph == headline or (
        not found.paragraphs and _has_kicker(paragraph, headline)
    )
    if not is_headline and not is_call(paragraph):
        _tell(found, paragraph, zone)


def _has_kicker(paragraph: str, headline: str) -> bool:
    """Whether it is the headline again with a word or two before it: "Harbour Ferry sinks"."""
    more = len(paragraph) - len(headline)
    return bool(headline) and more <= _LONGEST_KICKER and paragraph.endswith(headline)


def is_call(paragraph: str) -> bool:
    """Whether it asks its readers to subscribe, to follow, to buy, or says that it is paid for, who
    took a picture or when the page was made."""
    if len(paragraph) > 2 * _LONGEST_CALL:
        return False
    small = paragraph.lower()
    if small.startswith(_RIGHTS) or any(words in small for words in _DISCLOSURES):
        return True
    if _CREDIT.fullmatch(paragraph) or _STAMP.fullmatch(paragraph):
        return True
    is_asking = _CALL.match(_NO_LETTERS.sub("", paragraph)) and _WHERETO.search(paragraph)
    return bool(is_asking and len(paragraph) <= _LONGEST_CALL)


def without_author_box(paragraphs: list[str], byline: str) -> list[str]:
    """`paragraphs` up to the line near their end that is the author's name again: what follows
    says who that is."""
    names = {name.casefold() for name in re.split(r", | and ", byline) if " " in name}
    for at in range(max(1, len(paragraphs) - _LONGEST_BOX), len(paragraphs)):
        if paragraphs[at].strip(" –—-").casefold() in names:
            return paragraphs[:at]
    return paragraphs


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
