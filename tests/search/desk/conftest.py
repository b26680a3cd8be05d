"""The list of articles as somebody at the desk sees it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.rights import Role
from tests.desk import signed_in
from tests.factories import member

ARTICLES = reverse("admin:archive_article_changelist")


@pytest.fixture
def editor() -> User:
    """Somebody who may do everything with the record, by their group."""
    return member(Role.CHIEF)


@pytest.fixture
def desk(editor) -> Client:
    return signed_in(editor)


@pytest.fixture
def small_window(monkeypatch) -> int:
    """Lists that end after five articles instead of ten thousand."""
    for module in ("about", "changelist", "listing"):
        monkeypatch.setattr(f"search.desk.{module}.WINDOW", 5)
    return 5
