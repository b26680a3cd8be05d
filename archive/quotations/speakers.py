"""Whom the words for a speaker mean: by name, by title."""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from archive.data import word_list
from archive.quotations.grammar import NOT_IN_TITLES
from archive.quotations.speech import Words
from archive.quotations.words import Word, words_between

HE_AND_SHE = {"he": "women", "she": "men"}
_SHORT_TITLES = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "dr": "doctor",
    "prof": "professor",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
    "lt": "lieutenant",
    "rev": "reverend",
    "adm": "admiral",
    "congressman": "representative",
    "congresswoman": "representative",
}
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "himself", "herself"})
_SEXED_TITLE = re.compile(r"\b(Mrs?|Ms)\.?[ \u00a0]$")
_PRONOUNS_OF = {"Mr": "he", "Mrs": "she", "Ms": "she"}
_KNIGHTED = ("sir", "dame")
_CAPITALISED = re.compile(r"[^\W\d_a-z](?:\w|[-’'](?!s\b)(?=\w))*")
_MOST_NAMESAKES = 8
_INTRODUCED = 3  # times that somebody is named in full with a title
_BESIDE = 70  # characters beside a name in which titles are looked for


class Named(Protocol):
    """Somebody whom the text names; surfaces: the forms of the name in it."""

    @property
    def name(self) -> str: ...
    @property
    def surfaces(self) -> tuple[str, ...]: ...


class Place(NamedTuple):
    """Where somebody, by their number among the people, is named."""

    start: int
    end: int
    who: int


class Speakers:
    """The people of a text, and who is meant by which words where.

    text: with its quotations masked, so that whom they name is nobody's subject.
    """

    def __init__(self, text: str, people: Sequence[Named]) -> None:
        self._text = text
        self._people = people
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        for who, person in enumerate(people):
            for form in (person.name, *person.surfaces):
                words = folded(form).split()
                for at in range(len(words)):
                    # "President Medvedev" is also meant by "Medvedev"; not by "President".
                    self._by_name[" ".join(words[at:])].add(who)
            first = next((w for w in folded(person.name).split() if w not in _KNIGHTED), "")
            for title in _KNIGHTED:
                self._by_name[f"{title} {first}"].add(who)  # Sir Anders

    def by_name(self, words: Words) -> int | None:
        """The one person whom the last of the words name."""
        plain = [folded(word.text) for word in words]
        of = next((i for i, word in enumerate(plain) if word == "of" and i), len(plain))
        plain = plain[:of]
        while len(plain) > 1 and plain[-1] in _SUFFIXES:
            plain.pop()
        for at in range(len(plain)):
            found = self._by_name.get(" ".join(plain[at:]))
            if found:
                return self._one_of(found, words[0].start)
        return None

    def by_title(self, words: Words) -> int | None:
        """The one person who has that title in the text."""
        title = _title(word.text for word in words)
        if not title or title[-1] not in word_list("titles"):
            return None
        fits = [who for who, known in self._titles.items() if title[-1] in known]
        exactly = [who for who in fits if set(title) <= self._titles[who]]
        found = exactly or fits
        return found[0] if len(found) == 1 else None

    def by_apposition(self, words: Words) -> int | None:
        """The person whose name follows the words: the mayor, Ben Roy."""
        end = words[-1].end
        behind = self.between(end, end + 3) if self._text[end : end + 2] == ", " else ()
        return behind[0].who if behind else None

    def name_at(self, place: Word, who: int) -> None:
        """Let a word, a pronoun, name somebody: the next pronoun may mean them again."""
        insort(self._places, Place(place.start, place.end, who))

    @cached_property
    def _places(self) -> list[Place]:
        """Where people are named, outside of quotations, in the order of the text."""
        forms = self._forms_by_last_word()
        latest: dict[int, int] = {}
        found: list[Place] = []
        for word in _CAPITALISED.finditer(self._text) if forms else ():
            if word[0] not in forms:
                continue
            start = self._start_of_name(word.start(), word.end(), forms[word[0]])
            who = self._latest_of(start, word.end(), latest)
            if who is not None:
                latest[who] = word.end()
                found.append(Place(start, word.end(), who))
        return found

    def _forms_by_last_word(self) -> Mapping[str, list[str]]:
        """The names of people, the longest first."""
        forms = {form for p in self._people for form in (p.name, *p.surfaces, *p.name.split()[-1:])}
        by_last: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(filter(str.strip, forms), key=len, reverse=True):
            by_last[form.split()[-1]].append(form)
        return by_last

    def _start_of_name(self, start: int, end: int, forms: Iterable[str]) -> int:
        """Where the longest of the forms begins that end there."""
        for form in forms:
            at = end - len(form)
            if (
                self._text.startswith(form, max(at, 0), end)
                and not self._text[at - 1 : at].isalnum()
            ):
                return at
        return start

    def _latest_of(self, start: int, end: int, latest: Mapping[int, int]) -> int | None:
        """Whom a name means: of several the one who was named last, and whom the title fits."""
        candidates = self._by_name[folded(self._text[start:end])]
        if len(candidates) > 1:
            title = _SEXED_TITLE.search(self._text, max(0, start - 5), start)
            candidates = {
                who
                for who in list(candidates)[:_MOST_NAMESAKES]
                if who in latest and (not title or self.fits(who, _PRONOUNS_OF[title[1]]))
            }
        return max(candidates, key=lambda who: latest.get(who, 0), default=None)

    @cached_property
    def _titles(self) -> dict[int, set[str]]:
        """The words that stand with each person's name: before it, or between commas behind it."""
        known: defaultdict[int, set[str]] = defaultdict(set)
        named: Counter[int] = Counter()
        for place in self._places:
            said = self._text[place.start : place.end].split()
            if len(said) < 2:
                continue
            known[place.who].update(_title(said[:-1]))
            named[place.who] += 1
            if named[place.who] <= _INTRODUCED:
                known[place.who].update(_title(self._beside(place)))
        return known

    def _beside(self, place: Place) -> list[str]:
        """The words of the titles before a name and between the commas behind it."""
        low = max(0, place.start - _BESIDE)
        start = self._text.rfind("\n", low, place.start) + 1 or low
        end = min(place.end + _BESIDE, len(self._text))
        behind = words_between(self._text, place.end, end)
        return [
            *_run_before(words_between(self._text, start, place.start)),
            *(_apposition(behind[1:]) if behind and behind[0].text == "," else []),
        ]

    def _one_of(self, found: set[int], at: int) -> int | None:
        """Of several with one name the one who was named last, by what only they are called."""
        if len(found) == 1:
            return next(iter(found))
        end = bisect_left(self._places, (at, 0, 0))
        return next((p.who for p in reversed(self._places[:end]) if p.who in found), None)

    def fits(self, who: int, pronoun: str) -> bool:
        first = folded(self._people[who].name).split()[:1]
        return not first or first[0] not in word_list(HE_AND_SHE[pronoun])

    def between(self, start: int, end: int) -> list[Place]:
        low = bisect_left(self._places, (start, 0, 0))
        return self._places[low : bisect_left(self._places, (end, 0, 0))]


@lru_cache(maxsize=5_000)
def folded(name: str) -> str:
    """Small, without dots and without a possessive."""
    return (
        name.casefold()
        .replace(".", "")
        .replace("\u00a0", " ")
        .removesuffix("’s")
        .removesuffix("'s")
    )


def _title(words: Iterable[str]) -> list[str]:
    """The words of a title, each in its long form."""
    plain = (folded(word) for word in words)
    return [_SHORT_TITLES.get(w, w) for w in plain if w not in NOT_IN_TITLES and w.isalpha()]


def _run_before(words: Words) -> list[str]:
    """The titles and capitalised words that stand directly before a name."""
    at = len(words)
    while at and (words[at - 1].is_capital or folded(words[at - 1].text) in word_list("titles")):
        at -= 1
    return [word.text for word in words[at:]]


def _apposition(words: Words) -> list[str]:
    """What stands between the commas behind a name: a few words, of which one is a title."""
    comma = next((i for i, word in enumerate(words[:10]) if word.text in ",.("), 0)
    said = [word.text for word in words[:comma]]
    titles = word_list("titles")
    return said if any(folded(word) in titles for word in said) else []
