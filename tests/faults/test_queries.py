"""Whatever is asked, and in whatever way: no error of ours. By hand, `dev.py faults queries`."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from archive.models import Status
from tests.factories import ArticleFactory
from tests.faults.asked import Asked
from tests.faults.doors import Inside
from tests.faults.queries import ask_all, vocabulary
from tests.faults.shrinking import shrunk

SEED = 1
MANY = 10_000
PEOPLE = ("Ann Vale", "Ben Roy", "İpek Đoković", "Anders Fogh Rasmussen", "O’Brien, Pat")


pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="of the index, which is the same with any database"
)


@pytest.fixture
def door() -> Iterator[Inside]:
    """The application as a server has it, in the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    logging.disable()  # thousands of refusals
    yield Inside()
    logging.disable(logging.NOTSET)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def archive(settings) -> None:
    """Forty articles, over forty years; of four the public must not know."""
    settings.ALLOWED_HOSTS = ["localhost"]
    for number in range(40):
        ArticleFactory(
            pk=1 + number,
            headline=f"Harbour bridge opens for the {number}th time",
            body=f"The ferry of the harbour left at {number}. “It is the last,” said Ann Vale.",
            people=PEOPLE[: number % 6],
            tags=["bridge", "harbour", "ﬃ"][: number % 4],
            section="News" if number % 2 else "Sport",
            published=f"{date(1980, 1, 1) + timedelta(days=370 * number)}" if number % 9 else None,
            status=Status.PUBLISHED if number % 10 else Status.DRAFT,
        )


@pytest.mark.django_db
@pytest.mark.usefixtures("archive")
def test_ten_thousand_requests_that_nobody_should_send_are_answered(door):
    tally = ask_all(door, SEED, range(MANY), vocabulary())
    assert [(one.number, one.asked, one.answered.error) for one in tally.broken] == []
    assert tally.statuses[200] > MANY / 2  # it is not at the door that they are refused


def test_what_fails_is_made_as_small_as_it_can_be():
    asked = Asked("typed", "/search/", "page=2&q=one+%C3%A9two&view=list", headers=(("A", "b"),))
    smallest = shrunk(asked, lambda one: "%C3" in one.query and "tw" in one.query)
    assert smallest == Asked("typed", "/search/", "%C3tw")
