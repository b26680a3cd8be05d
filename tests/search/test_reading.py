"""Articles become documents: all that they hold, in few queries, however many they are."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.attribution import quotations_extract
from archive.models import Article, Mention, Person, PersonAlias, Status
from search import reading
from search.document import Entry, IndexDocument, Quote
from search.reading import Names, Remembered
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


def read(*articles: Article, names: Names | None = None) -> dict[int, tuple[IndexDocument, bool]]:
    found = reading.documents([article.pk for article in articles], names or Names())
    return {document.id: (document, is_public) for document, is_public in found}


def read_one(article: Article, names: Names | None = None) -> IndexDocument:
    return read(article, names=names)[article.pk][0]


def test_a_document_holds_all_that_an_article_is_found_by():
    article = ArticleFactory(
        headline="Harbour",
        standfirst="At night",
        body="The ferry left.",
        byline="By Ben Roy",
        first_published=datetime(2009, 12, 17, 12, tzinfo=UTC),
        people=["Cal Moss", "Ann Vale"],
        tags=["strike", "flood"],
        section="Quayside",
    )
    for alias in ("Nan Vale", "A. Vale"):
        PersonAlias.objects.create(person=PersonFactory(name="Ann Vale"), name=alias)
    assert read_one(article) == IndexDocument(
        id=article.pk,
        headline="Harbour",
        standfirst="At night",
        body="The ferry left.",
        byline="By Ben Roy",
        published=datetime(2009, 12, 17, 12, tzinfo=UTC),
        day=date(2009, 12, 17),
        people=(
            Entry("cal-moss", "Cal Moss"),
            Entry("ann-vale", "Ann Vale", ("A. Vale", "Nan Vale")),
        ),
        tags=(Entry("strike", "strike"), Entry("flood", "flood")),
        section=Entry("quayside", "Quayside"),
        source=Entry("port-almond-courier", "Port Almond Courier"),
    )


def test_an_article_with_nothing_but_a_headline_has_a_document():
    document = read_one(ArticleFactory(body="", published=None))
    assert (document.published, document.day, document.section) == (None, None, None)
    assert (document.people, document.tags) == ((), ())


def test_it_holds_the_quotations_that_are_shown_in_their_order():
    article = ArticleFactory(
        body="“The tide,” Ann Vale said. “Not yet,” said a sailor. “No,” Ann Vale said.",
        people=["Ann Vale"],
    )
    PersonAlias.objects.create(person=PersonFactory(name="Ann Vale"), name="A. Vale")
    quotations_extract(articles=[article.pk])
    article.quotations.filter(text="No,").update(dismissed=True)
    article.quotations.create(text="It is no longer there.", start=None, end=None)
    vale = Entry("ann-vale", "Ann Vale", ("A. Vale",))
    assert read_one(article).quotes == (Quote("The tide,", vale), Quote("Not yet,"))


def test_the_day_is_the_newsrooms():
    article = ArticleFactory(first_published=datetime(2009, 12, 17, 23, 30, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        assert read_one(article).day == date(2009, 12, 18)


def test_each_document_comes_with_whether_it_is_public():
    public, draft = ArticleFactory(), ArticleFactory(status=Status.DRAFT)
    found = read(public, draft)
    assert (found[public.pk][1], found[draft.pk][1]) == (True, False)


def test_an_article_published_between_two_queries_keeps_to_the_shelf_of_its_text():
    draft = ArticleFactory(headline="Draft", status=Status.DRAFT, people=["Ann Vale"])

    def publish_after_the_first(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "headline" in sql and sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE archive_article SET headline='New', status='published'")
        return answer

    with connection.execute_wrapper(publish_after_the_first):
        [(document, is_public)] = read(draft).values()
    assert (document.headline, is_public) == ("Draft", False)
    [(document, is_public)] = read(draft).values()
    assert (document.headline, is_public) == ("New", True)


@pytest.mark.parametrize("wanted", [[0, 1, 2, 3], [0, 2], [0, 199], [3], []])
def test_none_is_read_but_those_asked_for(wanted):
    articles = [ArticleFactory(people=[f"Person {n}"], tags=[f"tag {n}"]) for n in range(200)]
    asked = [articles[n] for n in wanted]
    found = read(*asked)
    assert found.keys() == {article.pk for article in asked}
    for number, article in zip(wanted, asked, strict=True):
        document, _ = found[article.pk]
        assert [entry.name for entry in document.people] == [f"Person {number}"]
        assert [entry.name for entry in document.tags] == [f"tag {number}"]


def test_an_article_that_is_gone_has_no_document():
    kept, gone = ArticleFactory(), ArticleFactory()
    Article.objects.filter(pk=gone.pk).delete()
    assert read(kept, gone).keys() == {kept.pk}


def test_many_articles_take_as_many_queries_as_one():
    def filed(number: int) -> Article:
        article = ArticleFactory(
            people=[f"Person {number}", "Ann Vale"], tags=[f"tag {number}", "flood"], section="News"
        )
        PersonAlias.objects.create(person=article.people.first(), name=f"Alias {number}")
        article.quotations.create(text="No", start=0, end=2, speaker=article.people.last())
        return article

    articles = [filed(number) for number in range(10)]
    with CaptureQueriesContext(connection) as for_one:
        read(articles[0])
    with CaptureQueriesContext(connection) as for_all:
        read(*articles)
    assert len(for_all) == len(for_one) == 7


class TestNames:
    def test_a_name_is_read_once_in_a_run(self):
        articles = [ArticleFactory(people=["Ann Vale"], tags=["flood"]) for _ in range(2)]
        names = Names()
        read(articles[0], names=names)
        with CaptureQueriesContext(connection) as queries:
            read(articles[1], names=names)
        assert len(queries) == 4  # the text, the mentions, the taggings, the quotations

    def test_the_next_run_reads_it_anew(self):
        article = ArticleFactory(people=["Ann Vale"])
        read_one(article)
        Person.objects.update(name="Anne Vale")
        assert read_one(article).people[0].name == "Anne Vale"

    def test_who_is_deleted_in_between_is_left_out(self):
        article = ArticleFactory(people=["Ann Vale", "Ben Roy"])
        names = Names()

        def delete_first(ids):
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM archive_mention WHERE position = 0")
                cursor.execute("DELETE FROM archive_person WHERE slug = 'ann-vale'")
            return reading.people(ids)

        names.people = Remembered(delete_first)
        assert [person.name for person in read_one(article, names).people] == ["Ben Roy"]
        assert Mention.objects.count() == 1

    def test_no_more_than_a_bounded_number_is_remembered(self, monkeypatch):
        monkeypatch.setattr(reading, "REMEMBERED", 2)
        asked = []

        def entries(ids):
            asked.append(list(ids))
            return [(id, Entry(str(id), str(id))) for id in ids]

        remembered = Remembered(entries)
        for ids in ({1, 2}, {2, 3}, {3, 4}, {3}):
            assert remembered.entries(ids).keys() >= ids
        assert asked == [[1, 2], [3], [3, 4]]

    def test_more_ids_than_a_query_binds_are_read_in_parts(self, monkeypatch):
        monkeypatch.setattr(reading, "BATCH", 2)
        article = ArticleFactory(tags=["a", "b", "c"])
        assert len(read_one(article).tags) == 3
