"""What is known of a single word: could it be a first name, a surname, a town, a title?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.data import word_list
from archive.names import PARTICLES, is_particle, name_key

# Endings of surnames in languages of whose names the lists hold few.
_SURNAME_ENDING = re.compile(
    r"\w{2,}(?:ov|ev|ova|eva|sky|skiy|ski|ska|enko|chuk|yuk|ic|vich|wicz|sson|sen|dottir|escu|"
    r"yan|shvili|dze|inen|oglu|ez|berg|stein|mann|opoulos|idis|akis|aitis|auskas|kar|walla|singh)"
)
# Endings of compounds that are titles: "President-elect", "Secretary-General", "co-chairman".
_TITLE_ENDINGS = {"general", "elect", "chairman", "president", "designate"}
_TITLE_PREFIXES = {"ex", "then", "vice", "co"}
# Capitals, but "J.K.", "JK" and "AJ" are initials and "III" counts kings.
_ACRONYM = re.compile(
    r"(?!.?J.?$|[IVX]+$)[A-Z0-9&]{2,}s?|(?:U\.S|U\.N|U\.K|E\.U|D\.C|L\.A|N\.Y|N\.Z|H\.K)\.?"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[A-Z]?|[A-Z]|[A-Z]J|J[A-Z]")
_ARTICLE = re.compile(r"[ae]l-", re.IGNORECASE)  # "al-Assad" is no Al
# "McDonald", "DeShields", "FitzGerald" are names; "YouTube" and "WilkesAssociate" are not.
_RUN_TOGETHER = re.compile(r"^[A-Z]{3,}[a-z]{2}|(?<!^Fitz)(?<=[a-z]{4})[A-Z]|[a-z][A-Z][a-z]+[A-Z]")
_MADE_OF_A_NAME = re.compile(
    r"-(?:area|backed|based|born|bound|controlled|era|held|led|leaning|like|linked|made|only|owned"
    r"|run|ruled|sponsored|style|themed|type|wide|winner|winning)$"
)
_NUMERAL = re.compile(r"[IVX]{2,}|V|X|Jr\.?|Sr\.?")


@dataclass(frozen=True, slots=True)
class Traits:
    """A capitalised word, as the lists know it; several may be true of one word."""

    key: str
    first: bool  # a first name
    seldom_first: bool  # a word or a town that some people have for a first name: "Ward", "Dudley"
    surname: bool
    family_first: bool  # a family name of those who put it before the given name
    common: bool  # a word of the language
    place: bool
    nationality: bool  # also faiths, days, months, regions
    title: bool  # also offices and occupations
    organisation: bool
    function: bool  # a word of grammar
    particle: bool
    acronym: bool
    initials: bool
    numeral: bool  # "III", "Jr": ends a name and is not part of the surname

    @property
    def surely_first(self) -> bool:
        return self.first and not self.says_nothing

    @property
    def could_be_surname(self) -> bool:
        """Nothing speaks against it but, perhaps, a list of first names."""
        is_other = self.title or self.organisation or self.function or self.acronym
        return self.initials or not (is_other or self.says_nothing)

    @property
    def unheard_of(self) -> bool:
        """A word that no list knows to be part of a name."""
        known = self.first or self.surname or self.family_first or self.initials
        return not known and len(self.key) > 3

    @property
    def says_nothing(self) -> bool:
        """A word that the lists hold as something other than a name."""
        return self.common or self.place or self.nationality


@lru_cache(maxsize=20_000)
def traits(word: str) -> Traits:
    """The traits of a word as it is spelt. In a hyphenated word the parts speak for the whole."""
    key = name_key(word)
    parts = key.split() or [""]
    acronym = bool(_ACRONYM.fullmatch(word))
    return Traits(
        key=key,
        first=parts[0] in word_list("first_names") and not _ARTICLE.match(word),
        seldom_first=_is_seldom_first(key),
        surname=parts[-1] in word_list("surnames") or bool(_SURNAME_ENDING.fullmatch(parts[-1])),
        family_first=key in word_list("family_first"),
        common=_all_in(parts, "common_words", "nationalities"),
        place=_all_in(parts, "places"),
        nationality=_all_in([part.removesuffix("s") for part in parts], "nationalities")
        or _all_in(parts, "nationalities"),
        title=_is_title(parts),
        organisation=parts[-1] in word_list("organisations"),
        function=key in word_list("function_words") and not word.endswith("."),
        particle=is_particle(word),
        acronym=acronym or _is_mark(word),
        initials=bool(_INITIALS.fullmatch(word)) and not acronym,
        numeral=bool(_NUMERAL.fullmatch(word)),
    )


def _is_mark(word: str) -> bool:
    """Capitals where no name has them ("USAir", "CBS-Paramount"), and what makes a word of a name
    ("Oscar-winner", "Trump-led")."""
    return bool(_RUN_TOGETHER.search(word) or _MADE_OF_A_NAME.search(word)) or any(
        part.isupper() and len(part) > 2 and "." not in part for part in word.split("-")
    )


def _is_title(parts: list[str]) -> bool:
    if len(parts) > 1 and (parts[0] in _TITLE_PREFIXES or parts[-1] in _TITLE_ENDINGS):
        return True
    return "-".join(parts) in word_list("titles")


def _is_seldom_first(key: str) -> bool:
    if key in word_list("first_names") or key in PARTICLES:
        return False
    return key in word_list("men") or key in word_list("women")


def _all_in(parts: list[str], *lists: str) -> bool:
    return all(any(part in word_list(name) for name in lists) for part in parts)
