"""A rebuild looks at the outbox as a whole: what came since, and what is done with."""

import pytest

from search import noted
from search.models import IndexChange
from search.noted import finish, noted_since
from tests.search.record import in_outbox

pytestmark = pytest.mark.django_db


def note(*articles: int, **fields: object) -> None:
    for article in articles:
        IndexChange.objects.create(article_id=article, **fields)


def note_as(row: int, article: int) -> None:
    IndexChange.objects.create(pk=row, article_id=article)


def test_what_came_since_is_told_once_by_article():
    note(7, 8, 7)
    before = noted.noted()
    note(9, 7, 9)
    now, articles = noted_since(before)
    assert articles == [7, 9]
    assert noted_since(now)[1] == []


def test_a_row_that_commits_late_under_a_smaller_number_came_since():
    note_as(5, article=1)
    before = noted.noted()
    note_as(4, article=2)
    assert noted_since(before)[1] == [2]


@pytest.mark.parametrize("rows", [(1, 2, 3, 4), (1, 2, 4), (1,), ()])
def test_what_was_noted_is_deleted_and_nothing_else(rows, monkeypatch):
    monkeypatch.setattr(noted, "PART", 3)
    for row in rows:
        note_as(row, article=row)
    seen = noted.noted()
    for row in {3, 5} - set(rows):
        note_as(row, article=100 + row)
    finish(seen, {})
    assert in_outbox() == {100 + row for row in {3, 5} - set(rows)}


def test_one_row_stays_for_who_was_refused_with_the_reason():
    note(7, 8, 7)
    finish(noted.noted(), {7: ValueError("no")})
    [row] = IndexChange.objects.all()
    assert (row.article_id, row.error, row.applied) == (7, "ValueError: no", False)
