"""Which articles are put before an editor as one story, and that this follows their texts."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from archive.duplicates import duplicate_decide, duplicates_find, finding
from archive.models import Article, ArticlePrint, Duplicate
from archive.rights import NotAllowed, Role
from tests.factories import ArticleFactory, member

pytestmark = pytest.mark.django_db
State = Duplicate.State


def find() -> str:
    out = StringIO()
    call_command("find_duplicate_articles", stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def twins(stories) -> tuple[Article, Article]:
    """The same story under two headlines, beside another one."""
    ferry, bridge = stories
    ArticleFactory(body=bridge)
    return (
        ArticleFactory(headline="Ferry left without captain", body=ferry),
        ArticleFactory(headline="Captain missed his ferry", body=f"Harbour news. {ferry}"),
    )


def test_the_same_story_under_another_headline_is_found_once_however_often(twins, pairs):
    assert find() == "3 articles compared: 1 new pairs; 1 wait."
    assert find() == "0 articles compared: 0 new pairs; 1 wait."
    duplicates_find(articles=Article.objects.values_list("pk", flat=True))
    assert pairs() == {(twins[0].pk, twins[1].pk): "likely"}


def test_it_does_not_matter_in_how_many_parts_they_are_looked_at(twins, pairs):
    for pk in Article.objects.order_by("?").values_list("pk", flat=True):
        duplicates_find(articles=[pk])
    assert list(pairs()) == [(twins[0].pk, twins[1].pk)]


def test_interrupted_it_goes_on_where_it_was(twins, pairs):
    duplicates_find(articles=[twins[1].pk])
    assert find() == "2 articles compared: 1 new pairs; 1 wait."


def test_a_text_that_was_changed_is_looked_at_again(twins, pairs):
    find()
    twins[1].body = "Another story altogether. " * 10
    twins[1].save()
    assert find() == "1 articles compared: 0 new pairs; 0 wait."
    assert pairs() == {}


def test_the_pair_says_how_alike_its_texts_are_now(twins):
    find()
    twins[1].body = twins[0].body
    twins[1].save()
    find()
    assert Duplicate.objects.get().resemblance == 100


def test_what_was_deleted_is_in_no_pair(twins, pairs):
    find()
    twins[0].delete()
    assert pairs() == {}


@pytest.mark.parametrize("state", [State.APART, State.SAME])
def test_what_an_editor_decided_stays_and_is_not_asked_again(twins, pairs, state):
    find()
    duplicate_decide(duplicate=Duplicate.objects.get(), state=state, by=member(Role.EDITOR))
    Article.objects.update(updated_at=timezone.now())
    assert find() == "3 articles compared: 0 new pairs; 0 wait."
    assert list(pairs().values()) == [state]


def test_who_may_not_edit_what_others_wrote_decides_nothing(twins, pairs):
    find()
    with pytest.raises(NotAllowed):
        duplicate_decide(
            duplicate=Duplicate.objects.get(), state=State.SAME, by=member(Role.CONTRIBUTOR)
        )
    assert list(pairs().values()) == ["likely"]


def test_a_text_that_many_articles_share_is_a_form_and_asks_no_more(stories, pairs, monkeypatch):
    monkeypatch.setattr(finding, "CROWD", 3)
    made = [ArticleFactory(body=stories[0]).pk for _ in range(10)]
    duplicates_find(articles=made[:5])
    duplicates_find(articles=made[5:])
    assert list(pairs()) == [(made[0], made[1]), (made[0], made[2]), (made[1], made[2])]
    assert ArticlePrint.objects.exclude(band_1=None).count() == 3


def test_many_articles_take_as_many_queries_as_few(stories, django_assert_max_num_queries):
    ferry = stories[0]
    made = [ArticleFactory(body=f"{ferry} It was day {number}.").pk for number in range(30)]
    duplicates_find(articles=made[:5])
    with django_assert_max_num_queries(12):
        duplicates_find(articles=made)
