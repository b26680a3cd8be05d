"""The list of articles as somebody at the desk sees it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.desk import signed_in

ARTICLES = reverse("admin:archive_article_changelist")


@pytest.fixture
def editor() -> User:
    """Somebody with all permissions over the record, who has them one by one."""
    user = User.objects.create_user("editor", is_staff=True)
    rooms = ("archive", "search")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=rooms))
    return user


@pytest.fixture
def desk(editor) -> Client:
    return signed_in(editor)


@pytest.fixture
def small_window(monkeypatch) -> int:
    """Lists that end after five articles instead of ten thousand."""
    for module in ("about", "changelist", "listing"):
        monkeypatch.setattr(f"search.desk.{module}.WINDOW", 5)
    return 5
