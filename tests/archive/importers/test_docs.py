"""The archivists' page, held to its own examples."""

import re
from pathlib import Path

import pytest

from archive.importers.formats import FORMATS, detect
from archive.models import Article

PAGE = Path(__file__).parents[3] / "docs" / "archivists.md"
EXAMPLES = dict(
    re.findall(r"^```([a-z0-9-]+)\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
)


def test_every_format_has_one_example():
    assert set(EXAMPLES) == set(FORMATS)


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_an_example_is_recognised_and_comes_in_whole(import_articles, tmp_path, name):
    path = tmp_path / "example"
    path.write_text(EXAMPLES[name])
    assert detect("example", path.read_bytes()) is FORMATS[name]
    answer = import_articles(path)
    assert answer.code == 0
    assert answer.tally[0] == answer.counts["read"] > 0
    article = Article.objects.get()
    assert article.headline
    assert article.body
    assert article.first_published
    assert article.people.exists()
    assert "left out" not in answer.told
