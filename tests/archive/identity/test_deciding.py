"""One person, two people, nobody: what each decision moves, and that its undoing moves it back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied

from archive.identity import (
    IdentityError,
    are_apart,
    decision_undo,
    person_keep_apart,
    person_mark_not_a_person,
    person_merge,
    person_rename,
    person_split,
)
from archive.models import (
    Article,
    FormerSlug,
    Likeness,
    Mention,
    Origin,
    Person,
    PersonAlias,
    PersonDecision,
    Quotation,
)
from search import outbox
from search.models import IndexChange
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_person"))
    return user


@pytest.fixture
def dmitry() -> Person:
    return PersonFactory(name="Dmitry Medvedev")


@pytest.fixture
def dmitri() -> Person:
    return PersonFactory(name="Dmitri Medvedev")


def everything() -> dict[str, object]:
    """All that is known of people but the decisions and what a command has looked at."""
    tables = {
        "people": Person.objects.values("pk", "name", "slug", "note", "wikidata", "merged_into_id",
                                        "not_a_person"),
        "aliases": PersonAlias.objects.values("person_id", "name", "origin"),
        "mentions": Mention.objects.values("article_id", "person_id", "origin", "surfaces", "count",
                                           "position"),
        "quotations": Quotation.objects.values("article_id", "speaker_id", "text"),
    }  # fmt: skip
    return {name: sorted(map(str, rows.order_by())) for name, rows in tables.items()}


def changed_articles() -> set[int]:
    """Whom the outbox tells of."""
    return set(IndexChange.objects.values_list("article_id", flat=True))


class TestMerging:
    def test_mentions_quotations_and_names_go_to_the_one_that_is_kept(self, editor, dmitry, dmitri):
        article = ArticleFactory(people=[dmitri])
        said = Quotation.objects.create(article=article, text="No.", speaker=dmitri)
        PersonAlias.objects.create(person=dmitri, name="Medvedyev, D.", origin=Origin.SOURCE)
        person_merge(lost=dmitri, kept=dmitry, by=editor)
        assert list(article.people.all()) == [dmitry]
        assert Quotation.objects.get(pk=said.pk).speaker == dmitry
        assert {alias.name: alias.origin for alias in dmitry.aliases.all()} == {
            "Dmitri Medvedev": Origin.EDITOR,
            "Medvedyev, D.": Origin.SOURCE,
        }

    def test_an_article_that_mentions_both_mentions_one_with_all_that_both_were_called(
        self, editor, dmitry, dmitri
    ):
        article = ArticleFactory()
        Mention.objects.create(
            article=article, person=dmitry, origin=Origin.EXTRACTED, surfaces=["Dmitry"], count=2
        )
        Mention.objects.create(article=article, person=dmitri, surfaces=["Dmitri"], count=3)
        person_merge(lost=dmitri, kept=dmitry, by=editor)
        mention = article.mentions.get()
        assert (mention.person, mention.count) == (dmitry, 5)
        assert mention.surfaces == ["Dmitry", "Dmitri"]
        assert mention.origin == Origin.EDITOR, "what an editor listed no import drops"

    def test_undone_everything_is_as_it_was(self, editor, dmitry, dmitri):
        ArticleFactory(people=[dmitri])
        both = ArticleFactory(people=[dmitry, dmitri])
        Mention.objects.filter(article=both, person=dmitri).update(
            surfaces=["Dmitri"], count=3, origin=Origin.SOURCE
        )
        Quotation.objects.create(article=both, text="No.", speaker=dmitri)
        Person.objects.filter(pk=dmitri.pk).update(note="President", wikidata="Q23530")
        third = PersonFactory(name="D. Medvedev")
        person_merge(lost=third, kept=dmitri, by=editor)
        before = everything()
        decision = person_merge(lost=dmitri, kept=dmitry, by=editor)
        assert everything() != before
        decision_undo(decision=decision, by=editor)
        assert everything() == before

    def test_what_an_editor_took_away_since_does_not_come_back(self, editor, dmitry, dmitri):
        alone, both = ArticleFactory(people=[dmitri]), ArticleFactory(people=[dmitry, dmitri])
        decision = person_merge(lost=dmitri, kept=dmitry, by=editor)
        Mention.objects.all().delete()
        decision_undo(decision=decision, by=editor)
        assert not alone.people.exists()
        assert not both.people.exists()

    def test_the_index_learns_of_every_article_of_both(self, editor, dmitry, dmitri):
        articles = [ArticleFactory(people=people) for people in ([dmitry], [dmitri])]
        outbox.drain_all()
        decision = person_merge(lost=dmitri, kept=dmitry, by=editor)
        assert changed_articles() == {article.pk for article in articles}
        outbox.drain_all()
        decision_undo(decision=decision, by=editor)
        assert changed_articles() == {article.pk for article in articles}

    def test_whoever_was_merged_before_leads_to_the_last(self, editor, dmitry, dmitri):
        first = PersonFactory(name="D. Medvedev")
        person_merge(lost=first, kept=dmitri, by=editor)
        person_merge(lost=dmitri, kept=dmitry, by=editor)
        first.refresh_from_db()
        assert first.merged_into == dmitry

    def test_what_stands_on_a_merge_is_undone_before_it(self, editor, dmitry, dmitri):
        first = PersonFactory(name="D. Medvedev")
        decision = person_merge(lost=first, kept=dmitri, by=editor)
        person_merge(lost=dmitri, kept=dmitry, by=editor)
        with pytest.raises(IdentityError, match="Undo that first"):
            decision_undo(decision=decision, by=editor)
        assert not PersonDecision.objects.exclude(undone_at=None).exists()

    def test_nobody_is_merged_with_themselves_or_twice(self, editor, dmitry, dmitri):
        with pytest.raises(IdentityError):
            person_merge(lost=dmitry, kept=dmitry, by=editor)
        person_merge(lost=dmitri, kept=dmitry, by=editor)
        with pytest.raises(IdentityError, match="was merged into"):
            person_merge(lost=dmitri, kept=dmitry, by=editor)

    def test_it_takes_the_right_to_change_people(self, dmitry, dmitri):
        stranger = User.objects.create_user("stranger", is_staff=True)
        with pytest.raises(PermissionDenied):
            person_merge(lost=dmitri, kept=dmitry, by=stranger)
        assert not PersonDecision.objects.exists()

    def test_an_undone_merge_is_not_undone_again(self, editor, dmitry, dmitri):
        decision = person_merge(lost=dmitri, kept=dmitry, by=editor)
        decision_undo(decision=decision, by=editor)
        with pytest.raises(IdentityError, match="already"):
            decision_undo(decision=decision, by=editor)


class TestSplitting:
    def test_some_articles_go_to_a_new_person(self, editor):
        bush = PersonFactory(name="George Bush")
        father, son = ArticleFactory(people=[bush]), ArticleFactory(people=[bush])
        Quotation.objects.create(article=son, text="No.", speaker=bush)
        decision = person_split(person=bush, name="George Bush", articles=[son.pk], by=editor)
        assert decision.other.slug == "george-bush-2"
        assert list(father.people.all()) == [bush]
        assert list(son.people.all()) == [decision.other]
        assert son.quotations.get().speaker == decision.other
        assert are_apart(bush, decision.other)

    def test_undone_the_articles_come_back(self, editor):
        bush = PersonFactory(name="George Bush")
        father, son = ArticleFactory(people=[bush]), ArticleFactory(people=[bush])
        decision = person_split(person=bush, name="George W. Bush", articles=[son.pk], by=editor)
        decision_undo(decision=decision, by=editor)
        assert list(son.people.all()) == list(father.people.all()) == [bush]

    def test_all_or_none_of_the_articles_is_no_split(self, editor):
        bush = PersonFactory(name="George Bush")
        article = ArticleFactory(people=[bush])
        for articles in ([], [article.pk]):
            with pytest.raises(IdentityError):
                person_split(person=bush, name="George W. Bush", articles=articles, by=editor)
        assert Person.objects.count() == 1


class TestKeepingApart:
    def test_the_pair_leaves_the_queue_and_cannot_be_merged(self, editor, dmitry, dmitri):
        Likeness.objects.create(one=dmitry, other=dmitri, reason="spelling", likelihood=90)
        person_keep_apart(one=dmitri, other=dmitry, by=editor)
        assert not Likeness.objects.exists()
        with pytest.raises(IdentityError, match="kept apart"):
            person_merge(lost=dmitry, kept=dmitri, by=editor)

    def test_whoever_is_merged_into_one_is_apart_from_the_other(self, editor, dmitry, dmitri):
        third = PersonFactory(name="D. Medvedev")
        person_keep_apart(one=third, other=dmitry, by=editor)
        person_merge(lost=third, kept=dmitri, by=editor)
        assert are_apart(dmitry, dmitri)

    def test_undone_they_can_be_merged(self, editor, dmitry, dmitri):
        decision = person_keep_apart(one=dmitri, other=dmitry, by=editor)
        decision_undo(decision=decision, by=editor)
        person_merge(lost=dmitry, kept=dmitri, by=editor)


class TestNotAPerson:
    def test_it_is_mentioned_no_more_until_that_is_undone(self, editor):
        firm = PersonFactory(name="Merrill Lynch")
        article = ArticleFactory(people=[firm, "Ann Vale"])
        Quotation.objects.create(article=article, text="Buy.", speaker=firm)
        before = everything()
        decision = person_mark_not_a_person(person=firm, by=editor)
        assert [str(person) for person in article.people.all()] == ["Ann Vale"]
        assert article.quotations.get().speaker is None
        decision_undo(decision=decision, by=editor)
        assert everything() == before

    def test_an_article_that_is_gone_stays_gone(self, editor):
        firm = PersonFactory(name="Merrill Lynch")
        ArticleFactory(people=[firm])
        decision = person_mark_not_a_person(person=firm, by=editor)
        Article.objects.all().delete()
        decision_undo(decision=decision, by=editor)
        assert not firm.mentions.exists()


class TestRenaming:
    def test_the_old_name_and_the_old_address_lead_to_the_person(self, editor, dmitri):
        person_rename(person=dmitri, name="Dmitry Medvedev", slug="dmitry-medvedev", by=editor)
        assert dmitri.key == "dmitry medvedev"
        assert [alias.name for alias in dmitri.aliases.all()] == ["Dmitri Medvedev"]
        assert FormerSlug.objects.get().slug == "dmitri-medvedev"

    def test_back_again_it_is_no_alias_of_itself(self, editor, dmitri):
        person_rename(person=dmitri, name="Dmitry Medvedev", slug="dmitry-medvedev", by=editor)
        person_rename(person=dmitri, name="Dmitri Medvedev", slug="dmitri-medvedev", by=editor)
        assert [alias.name for alias in dmitri.aliases.all()] == ["Dmitry Medvedev"]
        assert FormerSlug.objects.get().slug == "dmitry-medvedev"
