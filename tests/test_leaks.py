"""The leak matrix: with secret articles in the archive, every public answer is as without them.

Byte for byte, which is more than that their words are missing: no count, no order, no suggestion
and no "not found" may differ. Each probe is also held against the same articles when they are
public, where the answer must differ: a probe that cannot tell would prove nothing.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.attribution import quotations_extract
from archive.citing import FORMATS
from archive.models import Article, Media, PersonAlias, RelatedArticle, Status
from archive.previews import preview_make
from archive.versions import versions_kept
from search import outbox
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, SourceFactory

pytestmark = pytest.mark.django_db

BRIDGE = 1001
SECRETS = range(4711, 4719)
Answers = dict[str, object]

SEARCHES = (
    "",
    "q=harbour",
    "q=harbour&sort=oldest",
    "q=harbour&person=ann-vale",
    "q=harbour&from=2001&to=2001",
    "q=harbour&from=1990",
    "tag=bridge&section=news",
    "q=headzax",
    "q=hedzax",  # a slip
    "q=hea",  # a word that is still being typed
    "q=head*",
    "q=standzax",
    "q=bodyzax",
    'q="a+bodyzax+note"',
    "q=nowhere+OR+bodizax",
    "q=headline:headzax",
    "q=byline:bylinezax",
    "q=zoe+personzax",
    "q=zed+aliaszax",
    "q=aliaszax",
    "q=personzux",  # a slip
    "q=person:personzax",
    "q=person:aliaszax",
    "q=tag:tagzax",
    "q=section:sectionzax",
    "q=source:sourcezax",
    "person=zoe-personzax",
    "person=zoe-personzax&person=ann-vale",
    "person=zoe-personzax&person=ann-vale&people=all",
    "tag=tagzax",
    "section=sectionzax",
    "source=sourcezax",
    "q=said:quotezax",
    "q=said:quo*",
    "q=by:personzax",
    "q=by:aliaszax+said:telling",
    "quoted=zoe-personzax",
    "quoted=ann-vale",
)
TRAILS = ("at=1", "q=harbour&at=1", "q=headzax&at=1", "person=zoe-personzax&at=1")
TYPED = (
    "hea",
    "harbour hea",
    "harbour OR hea",
    "NOT hea",
    "resigni",  # whose stem a public headline has
    "zoe",
    "ann",
    "personz",
    "zed a",
    "personzux",
    "tagz",
    "bri",
)
FACETS = {
    "person": "personzax",
    "quoted": "personzax",
    "tag": "tagzax",
    "section": "sectionzax",
    "source": "sourcezax",
}
"""Each with a value that only secrets have."""

COMMANDS = (
    ("",),
    ("harbour",),
    ("headzax",),
    ("hedzax",),
    ("", "--person", "Ann Vale"),
    ("", "--person", "Personzax"),
    ("", "--person", "Aliaszax"),
    ("", "--from", "2001", "--to", "2001"),
)


def pages() -> Iterator[str]:
    """The addresses that a stranger may try."""
    yield from ("/", "/people/", "/people/?letter=p", "/person/ann-vale/", "/person/zoe-personzax/")
    yield from ("/person/ann-vale/quotations/", "/person/zoe-personzax/quotations/")
    yield from ("/people/?order=count", "/people/?like=zoe", "/person/ann-vale/?year=2001")
    yield from ("/sections/", "/section/sectionzax/")
    yield from ("/tags/", "/tag/bridge/", "/tag/tagzax/", "/tag/bridge/?year=2001")
    yield from ("/calendar/", "/calendar/2001/", "/calendar/2001/03/", "/calendar/2001/03/04/")
    yield from ("/on-this-day/03-04/", "/on-this-day/03-05/")
    yield f"/article/{BRIDGE}/harbour-bridge/"
    yield from (f"/article/{BRIDGE}/harbour-bridge/?{search}" for search in TRAILS)
    yield from (f"/article/{number}/harbour-headzax-resigning/" for number in SECRETS)
    yield from (f"/article/{number}/x/" for number in SECRETS)
    yield from (f"/article/{number}/citation.{ending}" for number in SECRETS for ending in FORMATS)
    yield from (f"/media/{number}/" for number in SECRETS)
    yield from (f"/search/?{search}" for search in SEARCHES)
    yield from (f"/search/?{search}&view=headlines" for search in SEARCHES)
    yield from (f"/search/?{search}&view=timeline" for search in SEARCHES)
    yield from (f"/search/suggest/?q={typed}" for typed in TYPED)
    yield from (f"/search/?{search}&chart=share" for search in SEARCHES)
    yield from (f"/search/why/{number}/?q=headzax" for number in SECRETS)
    yield from (f"/search/facet/{facet}/" for facet in FACETS)
    yield from (f"/search/facet/{facet}/?q=headzax" for facet in FACETS)
    yield from (f"/search/facet/{facet}/?like={value}" for facet, value in FACETS.items())


def probes() -> dict[str, Callable[[], object]]:
    """All that the public can ask, by name."""
    client = Client()
    asked = {}
    for page in pages():
        asked[page] = lambda page=page: fetched(client, page)
        if page.startswith("/search/"):
            asked[f"{page} for htmx"] = lambda page=page: fetched(client, page, "true")
    for words in COMMANDS:
        asked[f"search {' '.join(words)}"] = lambda words=words: printed(*words)
        asked[f"search --json {' '.join(words)}"] = lambda words=words: without_scores(*words)
    return asked


def fetched(client: Client, page: str, htmx: str | None = None) -> tuple[int, bytes]:
    response = client.get(page, headers={"HX-Request": htmx} if htmx else {})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, content


def printed(*words: str) -> str:
    out = StringIO()
    call_command("search", *words, stdout=out, stderr=out)
    return out.getvalue()


def without_scores(*words: str) -> dict:
    """How rare a word is counts what waits to be taken out of the index; it shows in no page."""
    found = json.loads(printed(*words, "--json"))
    for hit in found["hits"]:
        del hit["score"]
    return found


def answers() -> Answers:
    return {name: ask() for name, ask in probes().items()}


@pytest.fixture
def before() -> Answers:
    """The public's archive and all of its answers, before there is a secret."""
    ArticleFactory(
        pk=BRIDGE,
        headline="Harbour bridge",
        published="1997-06-21",
        people=["Ann Vale"],
        tags=["bridge"],
        section=SectionFactory(name="News"),
    )
    ArticleFactory(headline="Harbour flooded", people=["Ben Roy"], tags=["bridge"])
    ArticleFactory(headline="Mayor resigns", body="The harbour waits.", published=None)
    outbox.drain_all()
    return answers()


def secret(number: int, **state: object) -> Article:
    """An article with words of its own in every field, and much in common with the others."""
    zoe = PersonFactory(name="Zoe Personzax")
    PersonAlias.objects.get_or_create(person=zoe, name="Zed Aliaszax")
    article = ArticleFactory(
        **{
            "pk": number,
            "headline": "Harbour headzax resigning",
            "standfirst": "A standzax of the bridge",
            "body": "The harbour has a bodyzax note of Personzax. “A quotezax,” Ann Vale said. "
            "“No telling,” Zoe Personzax said.",
            "byline": "Uma Bylinezax",
            "place": "Placezax",
            "external_id": f"idzax-{number}",
            "url": "https://urlzax.example/",
            "published": "2001-03-04",
            "people": [zoe, "Ann Vale"],
            "tags": ["tagzax", "bridge"],
            "section": SectionFactory(name="Sectionzax"),
            "source": SourceFactory(name="Sourcezax"),
        }
        | state
    )
    quotations_extract(articles=[number])
    photo = ContentFile(b"photozax", "photozax.png")
    Media.objects.create(pk=number, article=article, title="Titlezax", file=photo)
    RelatedArticle.objects.create(article_id=BRIDGE, target=article)
    return article


def states() -> list[dict[str, object]]:
    """What can keep an article from the public, each in one way."""
    soon = timezone.now() + timedelta(days=1)
    return [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"status": Status.WITHDRAWN},
        {"status": Status.SCHEDULED, "first_published": soon},
        {"first_published": soon},
        {"embargo_until": soon},
        {"first_published": None, "embargo_until": soon},
    ]


def changed(before: Answers) -> set[str]:
    """The probes that are answered otherwise than before."""
    now = answers()
    return {name for name in before if now[name] != before[name]}


def test_what_is_not_public_yet_changes_no_answer(before):
    for number, state in zip(SECRETS, states(), strict=False):
        secret(number, **state)
    outbox.drain_all()
    assert changed(before) == set()


def test_what_was_public_changes_no_answer_from_the_moment_it_is_taken_back(before, settings):
    for number in SECRETS:
        secret(number)
    outbox.drain_all()
    settings.SEARCH_SYNC = "worker"
    for number, state in zip(SECRETS, states(), strict=False):
        Article.objects.filter(pk=number).update(**state)
    Article.objects.get(pk=SECRETS[-1]).delete()
    assert changed(before) == set(), "while nobody drains"
    outbox.drain_all()
    assert changed(before) == set(), "once it is drained"


def test_what_the_desk_knows_of_a_public_article_changes_no_answer(before):
    """Its versions, its moves with their reasons, and corrections that are not shown."""
    article = Article.objects.get(pk=BRIDGE)
    as_it_was = {field: getattr(article, field) for field in ("headline", "body")}
    for said in ({"headline": "Harbour headzax", "body": "A bodyzax note."}, as_it_was):
        with versions_kept(articles=[BRIDGE], by=None, reason="A reasonzax."):
            Article.objects.filter(pk=BRIDGE).update(**said)
    article.transitions.create(origin=Status.DRAFT, target=Status.PUBLISHED, reason="A reasonzax.")
    latest = article.versions.latest()
    article.corrections.create(text="A notezax.", public=False, shows_changes=True, version=latest)
    outbox.drain_all()
    assert changed(before) == set()


def test_links_for_review_stand_on_no_public_page(before):
    chief = User.objects.create_superuser("chief")
    secrets = [secret(number, status=Status.DRAFT) for number in SECRETS]
    public = Article.objects.get(pk=BRIDGE)
    for article in (*secrets, public):
        week, now = timedelta(days=7), timezone.now()
        token = preview_make(article=article, editor=chief, lasting=week, now=now)
        Client().get(reverse("archive:preview", args=[token]))
    outbox.drain_all()
    told = answers()
    assert {name for name in before if told[name] != before[name]} == set()
    assert [name for name, answer in told.items() if "/preview/" in str(answer)] == []


def test_every_probe_would_notice_an_article_that_is_public(before):
    for number in SECRETS:
        secret(number)
    outbox.drain_all()
    assert set(before) - changed(before) == set()
