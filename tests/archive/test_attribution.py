"""Quotations in the record: found at import, corrected by editors, found again."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.attribution import place_of, quotations_compare, quotations_extract
from archive.models import Article, Origin, Person, Quotation
from search.models import IndexChange
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

BODY = "Ann Vale met Ben Roy.\n\n“We sail at dawn,” Vale said.\n\n“We stay in port,” Roy said."


@pytest.fixture
def article() -> Article:
    return ArticleFactory(headline="“We sail” – Vale", body=BODY, people=["Ann Vale", "Ben Roy"])


def extract(article: Article) -> None:
    quotations_extract(articles=[article.pk])


def kept(article: Article) -> list[tuple[str, str, str]]:
    rows = Quotation.objects.filter(article=article).order_by("-part", "start")
    return [(one.part, one.text, str(one.speaker or "")) for one in rows]


def test_quotations_of_every_part_are_kept_with_their_speakers(article):
    extract(article)
    assert kept(article) == [
        ("headline", "We sail", "Ann Vale"),
        ("body", "We sail at dawn,", "Ann Vale"),
        ("body", "We stay in port,", "Ben Roy"),
    ]
    for one in Quotation.objects.all():
        assert getattr(article, one.part)[one.start : one.end] == one.text


def test_extracting_twice_changes_nothing(article):
    extract(article)
    before = list(Quotation.objects.order_by("pk").values())
    assert not quotations_extract(articles=[article.pk])
    assert list(Quotation.objects.order_by("pk").values()) == before


def test_a_comparison_writes_nothing(article):
    assert len(quotations_compare(articles=[article.pk]).added) == 3
    assert not Quotation.objects.exists()


def test_a_speaker_goes_by_an_alias(article):
    person = Person.objects.get(name="Ann Vale")
    person.aliases.create(name="Annie Strand")
    Article.objects.update(body="“We sail at dawn,” Annie Strand said.")
    extract(article)
    assert kept(article)[-1] == ("body", "We sail at dawn,", "Ann Vale")


def test_two_people_of_one_name_leave_the_speaker_blank(article):
    other = PersonFactory(name="Ann Vale", slug="ann-vale-2")
    article.mentions.create(person=other)
    extract(article)
    assert kept(article)[1] == ("body", "We sail at dawn,", "")


def test_a_row_whose_speaker_is_found_to_be_another_is_the_same_row(article):
    extract(article)
    before = Quotation.objects.get(text="We stay in port,").pk
    article.mentions.filter(person__name="Ben Roy").delete()
    extract(article)
    after = Quotation.objects.get(text="We stay in port,")
    assert (after.pk, after.speaker, after.surface) == (before, None, "Roy")


def test_what_is_no_longer_said_goes(article):
    extract(article)
    Article.objects.update(body="Ann Vale met Ben Roy.")
    extract(article)
    assert kept(article) == [("headline", "We sail", "Ann Vale")]


class TestEditors:
    """What an editor said of a quotation no extraction changes."""

    @pytest.fixture
    def corrected(self, article):
        extract(article)
        one = Quotation.objects.get(text="We sail at dawn,")
        one.speaker, one.origin = Person.objects.get(name="Ben Roy"), Origin.EDITOR
        one.save()
        return one

    def test_a_corrected_speaker_stays(self, article, corrected):
        extract(article)
        corrected.refresh_from_db()
        assert corrected.speaker.name == "Ben Roy"
        assert len(kept(article)) == 3

    def test_a_corrected_quotation_moves_with_its_words(self, article, corrected):
        Article.objects.update(body="At the pier. " + BODY)
        extract(article)
        corrected.refresh_from_db()
        article.refresh_from_db()
        assert corrected.speaker.name == "Ben Roy"
        assert article.body[corrected.start : corrected.end] == "We sail at dawn,"

    def test_a_corrected_quotation_outlives_its_words(self, article, corrected):
        Article.objects.update(body="Ann Vale met Ben Roy.")
        extract(article)
        corrected.refresh_from_db()
        assert (corrected.start, corrected.end) == (None, None)
        Article.objects.update(body=BODY)
        extract(article)
        corrected.refresh_from_db()
        assert BODY[corrected.start : corrected.end] == "We sail at dawn,"
        assert len(kept(article)) == 3

    def test_a_dismissed_quotation_does_not_come_back(self, article, corrected):
        Quotation.objects.filter(pk=corrected.pk).update(dismissed=True)
        extract(article)
        assert Quotation.objects.filter(dismissed=False).count() == 2

    def test_a_corrected_span_keeps_the_found_one_away(self, article, corrected):
        start = BODY.index("sail at dawn")
        Quotation.objects.filter(pk=corrected.pk).update(
            start=start, end=start + 12, text="sail at dawn"
        )
        extract(article)
        assert [text for part, text, _ in kept(article) if part == "body"] == [
            "sail at dawn",
            "We stay in port,",
        ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["edit", "cut", "restore", "extract", "double"]), max_size=6))
def test_in_whatever_order_no_correction_is_lost(article, steps):
    Quotation.objects.all().delete()
    Article.objects.update(body=BODY)
    extract(article)
    editors = PersonFactory(name="Cay Stour")
    edited = set()
    for step in steps:
        if step == "edit" and (one := Quotation.objects.filter(part="body").first()):
            Quotation.objects.filter(pk=one.pk).update(speaker=editors, origin=Origin.EDITOR)
            edited.add((one.pk, one.text))
        elif step == "extract":
            extract(article)
        else:
            bodies = {"cut": BODY[:40], "restore": BODY, "double": f"{BODY}\n\n{BODY}"}
            Article.objects.update(body=bodies.get(step, BODY))
    extract(article)
    rows = Quotation.objects.filter(origin=Origin.EDITOR, speaker=editors)
    assert set(rows.values_list("pk", "text")) == edited


def test_the_nearest_of_several_places_is_meant():
    assert place_of("ab", "ab ab ab", near=4) == 3
    assert place_of("ab", "ab ab ab", near=99) == 6
    assert place_of("no", "ab ab ab") is None


def test_an_import_brings_its_quotations_and_an_update_renews_them(tmp_path):
    file = tmp_path / "articles.jsonl"
    record = {"id": "a-1", "headline": "Port", "body": BODY, "published": "2009-12-17"}
    file.write_text(json.dumps(record))
    call_command("import_articles", str(file), source="Courier", stdout=StringIO())
    article = Article.objects.get()
    assert [speaker for *_, speaker in kept(article)] == ["Ann Vale", "Ben Roy"]
    file.write_text(json.dumps(record | {"body": BODY.replace("Roy said", "Vale said")}))
    call_command("import_articles", str(file), source="Courier", stdout=StringIO())
    assert [speaker for *_, speaker in kept(article)] == ["Ann Vale", "Ann Vale"]


def test_the_index_learns_of_a_change_made_by_whatever_door(article):
    extract(article)
    IndexChange.objects.all().delete()
    Quotation.objects.filter(part="headline").update(dismissed=True)
    assert set(IndexChange.objects.values_list("article_id", flat=True)) == {article.pk}


class TestCommand:
    def run(self, *options: str) -> str:
        out = StringIO()
        call_command("extract_quotations", *options, stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_it_tells_what_it_did_and_the_second_time_nothing(self, article):
        assert "1 articles read. Quotations: 3 new, 0 changed, 0 gone." in self.run()
        assert "0 new, 0 changed, 0 gone." in self.run()

    def test_a_dry_run_tells_each_change_and_makes_none(self, article):
        told = self.run("--dry-run")
        assert f"+ article {article.pk}: “We stay in port,” – Ben Roy" in told
        assert not Quotation.objects.exists()

    def test_it_goes_on_behind_an_article(self, article):
        assert "0 articles read." in self.run("--after", str(article.pk))
