"""What is known of a single word: could it be a first name, a surname, a town, a title?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.data import word_list
from archive.names import name_key

# Endings of surnames in languages whose names the lists hold few of.
_SURNAME_ENDING = re.compile(
    r"\w{2,}(?:ov|ev|ova|eva|sky|skiy|ski|ska|enko|chuk|yuk|ic|vich|wicz|sson|sen|dottir|escu|"
    r"yan|shvili|dze|inen|oglu|ez|berg|stein|mann|opoulos|idis|akis|aitis|auskas|kar|walla|singh)"
)
_ACRONYM = re.compile(r"(?!.?J.?$)[A-Z0-9&]{2,}s?|(?:U\.S|U\.N|U\.K|E\.U|D\.C|L\.A|N\.Y|N\.J)\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]|[A-Z]J|J[A-Z]")


@dataclass(frozen=True, slots=True)
class Traits:
    """A capitalised word, as the lists know it; several may be true of one word."""

    key: str
    first: bool  # a first name
    surname: bool
    common: bool  # a word of the language
    place: bool
    nationality: bool  # also faiths, days, months, regions
    title: bool  # also offices and occupations
    organisation: bool
    function: bool  # a word of grammar
    acronym: bool
    initials: bool

    @property
    def surely_first(self) -> bool:
        return self.first and not (self.common or self.place or self.nationality)

    @property
    def says_nothing(self) -> bool:
        """A word that is listed as something other than a name."""
        return self.common or self.place or self.nationality


@lru_cache(maxsize=20_000)
def traits(word: str) -> Traits:
    """The traits of a word as it is spelt. In a hyphenated word the parts speak for the whole."""
    key = name_key(word)
    parts = key.split() or [""]
    acronym = bool(_ACRONYM.fullmatch(word))
    return Traits(
        key=key,
        first=parts[0] in word_list("first_names"),
        surname=_is_surname(parts[-1]),
        common=_all_in(parts, "common_words", "nationalities"),
        place=_all_in(parts, "places"),
        nationality=_all_in(parts, "nationalities"),
        title=key.replace(" ", "-") in word_list("titles") or parts[-1] in _LEADERS,
        organisation=parts[-1] in word_list("organisations"),
        function=key in word_list("function_words"),
        acronym=acronym or any(part.isupper() and len(part) > 2 for part in word.split("-")),
        initials=bool(_INITIALS.fullmatch(word)) and not acronym,
    )


# Titles also at the end of a compound: "President-elect", "Secretary-General", "co-chairman".
_LEADERS = frozenset("general elect chairman president".split())


def _is_surname(word: str) -> bool:
    return word in word_list("surnames") or bool(_SURNAME_ENDING.fullmatch(word))


def _all_in(parts: list[str], *lists: str) -> bool:
    return all(any(part in word_list(name) for name in lists) for part in parts)
