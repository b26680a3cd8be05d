"""A process that serves pages opens its index before the first of them."""

import logging

import pytest
from django.db import OperationalError

from search import engines, get_engine
from search.engines.base import Shelf
from search.engines.whoosh import sums
from search.upkeep import mending
from search.upkeep.opening import open_index
from tests.factories import ArticleFactory
from tests.search.record import held

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_search_checks_nothing_any_more(monkeypatch):
    kept = ArticleFactory()
    get_engine().generation()
    engines._engine_at.cache_clear()
    open_index()
    monkeypatch.setattr(sums, "block_sums", lambda _: pytest.fail("this was to be done by now"))
    assert held() == [kept.pk]
    assert held(Shelf.DESK) == []


def test_it_begins_all_the_same_without_a_database(monkeypatch, caplog):
    def down() -> str:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(mending, "trouble", down)
    with caplog.at_level(logging.WARNING):
        open_index()
    assert "server closed the connection" in caplog.text
