"""Requests that nobody should send, to every page that a stranger can ask for.

Each is made from a seed and a number alone, so any of them can be asked again by itself.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from tests.faults.sentences import DATES, SIGNS, Vocabulary, hostile, text


class Asked(NamedTuple):
    """One request as it goes over the wire. path, query: ASCII, percent-encoded or damaged so."""

    kind: str
    path: str
    query: str = ""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


FACETS = ("person", "quoted", "tag", "section", "source")
FINDING = ("/search/", "/search/", "/search/", "/search/suggest/", "/search/dates/")
BROWSING = (
    *("/", "/calendar/", "/calendar/2009/", "/calendar/2009/12/", "/calendar/1999/05/17/"),
    *("/on-this-day/", "/on-this-day/02-29/", "/people/", "/sections/", "/tags/", "/admin/login/"),
)
STEMS = (
    *("/article/1/{0}/", "/article/{0}/x/", "/article/1/citation.{0}", "/preview/{0}/"),
    *(
        "/preview/{0}/media/1/",
        "/media/{0}/",
        "/person/{0}/",
        "/person/{0}/quotations/",
        "/tag/{0}/",
    ),
    *("/section/{0}/", "/search/why/{0}/", "/search/facet/{0}/", "/calendar/{0}/", "/{0}"),
    *("/on-this-day/{0}/", "/admin/{0}/", "/static/{0}", "/search/{0}/", "/language/{0}"),
)
NUMBERS = ("1", "0", "-1", "²", "٣", "1.5", "1e3", "9" * 9, "9" * 30, "9" * 5_000, "last", "500")
CHOICES = {
    "people": ("all", "any", ""),
    "undated": ("1", "0", "x"),
    "chart": ("share", "x"),
    "sort": ("newest", "oldest", "relevance", "cheapest"),
    "view": ("list", "headlines", "timeline", "x"),
    "order": ("articles", "name", "x"),
    "letter": ("a", "Z", "é", "ab", "%"),
}
BYTES = (
    *("%", "%%", "%ZZ", "%u0041", "%C3", "%FF%FE", "%ED%A0%80", "%F0%9F%92%A9", "%E2%80%AE"),
    *("%00", "%0d%0aSet-Cookie:%20a=b", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%C0%AF", "%5c"),
    *("+", "&", "=", ";", "#", "q[]=", "&&q", "%26", "%3D", "~", "|", "<>", '"', "`"),
)
METHODS = ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "X")
LANGUAGES = ("de", "ru", "zz", "de;q=9", "*", ",,,", "x" * 4_000, "en-" * 300)
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("HX-Request", ("true", "false", "x")),
    ("HX-History-Restore-Request", ("true",)),
    ("HX-Current-URL", ("http://localhost/search/?q=a", "http://[::1", "\x80", "x" * 4_000)),
    ("HX-Current-URL-URI-AutoEncoded", ("true",)),
    ("HX-Target", ("results", "<b>", "é")),
    ("HX-Trigger", ("q", "{}", "%E2%82")),
    ("Accept-Language", LANGUAGES),
    ("Accept-Encoding", ("gzip", "br;q=x", "*", "")),
    ("Cookie", ("sessionid=x", "language=ru", 'a="\\', "csrftoken=" + "x" * 3_000, "=;=;", "é=é")),
    ("Range", ("bytes=0-1", "bytes=-1", "bytes=9-1,2", "bytes=" + "0-," * 900, "lines=x")),
    ("If-Modified-Since", ("Thu, 01 Jan 1970 00:00:00 GMT", "31 Feb", "9" * 99)),
    ("If-None-Match", ("*", '"', "W/" * 900)),
    ("Content-Type", ("application/json", "multipart/form-data", "text/plain; charset=zz", "x")),
    ("X-Forwarded-For", ("127.0.0.1", "x" * 900, "::1, é")),
    ("X-Forwarded-Proto", ("https",)),
    ("Referer", ("http://evil.example/%0d%0a", "javascript:x")),
)


def made(seed: int, number: int, known: Vocabulary) -> Asked:
    """The same for the same three, whatever was asked before."""
    random = Random(f"{seed} {number}")
    way = random.choices(tuple(WAYS), weights=tuple(WAYS.values()))[0]
    asked = way(random, known)
    if random.random() < 0.5:
        asked = asked._replace(headers=tuple(_headers(random)))
    return asked


def finding(random: Random, known: Vocabulary) -> Asked:
    """Whatever is typed, on the search page and on what follows the typing."""
    query = "q=" + encoded(text(random, known))
    path = random.choice(FINDING)
    return Asked("typed", path, query, headers=(("HX-Request", "true"),))


def choosing(random: Random, known: Vocabulary) -> Asked:
    """A search with choices of every sort, and the pages around it."""
    paths = (
        *("/search/", "/search/", "/search/", "/search/dates/", "/people/", "/tags/"),
        f"/search/facet/{random.choice(FACETS)}/",
        f"/search/why/{random.randrange(1, 2_000)}/",
        f"/article/{random.randrange(1, 2_000)}/x/",
        f"/person/{quote(random.choice(known.slugs))}/",
    )
    return Asked("chosen", random.choice(paths), "&".join(_parameters(random, known)))


def encoding(random: Random, known: Vocabulary) -> Asked:
    """Addresses whose percent signs, bytes and names make no sense."""
    query = "&".join(_parameters(random, known))
    for _ in range(random.choice((1, 3, 9))):
        at = random.randrange(len(query) + 1)
        query = query[:at] + random.choice(BYTES) * random.choice((1, 1, 40)) + query[at:]
    return Asked("encoded", random.choice((*FINDING, *BROWSING)), query)


def leading_nowhere(random: Random, known: Vocabulary) -> Asked:
    """Paths with something else in them than what belongs there."""
    inside = random.choice(
        (
            *(random.choice(known.slugs), random.choice(NUMBERS), random.choice(DATES)),
            *(random.choice(SIGNS), hostile(random, known)[:900]),
        )
    )
    stem = random.choice((*STEMS, *BROWSING))
    path = stem.format(random.choice((encoded(inside), random.choice(BYTES).replace("#", "%23"))))
    return Asked("path", path.replace("?", "%3F"), random.choice(("", "page=2", "year=2009")))


def otherwise(random: Random, known: Vocabulary) -> Asked:
    """In ways that no link asks: other methods, with bodies."""
    asked = random.choice((finding, choosing, leading_nowhere))(random, known)
    method = random.choice(METHODS)
    body = asked.query if method not in ("HEAD", "CONNECT") else ""
    path = random.choice((asked.path, "/language/", "/admin/login/", "/admin/logout/"))
    return asked._replace(kind="method", method=method, body=body[:20_000], path=path)


WAYS: dict[Callable[[Random, Vocabulary], Asked], int] = {
    finding: 40,
    choosing: 30,
    encoding: 12,
    leading_nowhere: 10,
    otherwise: 8,
}


def encoded(typed: str) -> str:
    """Percent-encoded; halves of surrogate pairs as some programs send them."""
    return quote_plus(typed.encode("utf-8", "surrogatepass"))


def _parameters(random: Random, known: Vocabulary) -> Iterator[str]:
    values: dict[str, Callable[[], str]] = {
        "q": lambda: text(random, known),
        "from": lambda: random.choice(DATES),
        "to": lambda: random.choice(DATES),
        "page": lambda: random.choice(NUMBERS),
        "at": lambda: random.choice(NUMBERS),
        "like": lambda: random.choice((*SIGNS, "a", "an", known.names[0][:3])),
        "year": lambda: random.choice(DATES),
    }
    for name in random.sample(tuple(values), random.randint(1, 5)):
        yield f"{name}={encoded(values[name]())}"
    for name in random.sample(tuple(CHOICES), random.randrange(4)):
        yield f"{name}={encoded(random.choice(CHOICES[name]))}"
    for facet in random.choices(FACETS, k=random.randrange(3)):
        for slug in random.sample(known.slugs, random.choice((1, 2, min(25, len(known.slugs))))):
            yield f"{facet}={encoded(random.choice((slug, slug, slug, random.choice(SIGNS))))}"


def _headers(random: Random) -> Iterator[tuple[str, str]]:
    for name, values in random.sample(HEADERS, random.choice((1, 1, 2, 5))):
        yield name, random.choice(values)
