"""Names as strings: the key they are compared by, the form they are shown in, their parts."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from archive.data import word_list

# Letters that Unicode does not take apart into a base and an accent.
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = "'’‘ʼ`´"
_WITHIN_WORD = re.compile(f"[{_APOSTROPHES}\u00ad\u200b-\u200f]")
_BETWEEN_WORDS = re.compile(r"[\s.,;:!?_/|()\[\]\"“”„«»\-‐‑‒–—]+")
_SPELT_INITIALS = re.compile(r"\b(\w) (?=\w\b)")

_SUFFIX = re.compile(r"(?:jr|sr|junior|senior|ii|iii|iv|esq)\.?", re.IGNORECASE)
PARTICLES = word_list("particles")
# Written large these are as likely a given name or an article: "Al Gore", "Ben Bernanke".
_ONLY_LOWER_CASE = {"abu", "al", "av", "d", "do", "el", "und", "wa", "y"}
# Small even where they open the name; the others are then large, if alone: "Du Plessis".
_ALWAYS_SMALL = {"al", "bin", "bint", "ibn", "ould", "von", "vom", "zu", "zum", "zur"}

_POSSESSIVE = re.compile(f"[{_APOSTROPHES}][sS]$")
_STRAY = ' \t\r\n,;:!?"“”„«»‹›()[]{}<>*|/\\-‐‑‒–—_~·•' + _APOSTROPHES
_FINAL_DOT = re.compile(r"(?<!\b\w)(?<!\bjr)(?<!\bsr)\.+$", re.IGNORECASE)
_SLUG = re.compile(r"\w+(?:[-_]\w+)+")
_WORD_PART = re.compile(r"[^\W\d_]+")


class Name(NamedTuple):
    """The parts of a name in Western order; particles belong to the family name."""

    given: str
    middle: str
    family: str
    suffix: str


def name_key(name: str) -> str:
    """The key under which two spellings are the same person without asking anybody.

    Folds case, accents, hyphens, apostrophes, dots, the space between initials, and the order of
    "Rasmussen, Anders Fogh". Idempotent. Letters of other scripts stay what they are.
    """
    folded = _fold(_fold(_in_reading_order(name)))
    words = _BETWEEN_WORDS.sub(" ", _WITHIN_WORD.sub("", folded)).strip()
    return _SPELT_INITIALS.sub(r"\1", words)


def tidy_name(name: str) -> str:
    """The name as it is shown: no stray marks, no possessive, and its case mended.

    Mixed case is left alone. A name in one case only, or a slug ("james-baker"), gets display
    case: "McDonald", "O'Brien", "Jr". Particles are small ("Ludwig van der Vaal", "de la Madrid");
    only a single one that opens the name is large, as the press writes it ("Du Plessis"), unless
    it is German or Arabic ("von Weizsaecker").
    """
    bare = _bare(" ".join(name.split()))
    if bare != bare.lower() and bare != bare.upper():
        return bare
    spaced = re.sub("[-_]", " ", bare) if _SLUG.fullmatch(bare) and bare.islower() else bare
    return _bare(_display_case(spaced))


def split_name(name: str) -> Name:
    """The parts of a name; a single word is a family name.

    >>> split_name("Ludwig B. van der Vaal Jr")
    Name(given='Ludwig', middle='B.', family='van der Vaal', suffix='Jr')
    """
    words = _in_reading_order(name).split()
    suffix = words.pop() if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) else ""
    at = max(len(words) - 1, 0)
    while at > 0 and is_particle(words[at - 1]) and (at > 1 or words[0].islower()):
        at -= 1
    given = words[0] if at else ""
    return Name(given, " ".join(words[1:at]), " ".join(words[at:]), suffix)


def filing_key(name: str) -> str:
    """What an index of people files a name under, folded as `name_key`: the family name first.

    >>> filing_key("Émile van der Vaal Jr")
    'van der vaal emile jr'
    """
    given, middle, family, suffix = split_name(name)
    return name_key(" ".join(part for part in (family, given, middle, suffix) if part))


def kin_key(name: str) -> str:
    """What spellings and fuller forms of one name mostly share: the family name and an initial.

    >>> kin_key("Dmitri Anatolyevich Medvedev") == kin_key("Medvedev, D. A.") == "medvedev d"
    True
    """
    given, _, family, _ = split_name(name)
    return f"{name_key(family)} {name_key(given)[:1]}".strip()


def is_particle(word: str) -> bool:
    """Whether a word inside a name belongs to the surname that follows: "van", "Du", "al"."""
    lower = word.lower()
    return lower in PARTICLES and (word == lower or lower not in _ONLY_LOWER_CASE)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed)).casefold()


def _in_reading_order(name: str) -> str:
    """ "King, Martin Luther, Jr." as "Martin Luther King Jr."; a name without a comma as it is."""
    family, *others = [part.strip() for part in name.split(",") if part.strip()] or [""]
    suffixes = [part for part in others if _SUFFIX.fullmatch(part)]
    given = [part for part in others if part not in suffixes]
    return " ".join([*given, family, *suffixes])


def _bare(name: str) -> str:
    while (bare := _FINAL_DOT.sub("", _POSSESSIVE.sub("", name)).strip(_STRAY)) != name:
        name = bare
    return name


def _display_case(name: str) -> str:
    words = name.lower().split()
    cased = [_display_word(word) for word in words]
    alone = len(words) > 1 and words[1] not in PARTICLES and words[0] not in _ALWAYS_SMALL
    if cased and (alone or words[0] not in PARTICLES):
        cased[0] = cased[0][:1].upper() + cased[0][1:]
    return " ".join(cased)


def _display_word(word: str) -> str:
    """One word in display case: "O'Brien", "al-Assad", "d'Estaing", "III", "J.K."."""
    if word in PARTICLES:
        return word
    if re.fullmatch("ii|iii|iv", word):
        return word.upper()
    if word.startswith("mc") and len(word) > 3:
        return "Mc" + _display_word(word[2:])
    return _WORD_PART.sub(_display_part, word)


def _display_part(match: re.Match[str]) -> str:
    part, follows = match[0], match.string[match.end() : match.end() + 1]
    joined = follows and follows in "-" + _APOSTROPHES
    if joined and match.start() == 0 and part in {"al", "el", "d"}:
        return part
    # What stands alone after an apostrophe is a possessive or an ending, not a name: "Ka'a".
    return part.capitalize()
