"""Whatever stands in an address, the answer is a page, and what it costs has a bound."""

import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client

from archive.models import Status
from search.engines.whoosh.engine import WhooshEngine
from search.spelling import ATTEMPTS, WORDS_LOOKED_AT, WORDS_MENDED
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

PATHS = (
    "/search/",
    "/search/suggest/",
    "/search/dates/",
    "/search/facet/person/",
    "/search/why/1001/",
    "/people/",
    "/person/ann-vale/",
    "/calendar/2009/12/",
    "/on-this-day/12-17/",
    "/tags/",
)
PARAMETERS = (
    *("q", "person", "people", "tag", "section", "source", "from", "to", "undated"),
    *("chart", "sort", "page", "like", "letter", "order", "year", "person[]", "q[0]", "", "%00"),
)
PIECES = (
    *("harbour", "AND", "OR", "NOT", "-", "(", ")", '"', "*", ":", "..", "~9", "?", "[a TO z]"),
    *("headline:", "person:", "date:", "before:", "after:", "nofield:", "date:99999", "date:²"),
    *(
        "2009",
        "2009-13",
        "31/02/2009",
        "0000",
        "99999",
        "last 9999 years",
        "last 0 days",
        "٣/٤/٢٠٠٩",
    ),
    *("%00", "%ED%A0%80", "%FF%FE", "%C3", "%", "%ZZ", "%E2%80%AE", "%F0%9F%92%A9", "\u0301" * 40),
    *("ß", "ﬃ", "İ", "²", "Ⅷ", "'", "’", "--", "<script>", "{{7*7}}", "{% debug %}", "\r\n", "\t"),
    *(
        "a*",
        "b*",
        "9" * 400,
        "-1",
        "1e9",
        "0x1f",
        "NaN",
        "None",
        "relevance",
        "all",
        "\u202e",
        "&amp;",
    ),
)
# As long as the gate lets through (`gate.limits`).
NASTY = (
    "q=" + "a" * 7_900,
    "q=" + "a+" * 3_900,
    "q=" + "(" * 7_900,
    "q=" + "(" * 600 + "harbour" + ")" * 600,
    "q=" + "NOT+" * 500,
    "q=" + '"' * 999,
    "q=" + "-" * 2_000 + "harbour",
    "q=" + "a*+b*+c*+d*+e*+f*+g*+" * 20,
    "q=" + "+".join(f"harbuor{letter}" for letter in "abcdefghijklmnopqrst") + "&page=9",
    "q=" + "%CC%81" * 1_300,
    "q=harbour%00bridge&person=%00&tag=%00&from=%00&sort=%00&page=%00&like=%00&letter=%00",
    "q=%ED%A0%80&person=%ED%BF%BF&tag=%ED%A0%80&like=%ED%A0%80&letter=%ED%A0%80&page=%ED%A0%80",
    *(
        f"q=harbour&page={page}"
        for page in ("-1", "0", "²", "٣", "1.5", "1e3", "9" * 300, "", "last")
    ),
    *(f"from={day}&to={day}" for day in ("99999", "0000", "0001", "9999", "31/02/2009", "soon")),
    "from=9999&to=0001&undated=1",
    "from=0001-01-01&to=9999-12-31&sort=oldest",
    "from=" + "9" * 7_900,
    "sort=cheapest&sort=newest&sort[]=oldest",
    "q[]=harbour&person[]=ann-vale&page[0]=1&q[a][b]=c",
    "&".join(f"person=p{number}" for number in range(499)),
    "&".join(f"tag=t{number}&section=s&source={'x' * 500}" for number in range(14)),
    "person=" + "x" * 7_900 + "&people=all",
    "&" * 450 + "=" * 900,
)


def made_up(count: int, seed: int = 20091217) -> Iterator[str]:
    """Query strings out of nasty pieces, the same ones each time."""
    dice = random.Random(seed)
    for _ in range(count):
        parameters = dice.choices(PARAMETERS, k=dice.randint(1, 5))
        values = ("+".join(dice.choices(PIECES, k=dice.randint(1, 7))) for _ in parameters)
        yield "&".join(
            f"{name}={quote(value, safe='+%')}"
            for name, value in zip(parameters, values, strict=True)
        )


@pytest.fixture
def record() -> None:
    ArticleFactory(pk=1001, headline="Harbour bridge opens", people=["Ann Vale"], tags=["bridge"])
    ArticleFactory(headline="A harbour", body="Harbours and a bridge.", published=None)
    ArticleFactory(headline="Harbour secret", status=Status.DRAFT)


@pytest.fixture
def engine_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of its methods the engine was asked by, each time."""
    calls: list[str] = []

    def counted(name: str) -> None:
        method = getattr(WhooshEngine, name)

        def count(*args: object, **kwargs: object) -> object:
            calls.append(name)
            return method(*args, **kwargs)

        monkeypatch.setattr(WhooshEngine, name, count)

    for name in ("search", "words", "similar_words"):
        counted(name)
    return calls


MOST_CALLS = 2 * (2 + WORDS_LOOKED_AT + WORDS_MENDED + ATTEMPTS)
"""For the page asked for and for the last one there is: a search, another for a word that is still
being typed, and a correction."""

LONGEST_PAGE = 120_000
"""Characters of a page that shows no more than two articles, whatever was typed."""


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PATHS)
def test_any_query_string_gets_an_answer_within_bounds(client: Client, engine_calls, path):
    many = 250 if path.startswith("/search/") else 50
    for number, query in enumerate((*NASTY, *made_up(many))):
        engine_calls.clear()
        headers = {"HX-Request": "true"} if number % 2 else {}
        response = client.get(f"{path}?{query}", headers=headers)
        assert response.status_code == 200, query[:200]
        assert len(engine_calls) <= MOST_CALLS, query[:200]
        assert len(response.content) < LONGEST_PAGE, query[:200]
        assert b"secret" not in response.content, query[:200]


@pytest.mark.parametrize(
    "path", ["/person/%00/", "/article/1/%00/", "/article/99999999999999999999/x/"]
)
def test_a_nonsense_path_is_no_page(client, path):
    assert client.get(path).status_code == 404
