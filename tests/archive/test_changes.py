"""What was changed is shown word by word, and to readers only what they saw before."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from archive import services
from archive.changes import Passage, all_changes, passages, public_changes
from archive.models import Article, Correction, Section, Status
from archive.rights import Role
from archive.versions import versions_kept
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory, SectionFactory, TagFactory, member

TEXTS = st.lists(st.sampled_from(["At", "seven", "eight", ".", "\n\n", "\n"])).map(" ".join)


def read(passage: Passage) -> str:
    marked = {(True, False): "[-{}-]", (False, True): "[+{}+]", (False, False): "{}"}
    return "".join(marked[piece.gone, piece.new].format(piece.text) for piece in passage)


class TestPassages:
    def test_only_the_paragraphs_that_differ_are_shown(self):
        before = "One.\n\nThe ferry left at seven.\n\nThree.\n\nFour."
        after = "One.\n\nThe ferry left at eight.\n\nThree.\n\nFour and five."
        assert [read(one) for one in passages(before, after)] == [
            "The ferry left at [-seven-][+eight+].",
            "[-Four-][+Four and five+].",
        ]

    def test_the_paragraph_before_a_changed_word_is_left_out(self):
        (found,) = passages("One.\n\nTwo.", "One.\n\nToo.")
        assert read(found) == "[-Two-][+Too+]."

    def test_a_paragraph_that_is_gone_is_shown_alone(self):
        found = passages("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")
        assert ["Two." in read(one) for one in found] == [True]
        assert "One." not in read(found[0])

    @given(before=TEXTS, after=TEXTS)
    def test_nothing_that_differs_is_left_out(self, before, after):
        shown = [piece for one in passages(before, after) for piece in one]
        gone = "".join(piece.text for piece in shown if piece.gone)
        new = "".join(piece.text for piece in shown if piece.new)
        assert len(before) - len(gone) == len(after) - len(new)
        assert bool(shown) == (before != after)


@pytest.mark.django_db
class TestVersions:
    def test_every_part_of_an_article_is_compared(self):
        article = ArticleFactory(headline="Flood", tags=["sea"], section=SectionFactory(name="A"))
        later = timezone.now() + timedelta(days=1)
        with versions_kept(articles=[article.pk], by=None):
            section = SectionFactory(name="B")
            Article.objects.update(headline="High water", section=section, embargo_until=later)
            article.tags.set([TagFactory(name="bridge")])
        after, before = article.versions.all()
        shown = {
            change.name: "".join(map(read, change.passages))
            for change in all_changes(before, after)
        }
        assert shown.keys() == {"headline", "section", "embargo_until", "tags"}
        assert shown["section"] == "[-A-][+B+]"
        assert shown["tags"] == "[-sea-][+bridge+]"

    def test_what_is_gone_since_is_compared_as_well(self):
        article = ArticleFactory(headline="Flood", section=SectionFactory(name="A"))
        with versions_kept(articles=[article.pk], by=None):
            Article.objects.update(headline="High water", section=None)
        Section.objects.all().delete()
        after, before = article.versions.all()
        assert [change.name for change in all_changes(before, after)] == ["headline"]


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


@pytest.mark.django_db
class TestPublicChanges:
    def correct(self, editor: User, article: Article, shows: bool = True, **sent: object) -> None:
        client = signed_in(editor)
        form = form_of(client, address_of(article))
        place = f"corrections-{form['corrections-TOTAL_FORMS']}"
        form["corrections-TOTAL_FORMS"] += 1
        form |= {f"{place}-when_0": "2009-12-18", f"{place}-when_1": "12:00"}
        form |= {f"{place}-text": "The hour was wrong.", f"{place}-public": "on"}
        form |= {f"{place}-shows_changes": "on"} if shows else {}
        save(client, address_of(article), form | sent)

    def page(self, client, article: Article) -> str:
        article.refresh_from_db()
        return client.get(article.get_absolute_url()).content.decode()

    def test_readers_see_what_a_correction_changed_where_the_editor_lets_them(self, client, editor):
        article = ArticleFactory(body="It left at seven.\n\nIt <b>rained</b>.")
        self.correct(editor, article, body="It left at eight.\n\nIt <b>rained</b>.")
        assert "It left at <del>seven</del><ins>eight</ins>." in self.page(client, article)
        Correction.objects.update(shows_changes=False)
        assert "seven" not in self.page(client, article)

    def test_what_an_editor_typed_is_escaped_before_it_is_marked(self, client, editor):
        article = ArticleFactory(body="A <script>one</script> b.")
        self.correct(editor, article, body="A <script>two</script> b.")
        assert "&lt;script&gt;<del>one</del><ins>two</ins>&lt;" in self.page(client, article)

    def test_a_note_that_is_not_shown_shows_no_changes(self, editor):
        article = ArticleFactory(body="At seven.")
        self.correct(editor, article, body="At eight.")
        Correction.objects.update(public=False)
        assert public_changes(Correction.objects.get()) == []

    def test_nothing_that_was_written_while_it_was_a_draft_is_shown(self, client, editor):
        article = ArticleFactory(status=Status.DRAFT, body="A secret.")
        self.correct(editor, article, body="At seven.")
        services.article_publish(article=article, editor=editor, now=timezone.now())
        self.correct(editor, article, body="At eight.")
        page = self.page(client, article)
        assert "<del>seven</del><ins>eight</ins>" in page
        assert "secret" not in page

    def test_what_was_withdrawn_since_does_not_come_back_as_a_change(self, client, editor):
        article = ArticleFactory(body="A slander.")
        self.correct(editor, article, body="A fact.")
        assert "slander" in self.page(client, article)
        now = timezone.now()
        services.article_withdraw(article=article, editor=editor, reason="Slander.", now=now)
        assert client.get(article.get_absolute_url()).status_code == 404
        services.article_publish(article=article, editor=editor, now=now)
        assert "slander" not in self.page(client, article)

    def test_a_change_that_was_made_with_no_correction_is_nobodys_business(self, client, editor):
        article = ArticleFactory(body="At seven.")
        desk = signed_in(editor)
        save(desk, address_of(article), form_of(desk, address_of(article)) | {"body": "At nine."})
        self.correct(editor, article, body="At eight.")
        page = self.page(client, article)
        assert "seven" not in page
        assert "<del>nine</del>" in page

    def test_an_article_without_corrections_costs_no_query_more(
        self, client, editor, django_assert_num_queries
    ):
        article = ArticleFactory(body="At seven.")
        Correction.objects.create(article=article, text="A comma.")
        note = Correction.objects.get()
        with django_assert_num_queries(0):
            assert public_changes(note) == []
