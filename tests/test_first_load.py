"""What a first visit takes over the line: under 100 kB compressed, of which htmx is most."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction

from tests.every_page import WHOLE_STORY, thirty_articles, whole_story

pytestmark = pytest.mark.django_db(transaction=True)

LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
IMPORTED = re.compile(rb"^import |^export .* from |import\(|@import|url\(", re.MULTILINE)


@pytest.fixture
def archive() -> None:
    with transaction.atomic():
        thirty_articles()
    whole_story()


def packed(content: bytes) -> int:
    return len(gzip.compress(content))


@pytest.mark.parametrize("address", ["/search/?q=harbour", WHOLE_STORY, "/", "/calendar/2001/"])
def test_a_first_visit_takes_less_than_100_kb(client, archive, address: str):
    html = client.get(address, follow=True).content
    files = {name: Path(finders.find(name)).read_bytes() for name in LINKED.findall(html.decode())}
    assert len(files) > 5
    assert not [name for name in files if "htmx" not in name and IMPORTED.search(files[name])]
    sizes = {name: packed(content) for name, content in files.items()} | {address: packed(html)}
    assert sum(sizes.values()) < 100_000, sizes
