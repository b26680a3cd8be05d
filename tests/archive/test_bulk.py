"""The same change made to many articles: what becomes of each, and its undoing."""

import json

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from archive.bulk import Verdict, change_make, change_undo, verdicts
from archive.bulk.filing import SetSection, SetSource
from archive.bulk.moves import Publish, Withdraw
from archive.bulk.tagging import AddPerson, AddTags, MergeTags, RemoveTags
from archive.models import Article, ArticleVersion, Mention, Origin, Right, Status, Tag, Transition
from archive.rights import NotAllowed, Role
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    return member(Role.CHIEF)


def make(change, *articles, by) -> dict[int, object]:
    """Make it; what undoing needs, through JSON as it is kept."""
    ids = [article.pk for article in articles]
    made = change_make(change=change, ids=ids, editor=by, now=timezone.now())
    return {
        pk: json.loads(json.dumps(one.was))
        for pk, one in made.items()
        if one.verdict is Verdict.CHANGED
    }


def undo(change, was, *, by) -> set[int]:
    return set(change_undo(change=change, was=was, editor=by, now=timezone.now()))


def state() -> list[object]:
    """All that a change of many may touch."""
    return [
        list(Article.objects.order_by("pk").values("status", "section", "source")),
        set(Article.tags.through.objects.values_list("article", "tag")),
        set(Mention.objects.values_list("article", "person")),
        list(Tag.objects.order_by("pk").values_list("pk", "name", "slug", "kind")),
    ]


def changes():
    """One change of each kind that does something to `an_article`."""
    sea, town = TagFactory(name="Sea"), TagFactory(name="Town")
    return [
        Publish(),
        AddTags([town.pk]),
        RemoveTags([sea.pk]),
        MergeTags(sea.pk, town.pk, sea.name, sea.slug, sea.kind),
        SetSection(SectionFactory(name="Harbour").pk),
        SetSection(None),
        SetSource(SourceFactory(name="Another").pk),
        AddPerson(PersonFactory(name="Ben Roy").pk),
    ]


def an_article(**given):
    filed = {"tags": ["Sea"], "people": ["Ann Vale"], "section": "News"}
    return ArticleFactory(**({"status": Status.DRAFT} | filed | given))


@pytest.mark.parametrize("kind", range(8))
def test_what_is_made_is_undone_and_nothing_remains_of_it(chief, kind):
    article = an_article()
    change = changes()[kind]
    before = state()
    assert verdicts(change, Article.objects.all()) == {Verdict.CHANGED: 1}
    was = make(change, article, by=chief)
    change.finish()
    assert state() != before
    assert undo(change, was, by=chief) == {article.pk}
    assert state() == before


@pytest.mark.parametrize("kind", range(8))
def test_what_was_made_once_is_not_made_again(chief, kind):
    article = an_article()
    change = changes()[kind]
    make(change, article, by=chief)
    assert verdicts(change, Article.objects.all()) == {Verdict.SAME: 1}
    assert make(change, article, by=chief) == {}


@pytest.mark.parametrize("kind", range(1, 8))
def test_a_change_of_the_record_is_a_version_by_whoever_made_it(chief, kind):
    article = an_article()
    change = changes()[kind]
    make(change, article, by=chief)
    newest = ArticleVersion.objects.filter(id=article.pk).latest()
    assert newest.history_user == chief


class TestMoves:
    def test_only_what_can_be_moved_is_and_the_others_say_why(self, chief):
        draft, public = an_article(), an_article(status=Status.PUBLISHED)
        made = change_make(
            change=Withdraw("Wrong"),
            ids=[draft.pk, public.pk, 999],
            editor=chief,
            now=timezone.now(),
        )
        assert {pk: one.verdict for pk, one in made.items()} == {
            draft.pk: Verdict.STATUS,
            public.pk: Verdict.CHANGED,
            999: Verdict.GONE,
        }
        assert Transition.objects.get().reason == "Wrong"

    def test_undoing_gives_the_date_back_and_is_written_down(self, chief):
        article = an_article(published=None, external_id="")
        was = make(Publish(), article, by=chief)
        article.refresh_from_db()
        assert article.first_published
        undo(Publish(), was, by=chief)
        article.refresh_from_db()
        assert (article.status, article.first_published) == (Status.DRAFT, None)
        moves = Transition.objects.values_list("origin", "target", "by")
        assert list(moves) == [
            ("draft", "published", chief.pk),
            ("published", "draft", chief.pk),
        ]

    def test_what_was_moved_again_since_is_left_alone(self, chief):
        article = an_article()
        was = make(Publish(), article, by=chief)
        make(Withdraw("Wrong"), article, by=chief)
        assert undo(Publish(), was, by=chief) == set()
        article.refresh_from_db()
        assert article.status == Status.WITHDRAWN


class TestFiling:
    def test_a_source_that_has_the_id_already_is_said(self, chief):
        there = SourceFactory(name="There")
        ArticleFactory(source=there, external_id="7")
        article = ArticleFactory(external_id="7")
        change = SetSource(there.pk)
        assert verdicts(change, Article.objects.filter(pk=article.pk)) == {Verdict.TAKEN: 1}
        assert make(change, article, by=chief) == {}

    def test_two_of_one_id_do_not_both_go(self, chief):
        one = ArticleFactory(source=SourceFactory(name="One"), external_id="7")
        other = ArticleFactory(source=SourceFactory(name="Other"), external_id="7")
        assert set(make(SetSource(SourceFactory(name="There").pk), one, other, by=chief)) == {
            one.pk
        }

    def test_a_section_that_was_set_otherwise_since_is_left_alone(self, chief):
        article = an_article()
        change = SetSection(SectionFactory(name="Harbour").pk)
        was = make(change, article, by=chief)
        Article.objects.update(section=SectionFactory(name="Sport"))
        assert undo(change, was, by=chief) == set()


class TestTagsAndPeople:
    def test_a_tag_that_an_article_had_before_is_not_taken_by_undoing(self, chief):
        article = an_article(tags=["Sea", "Town"])
        sea, town, new = (TagFactory(name=name).pk for name in ("Sea", "Town", "New"))
        change = AddTags([sea, town, new])
        undo(change, make(change, article, by=chief), by=chief)
        assert {tag.name for tag in article.tags.all()} == {"Sea", "Town"}

    def test_a_merged_tag_goes_only_when_no_article_has_it(self, chief):
        article, other = an_article(), an_article()
        sea, town = TagFactory(name="Sea"), TagFactory(name="Town")
        change = MergeTags(sea.pk, town.pk, sea.name, sea.slug, sea.kind)
        make(change, article, by=chief)
        change.finish()
        assert Tag.objects.filter(pk=sea.pk).exists()
        make(change, other, by=chief)
        change.finish()
        assert not Tag.objects.filter(pk=sea.pk).exists()

    def test_a_person_is_added_as_an_editors_word_behind_the_others(self, chief):
        article = an_article()
        make(AddPerson(PersonFactory(name="Ben Roy").pk), article, by=chief)
        mention = article.mentions.get(person__name="Ben Roy")
        assert (mention.origin, mention.position) == (Origin.EDITOR, 1)


class TestRights:
    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
    @pytest.mark.parametrize("kind", range(8))
    def test_only_chiefs_change_many(self, role, kind):
        article = an_article()
        change = changes()[kind]
        before = state()
        for action in (
            lambda: make(change, article, by=member(role)),
            lambda: undo(change, {article.pk: None}, by=member(role)),
        ):
            with pytest.raises(NotAllowed):
                action()
        assert state() == before

    @pytest.mark.parametrize("kind", range(8))
    def test_the_right_to_change_many_is_not_enough(self, chief, kind):
        user = User.objects.create_user("somebody", is_staff=True)
        right = chief.groups.get().permissions.get(codename=Right.CHANGE_MANY)
        user.user_permissions.add(right)
        article = an_article()
        with pytest.raises(NotAllowed):
            make(changes()[kind], article, by=user)
