"""Every version is kept, whatever changes an article, and an import of many keeps none."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from archive import editing
from archive.models import Article, ArticleVersion, Correction, Mention, Origin, Status
from archive.rights import NotAllowed, Role
from archive.versions import versions_kept
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, TagFactory, member

pytestmark = pytest.mark.django_db


def told(article: Article, *names: str) -> list[object]:
    """The kept versions, the oldest first."""
    return list(article.versions.order_by("history_id").values_list(*names, flat=len(names) == 1))


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


def change(article: Article, by: User | None = None, reason: str = "", **fields: object) -> None:
    with versions_kept(articles=[article.pk], by=by, reason=reason):
        Article.objects.filter(pk=article.pk).update(**fields)


class TestKeeping:
    def test_what_was_never_changed_is_its_own_version(self):
        ArticleFactory()
        assert not ArticleVersion.objects.exists()

    def test_the_first_change_keeps_what_was_before_and_what_is_after(self, editor):
        article = ArticleFactory(headline="Flood", created_by=member(Role.CONTRIBUTOR, "ann"))
        change(article, editor, "A fact.", headline="High water")
        assert told(article, "headline", "history_type", "history_user__username") == [
            ("Flood", "+", "ann"),
            ("High water", "~", "editor"),
        ]
        first, second = article.versions.order_by("history_id")
        assert first.history_date == article.created_at
        assert second.history_change_reason == "A fact."

    def test_a_later_change_keeps_only_what_is_after(self, editor):
        article = ArticleFactory(headline="One")
        change(article, editor, headline="Two")
        change(article, editor, headline="Three")
        assert told(article, "headline") == ["One", "Two", "Three"]

    def test_what_changes_nothing_keeps_nothing(self, editor):
        article = ArticleFactory(headline="Flood", tags=["sea"])
        change(article, editor, headline="Flood")
        TagFactory(name="sea")
        assert not ArticleVersion.objects.exists()

    def test_a_change_that_kept_no_version_is_noticed_by_the_next(self, editor):
        article = ArticleFactory(headline="One")
        change(article, editor, headline="Two")
        Article.objects.update(headline="By nobody knows whom")
        change(article, editor, headline="Three")
        assert told(article, "headline", "history_user__username") == [
            ("One", None),
            ("Two", "editor"),
            ("By nobody knows whom", None),
            ("Three", "editor"),
        ]

    def test_a_version_knows_tags_and_people_by_the_names_of_its_time(self, editor):
        article = ArticleFactory(tags=["sea"], people=["Ann Vale"])
        with versions_kept(articles=[article.pk], by=editor):
            article.tags.set([TagFactory(name="bridge")])
            Mention.objects.create(article=article, person=PersonFactory(name="Ben Roy"))
        article.tags.all().delete()
        names = [
            ([name for _, name in tags], [name for _, name in people])
            for tags, people in told(article, "tags", "people")
        ]
        assert names == [(["sea"], ["Ann Vale"]), (["bridge"], ["Ann Vale", "Ben Roy"])]

    def test_a_plain_save_is_kept_as_well(self):
        article = ArticleFactory(headline="One")
        article.headline = "Two"
        article.save()
        assert told(article, "headline") == ["One", "Two"]

    def test_many_are_kept_in_as_many_queries_as_one(self, editor, django_assert_max_num_queries):
        for _ in range(40):
            ArticleFactory(tags=["sea"], people=["Ann Vale"])
        ids = list(Article.objects.values_list("pk", flat=True))
        with (
            django_assert_max_num_queries(14),
            versions_kept(articles=ids, by=editor),
        ):
            Article.objects.update(byline="All of them")
        assert ArticleVersion.objects.count() == 80

    def test_what_fails_keeps_nothing(self, editor):
        article = ArticleFactory()

        def fail() -> None:
            with versions_kept(articles=[article.pk], by=editor):
                Article.objects.update(headline="Two")
                raise ValueError("A slip.")

        with pytest.raises(ValueError, match="A slip"):
            fail()
        assert not ArticleVersion.objects.exists()

    def test_the_versions_of_a_deleted_article_go_with_it(self, editor):
        article = ArticleFactory()
        change(article, editor, headline="Two")
        article.delete()
        assert not ArticleVersion.objects.exists()


class TestImports:
    def import_(self, tmp_path, **record: object) -> None:
        import json

        file = tmp_path / "articles.jsonl"
        known = {"id": "a-1", "source": "Courier", "headline": "Flood", "body": "Water."}
        file.write_text(json.dumps(known | record))
        call_command("import_articles", str(file), verbosity=0)

    def test_an_import_keeps_no_version_of_what_it_brings(self, tmp_path):
        self.import_(tmp_path)
        assert Article.objects.get().headline == "Flood"
        assert not ArticleVersion.objects.exists()

    def test_an_import_that_changes_an_article_keeps_both_versions(self, tmp_path):
        self.import_(tmp_path)
        self.import_(tmp_path, headline="High water")
        article = Article.objects.get()
        assert told(article, "headline", "history_user") == [("Flood", None), ("High water", None)]
        assert article.versions.latest().history_change_reason.startswith("import ")

    def test_an_import_that_changes_the_status_is_told_as_a_move(self, tmp_path):
        self.import_(tmp_path, status="draft")
        self.import_(tmp_path, status="published")
        made = Article.objects.get().transitions.get()
        assert (made.origin, made.target, made.by) == ("draft", "published", None)
        assert not ArticleVersion.objects.exists()


class TestDesk:
    def test_one_save_is_one_version_with_who_and_why(self, editor):
        article = ArticleFactory(headline="Flood", tags=["sea"], people=["Ann Vale"])
        client = signed_in(editor)
        sent = form_of(client, address_of(article)) | {"headline": "High water", "reason": "Fact."}
        sent |= {"tags": [TagFactory(name="bridge").pk]}
        sent["mentions-1-person"] = PersonFactory(name="Ben Roy").pk
        save(client, address_of(article), sent)
        assert told(article, "headline", "history_user__username", "history_change_reason") == [
            ("Flood", None, ""),
            ("High water", "editor", "Fact."),
        ]
        last = article.versions.latest()
        assert [name for _, name in last.tags] == ["bridge"]
        assert [name for _, name in last.people] == ["Ann Vale", "Ben Roy"]

    def test_whom_a_text_names_no_more_belongs_to_the_version_before(self, editor):
        article = ArticleFactory(body="Ann Vale said so.", people=["Ann Vale"])
        Mention.objects.update(origin=Origin.EXTRACTED)
        client = signed_in(editor)
        for body in ("Nobody said so.", "Nobody says so."):
            save(client, address_of(article), form_of(client, address_of(article)) | {"body": body})
        people = [[name for _, name in names] for names in told(article, "people")]
        assert people == [["Ann Vale"], [], []]

    def test_a_move_alone_is_no_version(self, editor):
        article = ArticleFactory(status=Status.DRAFT, published=None, external_id="")
        client = signed_in(editor)
        sent = form_of(client, address_of(article)) | {"status": Status.PUBLISHED}
        save(client, address_of(article), sent)
        assert article.transitions.count() == 1
        assert not ArticleVersion.objects.exists()

    def test_saving_without_a_change_keeps_no_version(self, editor):
        article = ArticleFactory(tags=["sea"], people=["Ann Vale"])
        client = signed_in(editor)
        save(client, address_of(article), form_of(client, address_of(article)))
        assert not ArticleVersion.objects.exists()


class TestRestoring:
    def restore(self, article: Article, editor: User, **asked: object) -> None:
        version = article.versions.order_by("history_id").first()
        now = Article.objects.get(pk=article.pk)
        editing.article_restore(
            article=now, version=version, editor=editor, **{"seen": now.updated_at} | asked
        )
        article.refresh_from_db()

    def test_words_and_filing_come_back_as_a_new_version(self, editor):
        section = SectionFactory(name="Harbour")
        article = ArticleFactory(headline="One", tags=["sea"], section=section)
        with versions_kept(articles=[article.pk], by=editor):
            Article.objects.update(headline="Two", section=None)
            article.tags.clear()
        self.restore(article, editor)
        assert (article.headline, article.section) == ("One", section)
        assert [tag.name for tag in article.tags.all()] == ["sea"]
        assert told(article, "headline") == ["One", "Two", "One"]
        assert "was restored" in article.versions.latest().history_change_reason

    def test_status_and_hours_stay_what_they_are(self, editor):
        article = ArticleFactory(status=Status.DRAFT, published=None, headline="One")
        later = timezone.now() + timedelta(days=1)
        change(article, editor, headline="Two", status=Status.PUBLISHED, embargo_until=later)
        self.restore(article, editor)
        assert (article.headline, article.status) == ("One", Status.PUBLISHED)
        assert article.embargo_until == later

    def test_what_somebody_changed_meanwhile_is_not_overwritten(self, editor):
        article = ArticleFactory(headline="One")
        change(article, editor, headline="Two")
        seen = timezone.now() - timedelta(minutes=1)
        with pytest.raises(editing.EditError, match="meanwhile"):
            self.restore(article, editor, seen=seen)
        article.refresh_from_db()
        assert article.headline == "Two"

    def test_whoever_may_not_edit_may_not_restore(self, editor):
        article = ArticleFactory(headline="One")
        change(article, editor, headline="Two")
        with pytest.raises(NotAllowed):
            self.restore(article, member(Role.CONTRIBUTOR))

    def test_what_is_gone_does_not_come_back(self, editor):
        section = SectionFactory(name="Harbour")
        article = ArticleFactory(headline="One", tags=["sea"], section=section)
        with versions_kept(articles=[article.pk], by=editor):
            Article.objects.update(headline="Two", section=None)
        article.tags.all().delete()
        section.delete()
        self.restore(article, editor)
        assert (article.headline, article.section, article.tags.count()) == ("One", None, 0)


class TestCorrections:
    def corrected(self, article: Article, editor: User, **changes: object) -> Correction:
        client = signed_in(editor)
        sent = form_of(client, address_of(article)) | {"body": "At eight.", **changes}
        sent |= {"corrections-TOTAL_FORMS": 1, "corrections-0-text": "The hour was wrong."}
        sent |= {"corrections-0-public": "on", "corrections-0-shows_changes": "on"}
        sent |= {"corrections-0-when_0": "2009-12-18", "corrections-0-when_1": "12:00"}
        save(client, address_of(article), sent)
        return Correction.objects.get()

    def test_a_correction_of_what_is_public_knows_its_version(self, editor):
        article = ArticleFactory(body="At seven.")
        assert self.corrected(article, editor).version == article.versions.latest()

    @pytest.mark.parametrize(
        "state",
        [
            {"status": Status.DRAFT},
            {"status": Status.IN_REVIEW},
            {"status": Status.WITHDRAWN},
            {"embargo_until": timezone.now() + timedelta(days=1)},
        ],
    )
    def test_a_correction_of_what_is_not_public_never_does(self, editor, state):
        article = ArticleFactory(body="At seven.", **state)
        assert self.corrected(article, editor).version is None

    def test_nor_does_one_that_makes_it_public_or_takes_it_away(self, editor):
        draft = ArticleFactory(body="At seven.", status=Status.DRAFT)
        assert self.corrected(draft, editor, status=Status.PUBLISHED).version is None
        Correction.objects.all().delete()
        public = ArticleFactory(body="At seven.")
        gone = self.corrected(public, editor, status=Status.WITHDRAWN, reason="Not ours.")
        assert gone.version is None

    def test_an_article_with_a_correction_that_names_a_version_can_be_deleted(self, editor):
        article = ArticleFactory(body="At seven.")
        self.corrected(article, editor)
        article.delete()
        assert not ArticleVersion.objects.exists()
