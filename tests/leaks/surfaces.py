"""All that a stranger can ask, so as to find the secrets of `secrets.py` if they show anywhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import StringIO
from typing import NamedTuple

from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from archive.citing import FORMATS
from archive.exporters.formats import FORMATS as EXPORTS
from tests.leaks.canaries import BEGINNING, LETTERS, canary, fields
from tests.leaks.secrets import STATES, State

BRIDGE = 1001
"""The public article that the secrets are tied to."""


RANDOM = {"X-Request-ID"}


WITHDRAWN = next(state for state in STATES if state.letter == "w")


class Answer(NamedTuple):
    """All that came back. A program's answer has neither status nor headers."""

    body: bytes
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """What a secret would be looked for in: without the marks around words found."""
        headers = "\n".join(map(": ".join, self.headers))
        return re.sub("</?mark>", "", f"{headers}\n{self.body.decode()}")


Ask = Callable[[], Answer]
Answers = Mapping[str, Answer]

SHARED = ("", "harbour", "harbour&sort=oldest", "harbour&person=ann-vale", "bridge+OR+harbour")
"""Searches for what public articles have as well: counts and orders may tell."""

EVERY = (
    f"{BEGINNING}*",
    *(f"{name}:{BEGINNING}*" for name in ("headline", "byline", "person", "tag", "said", "by")),
    *(f"{name}:{BEGINNING}*" for name in ("section", "source", "title")),
    '"of+the+bridge"',
    f"{BEGINNING}",
    "resigni",  # whose stem a public headline has
)
"""Searches for all canaries at once."""

RANGES = ("from=2001&to=2001", "from=1990", "undated=1", "tag=bridge&section=news")
VIEWS = ("view=headlines", "view=timeline", "chart=share")
FACETS = ("person", "quoted", "tag", "section", "source")
TYPED = (
    BEGINNING,
    f"harbour {BEGINNING}",
    f"harbour OR {BEGINNING}",
    f"NOT {BEGINNING}",
    f"zoe {BEGINNING}",
    *("zoe", "zed", "ann", "bri", "harb", "resigni"),
)
TELL_NOTHING = (
    *("/on-this-day/", "/search/dates/?from=2001", "/nowhere/"),
    *("/nowhere", "/healthz", "/readyz", "/metrics"),
    *(
        f"/article/{BRIDGE}/x/",
        f"/article/{BRIDGE}/citation.ris",
        f"/search/why/{BRIDGE}/?q=harbour",
    ),
)
"""Pages on which no other article has a place, public or not."""
BY_NO_VIEW = {"/nowhere/", "/nowhere", "/healthz", "/readyz", "/metrics"}

PAGES = (
    "/",
    *("/people/", "/people/?letter=q", "/people/?order=count", f"/people/?like={BEGINNING}"),
    *("/person/ann-vale/", "/person/ann-vale/?year=2001", "/person/ann-vale/quotations/"),
    *("/sections/", "/tags/", "/tag/bridge/", "/tag/bridge/?year=2001"),
    *("/calendar/", "/calendar/2001/", "/calendar/2001/03/", "/calendar/2001/03/04/"),
    *("/on-this-day/03-04/", "/on-this-day/03-05/"),
    f"/article/{BRIDGE}/harbour-bridge/",
    *TELL_NOTHING,
    *(f"/article/{BRIDGE}/harbour-bridge/?{search}&at=1" for search in ("", "q=harbour")),
)


def slip(field: str, state: State) -> str:
    """A word that no field has, one letter from that of a field."""
    word = canary(field, state.letter)
    return word.replace(word[4], LETTERS[-1], 1) if len(fields()) < 380 else word


def pages(states: Iterable[State] = STATES) -> Iterator[str]:
    """The addresses that a stranger may try."""
    yield from PAGES
    yield from (f"/search/?q={words}" for words in (*SHARED, *EVERY))
    yield from (f"/search/?{chosen}" for chosen in RANGES)
    yield from (f"/search/?q={words}&{view}" for words in ("harbour", EVERY[0]) for view in VIEWS)
    yield from (f"/search/suggest/?q={typed}" for typed in TYPED)
    for facet in FACETS:
        for chosen in ("", "q=harbour", f"q={EVERY[0]}", f"like={BEGINNING}"):
            yield f"/search/facet/{facet}/?{chosen}"
    for state in states:
        yield from pages_of(state)


def pages_of(state: State) -> Iterator[str]:
    """The addresses of one secret, known to whoever once saw it."""
    number, words = state.number, {field: canary(field, state.letter) for field in fields()}
    headline, person = words["article.headline"], f"zoe-{words['person.slug']}"
    yield f"/article/{number}/harbour-{headline}-resigning/"
    yield f"/article/{number}/x/"
    yield from (f"/article/{number}/citation.{ending}" for ending in FORMATS)
    yield f"/media/{number}/"
    yield f"/preview/{words['preview.token_hash']}/"
    yield f"/preview/{words['preview.token_hash']}/media/{number}/"
    yield f"/search/why/{number}/?q=harbour"
    yield from (f"/person/{slug}/" for slug in (person, words["formerslug.slug"]))
    yield f"/person/{person}/quotations/"
    yield f"/section/{words['section.slug']}/"
    yield f"/tag/{words['tag.slug']}/"
    chosen = {"section": "section.slug", "tag": "tag.slug", "source": "source.slug"}
    yield from (f"/search/?{name}={words[field]}" for name, field in chosen.items())
    yield from (f"/search/?{name}={person}" for name in ("person", "quoted"))
    yield f"/search/?person={person}&person=ann-vale&people=all"
    yield from (f"/search/?q={slip(f, state)}" for f in ("article.headline", "personalias.name"))


def words_of(state: State) -> Iterator[str]:
    """A search and a word being typed for each field: what `EVERY` asks at once, one by one."""
    for field in fields():
        word = canary(field, state.letter)
        yield f"/search/?q={word}"
        yield f"/search/suggest/?q={word}"


def views(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of the pages that everybody may ask for, beside the desk's."""
    for each in (resolver or get_resolver()).url_patterns:
        if str(each.pattern).startswith("admin/"):
            continue
        if isinstance(each, URLPattern):
            yield resolver_name(resolver, each)
        else:
            yield from views(each)


def resolver_name(resolver: URLResolver | None, pattern: URLPattern) -> str:
    space = resolver.namespace if resolver else None
    return f"{space}:{pattern.name}" if space else str(pattern.name)


def views_asked() -> set[str]:
    """The pages that `pages` asks for."""
    paths = {page.partition("?")[0] for page in pages()} - BY_NO_VIEW
    return {resolve(path).view_name for path in paths}


def is_in_two_shapes(page: str) -> bool:
    return page.startswith("/search/")


def surfaces(client: Client, addresses: Iterator[str] | None = None) -> dict[str, Ask]:
    """All that can be asked by `client`, by name."""
    asked: dict[str, Ask] = {}
    for page in addresses or pages():
        asked[page] = partial(fetched, client, page)
        if is_in_two_shapes(page):
            asked[f"{page} for htmx"] = partial(fetched, client, page, {"HX-Request": "true"})
    return asked


def others(client: Client) -> dict[str, Ask]:
    """What is asked otherwise than by a plain GET, and what programs answer."""
    asked: dict[str, Ask] = {}
    for state in STATES:
        media, article = f"/media/{state.number}/", f"/article/{state.number}/x/"
        asked[f"{media} in part"] = partial(fetched, client, media, {"Range": "bytes=0-3"})
        asked[f"{article} HEAD"] = partial(fetched, client, article, method="head")
    for page in ("/search/?q=harbour", "/", f"/article/{STATES[0].number}/x/"):
        asked[f"{page} in German"] = partial(fetched, client, page, {"Accept-Language": "de"})
    mistyped = slip("article.headline", WITHDRAWN)
    for words in (("",), ("harbour",), (EVERY[0],), (mistyped,), ("", "--person", "Ann Vale")):
        asked[f"search {' '.join(words)}"] = partial(printed, "search", *words)
        asked[f"search --json {' '.join(words)}"] = partial(printed, "search", *words, "--json")
    for name in EXPORTS:
        asked[f"export {name}"] = partial(printed, "export_articles", "--format", name)
        asked[f"export {name} harbour"] = partial(
            printed, "export_articles", "harbour", "--format", name
        )
    return asked


def fetched(
    client: Client, page: str, headers: Mapping[str, str] | None = None, method: str = "get"
) -> Answer:
    response = getattr(client, method)(page, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name not in RANDOM}
    return Answer(content, response.status_code, tuple(sorted(headers.items())))


def printed(command: str, *words: str) -> Answer:
    out = StringIO()
    call_command(command, *words, stdout=out, stderr=out)
    # How rare a word is counts what waits to be taken out of the index; it shows in no page.
    return Answer(re.sub(r'"score": [^,]+', '"score": 0', out.getvalue()).encode())
