"""Words that are somebody's name: then the articles that mention them, whatever they call them.

A name that was typed in full is looked up among all names and aliases. Where the words of a query
find nothing, they may be part of a name that no text has, or a slip, which a text may have as well.
Nobody is found this way whom the engine does not find in a public article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple

from django.db.models import CharField, QuerySet

from archive.models import Person, PersonAlias
from archive.names import name_key
from archive.people import is_slip
from search.engines import get_engine
from search.language.parser import Parsed
from search.language.tree import And, Field, Node, Phrase, Word, either, every
from search.language.words import query_terms
from search.prepared import Given, Prepared
from search.request import Facet, FacetRequest, PersonName, SearchRequest

WORDS_OF_A_NAME = 6
SHORTEST_SLIP = 6
"""Letters of a word that may be a slip in a name that an article has otherwise."""

PEOPLE = 3
"""People whom one name is taken to mean, those in most articles."""

LOOKED_AT = 10
"""People of whom it is asked whether the words are a name of theirs."""

SPELLINGS = 5
"""Other spellings of a word that are tried. Each costs a search."""

ATTEMPTS = 10
"""Ways of putting other spellings together. Each costs a search."""

LAST_CHARACTER = "\U0010ffff"

FEW = 50
"""Articles that may have a word which is a slip in a name. One that more have is a word."""

MENTIONED = FacetRequest(Facet.PERSON, LOOKED_AT)

TYPED_KEYS = ("as_typed", "family_first")


class Named(NamedTuple):
    """A person with all names, as the database has them."""

    slug: str
    name: str
    names: tuple[str, ...]


def by_full_name(request: SearchRequest, hidden: frozenset[int]) -> SearchRequest | None:
    """The request with whoever has the typed words for a name or an alias; None if nobody has."""
    words = words_of_a_name(request.query.tree)
    known = people_called(words) if words else []
    mentioned = [person for person in known[:PEOPLE] if mentions(person.slug, hidden)]
    return naming(request, mentioned) if mentioned else None


def by_part_of_a_name(request: SearchRequest, hidden: frozenset[int]) -> SearchRequest | None:
    """As `by_full_name`, with whoever has the words in their name, perhaps in another spelling."""
    words = words_of_a_name(request.query.tree)
    if words and (people := people_like(words, hidden)):
        return naming(request, people)
    return None


def by_slip(request: SearchRequest, hidden: frozenset[int]) -> SearchRequest | None:
    """As `by_full_name`, with those who are mentioned in every article that has the words, and in
    whose name these are but for a slip: the articles mean them, and so does who typed it."""
    words = words_of_a_name(request.query.tree)
    long_ones = (word for word in words if len(word) >= SHORTEST_SLIP)
    if all(is_in_a_name(word, hidden) for word in long_ones):
        return None
    counting = replace(request, facets=(MENTIONED,), offset=0, limit=0)
    found = get_engine().search(counting, hidden=hidden)
    people = [
        PersonName(person.label, person.value)
        for person in found.facets[Facet.PERSON]
        if person.count == found.total and has_but_for_slips(person.label, words)
    ]
    return naming(request, people[:PEOPLE]) if people else None


def has_but_for_slips(name: str, words: Sequence[str]) -> bool:
    parts = name_key(name).split()
    typed = map(name_key, words)
    return all(word in parts or any(is_slip(word, part) for part in parts) for word in typed)


def people_like(words: Sequence[str], hidden: frozenset[int]) -> list[PersonName]:
    """Those in most articles whose name has all the words; else all of them in one spelling."""
    for attempt in (words, *spellings(words, hidden)):
        if people := people_with(attempt, hidden):
            return people
    return []


def words_of_a_name(tree: Node) -> tuple[str, ...]:
    """The words of a query that is nothing but a few plain words; () for any other."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    words = tuple(part.text for part in parts if isinstance(part, Word) and part.field is None)
    return words if len(words) == len(parts) <= WORDS_OF_A_NAME else ()


def people_called(words: Sequence[str]) -> list[PersonName]:
    """Whose name or alias the words are, in this order or with the family name first."""
    family, *given = words
    keys = (name_key(" ".join(words)), name_key(" ".join([*given, family])))
    typed = dict(zip(TYPED_KEYS, keys, strict=True))
    found = [*_BY_NAME.rows(**typed), *_BY_ALIAS.rows(**typed)]
    return list(dict.fromkeys(PersonName(name, slug) for name, slug in found))


def people_with_alias(words: Sequence[str]) -> list[PersonName]:
    """A few with an alias that begins so, whether the public may know of them or not."""
    start = name_key(" ".join(words))
    if not start:
        return []
    aliases = PersonAlias.objects.filter(key__gte=start, key__lt=start + LAST_CHARACTER)
    standing = aliases.filter(person__merged_into=None, person__not_a_person=False)
    found = standing.order_by("key").values_list("person__name", "person__slug")[:LOOKED_AT]
    return list(dict.fromkeys(PersonName(*person) for person in found))


def people_with(words: Sequence[str], hidden: frozenset[int]) -> list[PersonName]:
    """The people in most public articles one of whose names has all the words."""
    tree = every(Word(word, Field.PERSON) for word in words)
    request = SearchRequest(Parsed(tree), facets=(MENTIONED,), limit=0)
    counted = get_engine().search(request, hidden=hidden).facets[Facet.PERSON]
    slugs = [found.value for found in counted]
    wanted = set(query_terms(" ".join(words)))
    known = {person.slug: person for person in with_all_names(slugs)} if slugs else {}
    return [
        PersonName(known[slug].name, slug)
        for slug in slugs
        if slug in known and any(wanted <= set(query_terms(name)) for name in known[slug].names)
    ][:PEOPLE]


def with_all_names(slugs: Sequence[str]) -> Iterator[Named]:
    for person in Person.objects.filter(slug__in=slugs).prefetch_related("aliases"):
        aliases = (alias.name for alias in person.aliases.all())
        yield Named(person.slug, person.name, (person.name, *aliases))


def spellings(words: Sequence[str], hidden: frozenset[int]) -> Iterator[Sequence[str]]:
    """The words with those mended that are in nobody's name: what names have instead, likeliest
    first."""
    choices = [
        [word] if is_in_a_name(word, hidden) else names_close_to(word, hidden) for word in words
    ]
    return islice(product(*choices), ATTEMPTS)


def names_close_to(word: str, hidden: frozenset[int]) -> list[str]:
    similar = get_engine().similar_words(word, SPELLINGS, hidden=hidden)
    return [spelling for spelling in similar if is_in_a_name(spelling, hidden)]


def is_in_a_name(word: str, hidden: frozenset[int]) -> bool:
    return bool(total(SearchRequest(Parsed(Word(word, Field.PERSON))), hidden))


def mentions(slug: str, hidden: frozenset[int]) -> int:
    """How many public articles mention the person."""
    return total(SearchRequest(people=(slug,)), hidden)


def total(request: SearchRequest, hidden: frozenset[int]) -> int:
    counting = replace(request, facets=(), limit=0)
    return get_engine().search(counting, hidden=hidden).total


def naming(request: SearchRequest, people: Sequence[PersonName]) -> SearchRequest:
    """What has the words, and what mentions one of these people by whatever name."""
    mentions = (Phrase(person.name, Field.PERSON) for person in people)
    tree = either([request.query.tree, *mentions])
    return replace(request, query=replace(request.query, tree=tree), named=tuple(people))


def as_words(request: SearchRequest) -> str:
    """The words of a query as they are typed to be nothing but words: each in quotation marks."""
    return " ".join(f'"{word}"' for word in words_of_a_name(request.query.tree))


def by_name() -> "QuerySet[Person, tuple[str, str]]":
    named = Person.objects.filter(key__in=typed_keys(), merged_into=None, not_a_person=False)
    return named.order_by("pk").values_list("name", "slug")


def by_alias() -> "QuerySet[PersonAlias, tuple[str, str]]":
    standing = {"person__merged_into": None, "person__not_a_person": False}
    named = PersonAlias.objects.filter(key__in=typed_keys(), **standing)
    return named.order_by("person_id").values_list("person__name", "person__slug")


def typed_keys() -> list[Given]:
    return [Given(name, CharField()) for name in TYPED_KEYS]


_BY_NAME = Prepared(by_name)
_BY_ALIAS = Prepared(by_alias)
