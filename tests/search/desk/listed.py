"""A look at a list of articles at the desk."""

import re
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tests.search.desk.conftest import ARTICLES


def changelist(desk, **asked: Any):
    page = desk.get(ARTICLES, asked)
    assert page.status_code == 200, page.headers
    return page.context["cl"]


def headlines(desk, **asked: Any) -> list[str]:
    return [article.headline for article in changelist(desk, **asked).result_list]


def choices(desk, name: str, **asked: Any) -> list[str]:
    """What one filter offers, as it is read."""
    listed = changelist(desk, **asked)
    [spec] = [spec for spec in listed.filter_specs if spec.parameter_name == name]
    return [str(choice["display"]) for choice in spec.choices(listed)][1:]


def said(desk, **asked: Any) -> str:
    """What stands above the list, as it is read."""
    page = desk.get(ARTICLES, asked).content.decode()
    [about] = re.findall(r'<div class="about-list">.*?</div>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", about).split())


@contextmanager
def steps(of: str = "COUNT("):
    """How many hundreds of steps SQLite's machine goes in the statements with these words."""
    counting = [0]

    def count(execute, sql, params, many, context):
        watched = of in sql
        connection.connection.set_progress_handler(step if watched else None, 100)
        try:
            return execute(sql, params, many, context)
        finally:
            connection.connection.set_progress_handler(None, 0)

    def step() -> int:
        counting[0] += 1
        return 0

    with connection.execute_wrapper(count):
        yield counting
