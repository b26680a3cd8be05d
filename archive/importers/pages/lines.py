"""The lines of a scraped page, each by itself: a date, a byline, a player's time, a pointer to
another article, a piece of the page's own furniture, or text?"""

import re
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, auto

from archive.importers.base import Stamp
from archive.importers.pages.words import ENDS, FURNITURE, ICONS, MENUS
from archive.importers.reading.dates import DateError, NoDateError, read_date


class Kind(Enum):
    TEXT = auto()
    DATE = auto()
    BYLINE = auto()
    CLOCK = auto()  # a player's position or duration, or a time that belongs to the date above it
    PLAYER = auto()  # a heading over players: "Podcasts"
    RELATED = auto()  # "Read also – Headline"; or the words alone, and headlines below
    TAGS = auto()
    FURNITURE = auto()
    END = auto()  # what comes after an article: comments, the most read, other articles


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is what it is about: a date without its label, the title of a pointer, a name.

    `ends_article`: the pointers below it are those at an article's end, not one in its midst.
    """

    kind: Kind
    text: str = ""
    stamp: Stamp | None = None
    is_update: bool = False
    ends_article: bool = False


_ICON_NAME = re.compile(
    r"(?:fa[bsrl]?|ico|icon|icons?|svg|glyphicon|mdi|bi|material)[-_ ][\w-]+|[\w-]*[-_]ico(?:n|ns)?"
    r"|[a-z]+(?:_[a-z]+)+"
)
_RELATED_WORDS = re.compile(
    r"related(?: (?:articles?|stories|story|news|content|topics?|posts?|links?|reading|coverage))?"
    r"|more on this(?: (?:story|topic))?|further reading|see also|read also|also read|read more"
    r"|read next|more like this",
    re.IGNORECASE,
)
_RELATED = re.compile(
    rf"(?:{_RELATED_WORDS.pattern}|don't miss|in pictures)\s*[:–—|-]+\s*(?P<title>\S.*)",
    re.IGNORECASE,
)
_PLAYERS = re.compile(
    r"(?:podcasts?|audio|listen|listen now|listen (?:to|live).{0,40}|recordings?)(?: \(\d+\))?:?",
    re.IGNORECASE,
)
_SENTENCES_OF_SITES = re.compile(
    r"(?:we|this (?:web)?site|our (?:web)?site|by (?:continuing|using|clicking)).*\bcookies?\b.*"
    r"|(?:©|\(c\)|copyright\b).*|.*\ball rights reserved\b.*"
    r"|(?:subscribe|sign up|sign in|log in|register|join us|follow us|follow \w+ on|like us|"
    r"get our|download (?:the|our)|support (?:our|us))\b.{0,120}"
    r"|share (?:this|on|via|with)\b.{0,60}|(?:tweet|print|email) (?:this|to)\b.{0,40}"
    r"|\d[\d,.]*k? (?:comments?|shares?|views?|likes?|min(?:ute)?s?(?: read)?|reads?)"
    r"|(?:photo|image|picture|pic|photograph|source|credit|getty images|caption)s?\s*[:/].{0,80}"
    r"|.{0,200}\((?:photo|image|picture|credit)\b[^)]*\)"
    r"|(?:page|step) \d+ of \d+|estimated reading time.{0,30}|reading time.{0,30}",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:tags?|topics?|categor(?:y|ies)|keywords?|filed under|in this story)\s*:\s*(\S.*)", re.I
)
_CLOCK = re.compile(r"-?\d{1,2}:\d\d(?::\d\d)?(?:\s*/\s*-?\d{1,2}:\d\d(?::\d\d)?)?")
_NAME = (
    r"(?:[A-ZÀ-Þ][\w.'’-]*)(?: (?:(?:van|von|de|der|den|di|da|la|al|bin) )*[A-ZÀ-Þ][\w.'’-]*){0,4}"
)
_BYLINE = re.compile(
    rf"(?:[Bb][Yy]|[Ww]ritten by|[Pp]osted by|[Rr]eporting by|[Aa]uthor|[Tt]ext)\s*:?\s+"
    rf"({_NAME}(?:(?:, | and | & ){_NAME})*)(?P<role>,? (?:in|for|at) .{{1,60}}|, .{{1,60}})?"
)
_DATE_LABEL = re.compile(
    r"(?P<update>(?:last |date )?(?:updated|modified|edited|revised))(?: on| at)?\s*[:–—-]?\s*"
    r"|(?:first |originally |date )?(?:published|written|posted|created|added|date|issued|filed)"
    r"(?: on| at)?\s*[:–—-]?\s*|on\s+",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s*[|•·;]\s*|\s+[/–—-]\s+|,?\s+(?=(?:last )?(?:updated|modified)\b)", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")  # every date has one
_BREADCRUMBS = (" > ", " › ", " » ")
_LONGEST_DATE_LINE = 140


def is_date_label(text: str) -> bool:
    """Whether the line is a label alone, and the date stands on the next one."""
    return bool(_DATE_LABEL.fullmatch(f"{text.strip()} "))


def read_line(text: str, zone: tzinfo) -> list[Line]:
    """What a line that is not empty says: one thing, or several where it joins a byline and dates.

    Raises DateError where it names a day that does not exist.
    """
    plain = " ".join(text.split())
    if is_icon_run(plain):
        return _date_behind_icons(plain, zone)
    if match := _RELATED.fullmatch(plain):
        return [Line(Kind.RELATED, match["title"])]
    if match := _TAGS.fullmatch(plain):
        return [Line(Kind.TAGS, match[1])]
    lines = _short(plain, zone) if len(plain) <= _LONGEST_DATE_LINE else [_one(plain, zone)]
    is_text = [line.kind for line in lines] == [Kind.TEXT]
    return [Line(Kind.TEXT, text.strip())] if is_text else lines


def is_sentence(text: str) -> bool:
    """Whether it ends as sentences do, perhaps inside quotation marks or brackets."""
    return bool(re.search(r"[.!?…][\"'”’»)\]]*$", text))


def _short(plain: str, zone: tzinfo) -> list[Line]:
    line = _one(plain, zone)
    if not _YEAR.search(plain) or line.kind not in (Kind.TEXT, Kind.BYLINE):
        return [line]
    parts = [part for part in _SEPARATORS.split(plain) if part]
    for cut in (parts, _name_and_date(plain, zone)):
        lines = [_one(part, zone) for part in cut]
        if any(one.kind is Kind.DATE for one in lines):
            return [one for one in lines if one.kind is not Kind.TEXT]
    return [line]


def _one(plain: str, zone: tzinfo) -> Line:
    word = plain.casefold().strip(" .:…»›>+").replace("’", "'")
    if _CLOCK.fullmatch(plain):
        return Line(Kind.CLOCK, plain)
    if date := _date(plain, zone):
        return date
    if _PLAYERS.fullmatch(plain):
        return Line(Kind.PLAYER)
    if _RELATED_WORDS.fullmatch(word):
        return Line(Kind.RELATED, ends_article=not word.endswith(("read", "next", "also", "more")))
    if word in ENDS or re.fullmatch(r"more (?:from|in|on|by) .{1,60}|\d+ comments?", word):
        return Line(Kind.END)
    if word in FURNITURE or _is_navigation(plain) or _SENTENCES_OF_SITES.fullmatch(plain):
        return Line(Kind.FURNITURE)
    if (match := _BYLINE.fullmatch(plain)) and len(plain) <= 120 and not plain.endswith("?"):
        return Line(Kind.BYLINE, match[1])
    return Line(Kind.TEXT, plain)


def _date(plain: str, zone: tzinfo) -> Line | None:
    label = _DATE_LABEL.match(plain)
    bare = plain[label.end() :] if label else plain
    if len(bare) > 60 or not _YEAR.search(bare):
        return None
    try:
        stamp = read_date(bare, zone)
    except NoDateError:
        return None
    if stamp.precision:  # a year alone is more often a headline's than a date
        return None
    return Line(Kind.DATE, bare, stamp, is_update=bool(label and label["update"]))


def _name_and_date(plain: str, zone: tzinfo) -> list[str]:
    """ "By Ann Vale, 17 December 2009" in its two parts; nothing where it has not got them."""
    for comma in re.finditer(r",? (?:on |at )?(?=[\w(])|, ", plain):
        before, after = plain[: comma.start()], plain[comma.end() :]
        try:
            if _BYLINE.fullmatch(before) and _date(after, zone):
                return [before, after]
        except DateError:
            continue
    return []


def is_icon_run(plain: str) -> bool:
    """Names of icons, run together or not, as a page's sprite leaves them in its text."""
    words = plain.split()
    with_icon = sum("icon" in word.lower() for word in words) if "icon" in plain.lower() else 0
    if with_icon >= 4 and with_icon >= 0.3 * len(words):
        return True
    return len(words) >= 4 and sum(map(_is_icon_name, words)) >= 0.8 * len(words)


def _is_icon_name(word: str) -> bool:
    return word in ICONS or (("-" in word or "_" in word) and bool(_ICON_NAME.fullmatch(word)))


def _date_behind_icons(plain: str, zone: tzinfo) -> list[Line]:
    """A run of icon names that the page's date was glued to."""
    words = plain.split()
    for count in range(min(8, len(words) - 1), 2, -1):
        if words[-count][:1].isdigit() and (line := _date(" ".join(words[-count:]), zone)):
            return [line]
    return [Line(Kind.FURNITURE)]


def _is_navigation(plain: str) -> bool:
    """A row of a menu, or a breadcrumb trail."""
    if len(plain) < 100 and any(mark in plain for mark in _BREADCRUMBS):
        return True
    if "," in plain:
        return False
    words = [word for word in re.findall(r"[\w']+", plain) if word not in ("and", "the")]
    if not words or not all(word.casefold() in MENUS for word in words):
        return False
    return len(words) == 1 or all(word[0].isupper() for word in words)
