"""What requests may change: a GET nothing, a POST only what a form of ours was sent for."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from search import outbox
from tests.desk import signed_in
from tests.gate.test_headers import EVERY_ADDRESS
from tests.leaks.desk import pages as pages_of_the_desk
from tests.leaks.scenario import public_articles
from tests.leaks.secrets import STATES, secret
from tests.leaks.surfaces import fetched, pages

pytestmark = pytest.mark.django_db

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Whom a page told something has the message taken from their session; it is no part of the record.
OF_THE_SESSION = '"django_session"'
LANGUAGE = "/language/"
"""Sent without a token, so that no page needs one and nobody who only reads is given a cookie: at
most another site could have somebody's next page written in another language."""


@pytest.fixture
def chief() -> Client:
    """Who may do everything, by a browser that holds a token."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chief"))
    return client


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that change the database, meanwhile."""
    seen: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.startswith(WRITING) and OF_THE_SESSION not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def test_no_get_of_any_page_changes_anything(settings):
    settings.SEARCH_SYNC = "worker"
    bridge = public_articles()
    made = [secret(state, bridge) for state in STATES[:1]]
    outbox.drain_all()
    chief = signed_in(User.objects.create_superuser("chief"))
    changed = {}
    for page in chain(pages(), pages_of_the_desk(made)):
        with writes() as seen:
            fetched(chief, page)
        if seen:
            changed[page] = seen
    assert changed == {}


@pytest.mark.parametrize("origin", ["", "https://elsewhere.example", "null"])
def test_no_post_is_taken_that_no_form_of_ours_sent(chief, origin):
    headers = {"Origin": origin} if origin else {}
    with writes() as seen:
        taken = {
            address
            for address in EVERY_ADDRESS
            if "403_csrf.html" not in templates(chief.post(address, headers=headers))
        }
    assert taken == {LANGUAGE}
    assert seen == []


def test_a_token_sent_from_another_site_is_not_enough(chief):
    chief.get("/admin/password_change/")
    token = chief.cookies["csrftoken"].value
    headers = {"Origin": "https://elsewhere.example", "X-CSRFToken": token}
    sent = (chief.post(address, headers=headers) for address in EVERY_ADDRESS)
    refused = ["403_csrf.html" in templates(answer) for answer in sent]
    assert refused.count(False) == 1  # the language
    here = {"Origin": "http://testserver", "X-CSRFToken": token}
    assert "403_csrf.html" not in templates(chief.post("/admin/password_change/", headers=here))


def templates(response) -> set[str | None]:
    return {template.name for template in response.templates}
