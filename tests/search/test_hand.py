"""What is kept of written pages is never shown in another language or for another place."""

from datetime import date

import pytest
from django.urls import get_script_prefix, set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override

from search.hand import hand
from search.parts.facets import FACET

DAY = date(2009, 12, 17)
SHAPE = {"facet": "tag", "more": True, "several_people": False, "all_people": False}
FILLED = {"rows": "", "state": "", "query": ""}


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [("en-gb", "1,234,567", "17 Dec 2009"), ("de", "1.234.567", "17. Dezember 2009")],
)
def test_numbers_and_days_are_those_of_the_pages_language(language, number, day):
    with override(language):
        write = hand()
        assert (write.number(1_234_567), write.day(DAY, "DATE_FORMAT")) == (number, day)


def test_all_that_is_written_is_escaped():
    with override("fr-ca"):
        write = hand()
        assert isinstance(write.number(1_000), SafeString)
        assert write.day(DAY, "j <Y>") == "17 &lt;2009&gt;"


def test_articles_are_counted_in_words():
    write = hand()
    assert [write.articles(count) for count in (0, 1, 1234)] == [
        "0 articles",
        "1 article",
        "1,234 articles",
    ]
    assert write.undated_articles(1) == "1 undated article"


def test_a_template_is_rendered_once_for_each_shape():
    write = hand()
    assert write.cut(FACET, **SHAPE) is hand().cut(FACET, **SHAPE)
    assert write.cut(FACET, **SHAPE) is not write.cut(FACET, **SHAPE | {"more": False})


def test_where_the_site_is_mounted_makes_a_difference():
    before, pages = get_script_prefix(), []
    for prefix in ("/", "/archive/"):
        set_script_prefix(prefix)
        pages.append(hand().cut(FACET, **SHAPE)(**FILLED))
    set_script_prefix(before)
    assert 'action="/search/facet/tag/"' in pages[0]
    assert 'action="/archive/search/facet/tag/"' in pages[1]


def test_who_writes_templates_sees_them_as_they_are_now(settings):
    assert hand() is hand()
    settings.DEBUG = True
    assert hand().cut(FACET, **SHAPE) is not hand().cut(FACET, **SHAPE)
