"""No secret gets to a line of the log or to a page, whatever goes wrong."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as in_force
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import path
from django.utils import timezone

from archive.models import AuditEntry, Status
from archive.previews import preview_make
from config.logs import LineFormatter
from config.urls import urlpatterns as real
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

PASSWORD = "Petrels-over-Port-Almond"
SENT = {"Authorization": "Bearer a-token-of-4711", "Cookie": "sessionid=a-session-of-4711"}


def broken(request):
    address = "postgres://backfile:a-password-of-4711@db.example/backfile"
    raise OperationalError(f"could not connect to {address} with {in_force.SECRET_KEY}")


urlpatterns = [path("broken/", broken), *real]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anybody logs, as it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_that_fails_tells_nothing_of_what_it_carried(settings, log):
    settings.ROOT_URLCONF = __name__
    visitor = Client(raise_request_exception=False)
    answer = visitor.post("/broken/?token=a-key-of-4711", {"password": PASSWORD}, headers=SENT)
    told = log.getvalue() + answer.content.decode()
    assert answer.status_code == 500
    assert "could not connect" in log.getvalue()
    for secret in ("of-4711", PASSWORD, in_force.SECRET_KEY):
        assert secret not in told


def test_signing_in_tells_no_password_whether_it_was_right_or_wrong(log):
    User.objects.create_superuser("ann", password=PASSWORD)
    for password in ("a-slip-of-4711", PASSWORD):
        sent = {"username": "ann", "password": password}
        answer = Client().post("/admin/login/", sent)
        assert "of-4711" not in answer.content.decode()
    entries = str(list(AuditEntry.objects.values()))
    for secret in ("of-4711", PASSWORD):
        assert secret not in log.getvalue() + entries


def test_a_link_for_review_is_in_no_line_and_in_no_entry(client, log):
    article = ArticleFactory(status=Status.DRAFT)
    ann = User.objects.create_superuser("ann")
    now = timezone.now()
    token = preview_make(article=article, editor=ann, lasting=timedelta(days=1), now=now)
    assert client.get(f"/preview/{token}/").status_code == 200
    assert client.get(f"/preview/{token}x/").status_code == 404
    assert token not in log.getvalue() + str(list(AuditEntry.objects.values()))
