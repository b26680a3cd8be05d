"""Names in the search box: in full, in part, misspelt; and never anybody's whom nobody may see."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import Article, Person, PersonAlias, Status
from search import search_as_typed, suggest
from search.by_name import people_called, words_of_a_name
from search.language.parser import parse
from search.request import SearchRequest
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def medvedev():
    """Somebody whom two articles call differently."""
    person = PersonFactory(name="Dmitry Medvedev")
    PersonAlias.objects.create(person=person, name="Dmitrij Medwedew")
    ArticleFactory(headline="One", body="President Dmitry Medvedev left.", people=[person])
    ArticleFactory(headline="Other", body="President Dmitrij Medwedew left.", people=[person])
    ArticleFactory(headline="None", body="The president left.", people=["Ann Vale"])
    return person


@pytest.fixture
def rasmussen():
    person = PersonFactory(name="Anders Fogh Rasmussen")
    ArticleFactory(headline="Summit", body="Anders Fogh Rasmussen spoke.", people=[person])
    return person


def found(typed: str) -> tuple[list[str], list[str]]:
    """The headlines, and whose name the words were taken for."""
    page = search_as_typed(SearchRequest(parse(typed)))
    headlines = sorted(hit.headline for hit in page.hits)
    return [plain(one) for one in headlines], [person.name for person in page.request.named]


def plain(headline: str) -> str:
    return headline.replace("<mark>", "").replace("</mark>", "")


def suggested(typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(typed) if suggestion.kind == "person"]


@pytest.mark.parametrize(
    "typed", ["dmitrij medwedew", "Dmitry Medvedev", "MEDWEDEW, Dmitrij", "medvedev dmitry"]
)
def test_a_name_in_full_finds_its_bearer_under_every_name(medvedev, typed):
    assert found(typed)[0] == ["One", "Other"]


def test_whose_name_was_searched_is_said_where_that_found_more(medvedev, rasmussen):
    assert found("dmitrij medwedew") == (["One", "Other"], ["Dmitry Medvedev"])
    assert found("anders fogh rasmussen") == (["Summit"], [])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("rasmusen", "Anders Fogh Rasmussen"),
        ("fogh rasmusen", "Anders Fogh Rasmussen"),
        ("anders rasmusen", "Anders Fogh Rasmussen"),
        ("Medvedyev", "Dmitry Medvedev"),
        ("dimitry medvedev", "Dmitry Medvedev"),
    ],
)
def test_a_slip_in_a_name_finds_its_bearer(medvedev, rasmussen, typed, name):
    headlines, names = found(typed)
    assert names == [name]
    assert headlines


def test_accents_make_no_difference(db):
    person = PersonFactory(name="Recep Tayyip Erdoğan")
    ArticleFactory(headline="Ankara", body="He left.", people=[person])
    assert found("Erdogan") == (["Ankara"], ["Recep Tayyip Erdoğan"])


def test_a_word_that_the_texts_have_stays_a_word(medvedev):
    assert found("medvedev") == (["One"], [])
    assert found("president") == (["None", "One", "Other"], [])


def test_a_slip_that_a_text_has_too_finds_whom_it_means(rasmussen):
    ArticleFactory(
        headline="Slip", body="Anders Fogh Rasmussen spoke. Rasmusen left.", people=[rasmussen]
    )
    assert found("rasmusen") == (["Slip", "Summit"], ["Anders Fogh Rasmussen"])
    assert found("rasmusen left") == (["Slip"], [])
    assert found("rasmussen") == (["Slip", "Summit"], [])


def test_also_where_nothing_else_mentions_them(rasmussen):
    Article.objects.update(body="Rasmusen left.")
    assert found("rasmusen") == (["Summit"], ["Anders Fogh Rasmussen"])


def test_a_slip_that_is_somebody_elses_name_stays_a_word(rasmussen):
    ArticleFactory(headline="Both", body="Rasmusen met him.", people=[rasmussen, "Tom Rasmusen"])
    assert found("rasmusen") == (["Both"], [])


def test_in_quotation_marks_a_word_is_nobodys_name(rasmussen):
    assert found('"rasmusen"') == ([], [])


@pytest.mark.parametrize("typed", ["", "a OR b", "headline:vale", '"ann vale"', "a b c d e f g"])
def test_only_a_few_plain_words_are_a_name(typed):
    assert words_of_a_name(parse(typed).tree) == ()


def test_the_page_says_so_and_offers_the_word_instead(client, rasmussen):
    page = client.get("/search/?q=rasmusen").content.decode()
    assert f'<a href="{rasmussen.get_absolute_url()}" dir="auto"' in page
    assert f'href="/search/?q={quote(chr(34) + "rasmusen" + chr(34))}"' in page


def test_the_facets_of_a_name_are_those_of_what_it_finds(client, medvedev):
    page = client.get("/search/?q=dmitrij+medwedew&person=dmitry-medvedev").content.decode()
    assert "2 articles" in page


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dmitrij m", "Dmitry Medvedev"),
        ("medvedyev", "Dmitry Medvedev"),
        ("rasmusen", "Anders Fogh Rasmussen"),
        ("erdogan", "Recep Tayyip Erdoğan"),
    ],
)
def test_names_are_suggested_by_alias_and_with_a_slip(medvedev, rasmussen, typed, name):
    ArticleFactory(people=["Recep Tayyip Erdoğan"])
    assert suggested(typed) == [name]


@pytest.mark.parametrize(
    "typed", ["zed aliaszax", "aliaszax", "zoe personzax", "personzux", "zed a"]
)
def test_nobody_is_found_or_suggested_whom_no_public_article_mentions(typed):
    person = PersonFactory(name="Zoe Personzax")
    PersonAlias.objects.create(person=person, name="Zed Aliaszax")
    ArticleFactory(people=["Ann Vale"])
    article = ArticleFactory(body="Zoe Personzax left.", people=[person], status=Status.DRAFT)
    assert found(typed) == ([], [])
    assert suggested(typed) == []
    article.status = Status.PUBLISHED
    article.save()
    assert found(typed)[0] or typed == "zed a", "what is not finished is suggested alone"
    assert suggested(typed) == ["Zoe Personzax"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has statistics to plan by")
def test_a_name_is_looked_up_by_its_key_and_not_among_all_people(medvedev):
    with CaptureQueriesContext(connection) as asked:
        people_called(["dmitry", "medvedev"])
    for query in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            assert "(key=?)" in cursor.fetchone()[-1]


def test_names_are_looked_up_by_name_and_not_among_all_who_are_not_merged():
    if connection.vendor != "sqlite":
        pytest.skip("another database plans otherwise, and knows how many are merged")
    for asked in aliases_asked():
        assert "person_merged" not in asked.explain()
        assert "key" in asked.explain()


def aliases_asked():
    """The query for aliases as it is asked while somebody types, and the importer's own."""
    standing = {"person__merged_into": None, "person__not_a_person": False}
    aliases = PersonAlias.objects.filter(key__gte="a", key__lt="b", **standing)
    yield aliases.order_by("key").values_list("person__name")[:10]
    yield Person.objects.filter(key__in=["a", "b"], merged_into=None).order_by("-pk")
