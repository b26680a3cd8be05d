"""Many rows at once, as `bulk_create` would write them."""

from datetime import UTC, datetime

import pytest

from archive.inserting import insert
from archive.models import (
    Article,
    ArticlePrint,
    Mention,
    Origin,
    Person,
    Quotation,
    Source,
    Status,
)

pytestmark = pytest.mark.django_db

MOMENT = datetime(1997, 6, 21, 6, 30, 0, 250, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="Port Almond Courier", slug="courier")


def article(source: Source, number: int) -> Article:
    return Article(
        source=source,
        external_id=f"pac-{number}",
        headline=f"Bridge {number}",
        body='100 % "sure", she said.\n\nÜber alles.',
        status=Status.PUBLISHED,
        date_precision="",
        first_published=MOMENT,
        imported_fields={"tags": [1, 2], "headline": "ß"},
    )


def test_rows_are_as_bulk_create_would_have_written_them(source):
    (ours,) = insert([article(source, 1)], keyed=True)
    (theirs,) = Article.objects.bulk_create([article(source, 2)])
    one, other = Article.objects.filter(pk__in=(ours.pk, theirs.pk)).order_by("pk").values()
    own = {"id", "external_id", "headline", "created_at", "updated_at"}
    assert {name: one[name] for name in {*one} - own} == {
        name: other[name] for name in {*one} - own
    }
    assert one["first_published"] == MOMENT


def test_each_is_given_its_own_key_however_many_statements_it_takes(source):
    made = insert([article(source, number) for number in range(300)], keyed=True)
    held = dict(Article.objects.values_list("pk", "external_id"))
    assert {one.pk: one.external_id for one in made} == held
    assert not any(one._state.adding for one in made)


def test_what_has_no_value_is_null_and_what_is_empty_is_empty(source):
    (one,) = insert([article(source, 1)], keyed=True)
    vale = Person.objects.create(name="Margaret Vale", slug="vale", key="margaret vale")
    insert([Mention(article=one, person=vale, origin=Origin.EXTRACTED, surfaces=["Mrs Vale"])])
    insert([Quotation(article=one, text="sure", speaker=None, start=None, end=None)])
    assert Mention.objects.get().surfaces == ["Mrs Vale"]
    quotation = Quotation.objects.get()
    assert (quotation.speaker, quotation.start, quotation.surface) == (None, None, "")


def test_nothing_is_inserted_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []


def test_a_print_keeps_the_key_of_its_article(source):
    (one,) = insert([article(source, 1)], keyed=True)
    insert([ArticlePrint(article_id=one.pk, band_1=-7)])
    assert ArticlePrint.objects.get(pk=one.pk).band_1 == -7
