"""A look at a list of articles at the desk."""

import re
from typing import Any

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
