"""Which addresses are one article's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers.reading.addresses import canonical
from archive.models import Article

PAGE = "https://courier.example/1997/bridge"


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}#comments",
        f"{PAGE}?utm_source=mail&utm_medium=web",
        f"{PAGE}?fbclid=x&UTM_CAMPAIGN=y#top",
        "HTTPS://Courier.Example/1997/bridge",
    ],
)
def test_what_was_hung_on_an_address_does_not_make_another_page(address):
    assert canonical(address) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}/",
        f"{PAGE}?page=2",
        f"{PAGE}?id=2&a=%26&b=",
        "https://courier.example/#!/1997/bridge",
        "https://courier.example/#/1997/bridge",
        "https://courier.example/Bridge",
        "http://[",
        "",
    ],
)
def test_what_may_be_a_page_of_its_own_stays(address):
    assert canonical(address) == address


@given(st.text(alphabet="htps:/?&=#!utm_ab.@[]A", max_size=40))
def test_once_is_enough(tail):
    address = canonical(f"https://courier.example/{tail}")
    assert canonical(address) == address


def test_one_page_under_two_addresses_is_one_article(import_articles, jsonl):
    for tail in ("#top", "?utm_source=mail"):
        import_articles(jsonl({"url": PAGE + tail, "headline": "Bridge opens"}))
    assert Article.objects.get().url == PAGE


def test_a_pointer_finds_its_article_by_any_of_them(import_articles, jsonl):
    pointing = {"external_id": "a", "headline": "Later", "related": [{"url": f"{PAGE}#top"}]}
    import_articles(jsonl({"url": f"{PAGE}?gclid=1", "headline": "Bridge opens"}, pointing))
    assert Article.objects.get(external_id="a").related.get().target.url == PAGE
