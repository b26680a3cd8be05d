"""The page of a person: names, links, the first and the last mention, and who appears together."""

import pytest

from archive.models import Article, PersonAlias, PersonLink, Status
from search.browse.catalogue import Catalogue
from search.browse.company import HEIGHT, SHOWN, WIDTH, company
from search.browse.kinds import PEOPLE
from search.request import FacetCount
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    """Ann, with Ben in two articles, of which Cas is in one; Ben and Cas have one more."""
    ann = PersonFactory(name="Ann Vale", note="Mayor", wikidata="Q42")
    PersonAlias.objects.create(person=ann, name="A. Vale")
    PersonLink.objects.create(person=ann, title="Her <site>", url="https://vale.example/?a=1&b=2")
    ArticleFactory(headline="Elected", published="1997-03-04", people=[ann, "Ben Roy"])
    ArticleFactory(headline="Resigned", published="2009-03-04", people=[ann, "Ben Roy", "Cas Moss"])
    ArticleFactory(headline="Elsewhere", published="2009-05-06", people=["Ben Roy", "Cas Moss"])
    return ann


def page_of(client, person, query: str = "") -> str:
    response = client.get(person.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_tells_names_note_and_links(client, ann):
    page = page_of(client, ann)
    for told in ("A. Vale", "<p>Mayor</p>", "wikidata.org/wiki/Q42", "Her &lt;site&gt;"):
        assert told in page
    assert 'href="https://vale.example/?a=1&amp;b=2"' in page


def test_it_tells_the_first_and_the_last_mention(client, ann):
    page = page_of(client, ann)
    assert page.index("First and last mention") < page.index("Elected") < page.index("Resigned")


def test_coverage_is_told_as_a_share_of_all_articles_too(client, ann):
    page = page_of(client, ann)
    assert '1997 <span class="meta">100%' in page
    assert '2009 <span class="meta">50%' in page


def ties(client, person, query: str = "") -> list[tuple[str, str, int]]:
    year = int(query[-4:]) if query else None
    company = client.get(person.get_absolute_url() + query).context["company"]
    assert year is None or all(f"from={year}" in tie.url for tie in company.ties)
    return [(tie.one.name, tie.other.name, tie.count) for tie in company.ties]


def test_two_are_tied_who_appear_together_in_the_persons_articles(client, ann):
    assert ties(client, ann) == [
        ("Ann Vale", "Ben Roy", 2),
        ("Ann Vale", "Cas Moss", 1),
        ("Ben Roy", "Cas Moss", 1),
    ]
    assert ties(client, ann, "?year=2009")[0] == ("Ann Vale", "Ben Roy", 1)
    assert "company" not in client.get(f"{ann.get_absolute_url()}?year=1997").context, "of two"


def test_each_tie_is_a_search_that_finds_what_it_counts(client, ann):
    company = client.get(ann.get_absolute_url()).context["company"]
    for tie in company.ties:
        assert client.get(tie.url).context["page"].total == tie.count


def test_nobody_hidden_is_in_the_picture(client, ann):
    Article.objects.filter(headline="Resigned").update(status=Status.DRAFT)
    assert "Cas Moss" not in page_of(client, ann)


def test_the_picture_stays_small_however_many_there_are(ann):
    asked = PEOPLE.request("ann-vale")
    crowd = [FacetCount(f"p{number}", f"P {number}", 50 - number) for number in range(50)]
    drawn = company(Catalogue(), asked, "Ann Vale", crowd)
    assert len(drawn.others) == SHOWN
    assert all(0 < place.x < WIDTH and 0 < place.below < HEIGHT for place in drawn.others)
