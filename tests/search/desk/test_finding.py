"""Finding at the desk: by words, by filters, by both, and what the page says of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.models import ImportBatch, Section, Status
from archive.rights import Role
from search.engines.base import IndexUnavailable
from tests.desk import signed_in
from tests.factories import ArticleFactory, PersonFactory, member
from tests.search.desk.listed import changelist, choices, headlines, said

pytestmark = pytest.mark.django_db(transaction=True)  # the index follows commits


class TestWords:
    def test_they_find_what_is_public_and_what_is_not(self, desk):
        ArticleFactory(headline="The harbour")
        ArticleFactory(headline="A harbour to be", status=Status.DRAFT)
        ArticleFactory(headline="The flood")
        assert set(headlines(desk, q="harbours")) == {"The harbour", "A harbour to be"}
        assert said(desk, q="harbours") == "2 articles , the best match first"

    def test_the_best_of_both_shelves_stands_first(self, desk):
        ArticleFactory(headline="Elsewhere", body="The harbour, among many other words.")
        ArticleFactory(headline="Harbour", body="Harbour, harbour.", status=Status.DRAFT)
        assert headlines(desk, q="harbour") == ["Harbour", "Elsewhere"]

    def test_accents_do_not_matter(self, desk):
        ArticleFactory(headline="A café", status=Status.DRAFT)
        assert headlines(desk, q="cafe") == ["A café"]

    def test_a_slip_is_offered_as_it_was_meant(self, desk):
        ArticleFactory(headline="The harbour")
        assert headlines(desk, q="harbuor -flood", section="news") == []
        assert "Did you mean harbour -flood ?" in said(desk, q="harbuor -flood")

    def test_a_person_is_found_by_whatever_name(self, desk):
        person = PersonFactory(name="Anders Fogh Rasmussen")
        ArticleFactory(headline="Summit", body="Anders Fogh Rasmussen spoke.", people=[person])
        assert headlines(desk, q="anders rasmusen") == ["Summit"]
        assert "Also those that mention Anders Fogh Rasmussen" in said(desk, q="anders rasmusen")

    def test_without_an_index_the_database_is_looked_through_and_the_page_says_so(
        self, desk, monkeypatch
    ):
        def fail(*_):
            raise IndexUnavailable("There is no index. Run: manage.py rebuild_index")

        ArticleFactory(headline="The harbour")
        ArticleFactory(headline="A harbour to be", status=Status.DRAFT)
        ArticleFactory(headline="The flood")
        monkeypatch.setattr("search.desk.changelist.answer_at_the_desk", fail)
        assert set(headlines(desk, q="harbour")) == {"The harbour", "A harbour to be"}
        assert headlines(desk, q="harbour", status__exact="draft") == ["A harbour to be"]
        assert said(desk, q="harbour") == (
            "There is no index. Run: manage.py rebuild_index "
            "2 articles with these words just as they are typed"
        )


class TestFilters:
    @pytest.fixture
    def both(self):
        """Two articles with the same word and nothing else in common."""
        batch = ImportBatch.objects.create(read=1, rejected=1)
        ArticleFactory(
            headline="one", section="Harbour", people=["Ann Vale"], tags=["sea"], batch=batch
        )
        ArticleFactory(headline="other", section="News", status=Status.DRAFT, published=None)
        return batch

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"section": "harbour"}, "one"),
            ({"person": "ann-vale"}, "one"),
            ({"tag": "sea"}, "one"),
            ({"year": "2009"}, "one"),
            ({"lack": "rejects"}, "one"),
            ({"status__exact": "published"}, "one"),
            ({"section": "news", "status__exact": "draft"}, "other"),
            ({"lack": "no-date"}, "other"),
            ({"lack": "no-people"}, "other"),
        ],
    )
    def test_each_works_with_words_and_without(self, desk, both, words, asked, found):
        assert headlines(desk, **words, **asked) == [found]

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    def test_an_import_batch_is_a_filter(self, desk, both, words):
        assert headlines(desk, batch__id__exact=both.pk, **words) == ["one"]
        assert choices(desk, "batch__id__exact", **words) == [f"import batch {both.pk} (1)"]

    def test_djangos_own_lookups_go_on_working(self, desk, both):
        section = Section.objects.get(slug="harbour")
        assert headlines(desk, section__id__exact=section.pk) == ["one"]
        assert headlines(desk, q="ferry", section__id__exact=section.pk) == ["one"]

    @pytest.mark.parametrize("twin", [{"url": "https://example.org/1"}, {"headline": "Fire"}])
    def test_what_may_be_there_twice_is_found_by_address_or_headline_and_moment(self, desk, twin):
        made = [ArticleFactory(**{"headline": "", **twin}) for _ in range(2)]
        ArticleFactory(headline="Fire", published="1999-01-01")
        ArticleFactory(headline="")
        listed = changelist(desk, lack="twice").result_list
        assert {article.pk for article in listed} == {article.pk for article in made}

    @pytest.mark.parametrize(
        "asked",
        [
            {"year": "0"},
            {"year": "9999"},
            {"year": "²"},
            {"year": "-1"},
            {"lack": "x"},
            {"batch__id__exact": "x"},
        ],
    )
    def test_what_cannot_be_is_refused_as_django_does(self, desk, asked):
        page = desk.get("/admin/archive/article/", asked)
        assert (page.status_code, page.headers["Location"]) == (302, "/admin/archive/article/?e=1")

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    def test_whose_article_it_is_can_be_chosen(self, desk, editor, words):
        ArticleFactory(headline="mine", created_by=editor, status=Status.DRAFT)
        ArticleFactory(headline="imported")
        assert headlines(desk, editor="chief", **words) == ["mine"]
        assert choices(desk, "editor", **words) == ["chief (1)"]

    def test_what_no_text_can_hold_finds_nothing(self, desk):
        ArticleFactory()
        assert headlines(desk, section="\0x") == []


class TestContributors:
    """What others wrote and what is under an embargo is not theirs to know of."""

    @pytest.mark.parametrize("asked", [{}, {"q": "ferry"}, {"section": "secrets"}])
    def test_nothing_is_listed_counted_or_named_that_they_may_not_read(self, asked):
        desk = signed_in(member(Role.CONTRIBUTOR))
        ArticleFactory(headline="open", section="News")
        later = timezone.now() + timedelta(days=1)
        ArticleFactory(headline="embargoed", section="Secrets", embargo_until=later)
        assert "embargoed" not in headlines(desk, **asked)
        assert "Secrets" not in " ".join(choices(desk, "section", **asked))
        assert "2 articles" not in said(desk, **asked)


class TestCounts:
    @pytest.fixture(autouse=True)
    def five(self):
        for number in range(3):
            ArticleFactory(headline=f"public {number}", section="Harbour", people=["Ann Vale"])
        for number in range(2):
            ArticleFactory(headline=f"draft {number}", section="News", status=Status.DRAFT)

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    def test_everything_is_counted(self, desk, words):
        assert choices(desk, "section", **words) == ["Harbour (3)", "News (2)"]
        assert choices(desk, "person", **words) == ["Ann Vale (3)"]
        assert choices(desk, "year", **words) == ["2009 (5)"]
        assert choices(desk, "status__exact", **words) == [
            "draft (2)",
            "in review (0)",
            "scheduled (0)",
            "published (3)",
            "withdrawn (0)",
        ]
        assert choices(desk, "lack", **words)[:2] == ["no date (0)", "no people (2)"]

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    def test_they_are_counts_of_what_is_listed(self, desk, words):
        assert choices(desk, "section", status__exact="draft", **words) == ["News (2)"]
        assert "draft (2)" in choices(desk, "status__exact", section="news", **words)

    def test_a_facets_own_choice_does_not_hide_the_others(self, desk):
        assert choices(desk, "section", section="news") == ["Harbour (3)", "News (2)"]


class TestBounds:
    """What happens beyond the window, with a window of five."""

    @pytest.fixture(autouse=True)
    def eight(self, small_window):
        for number in range(8):
            ArticleFactory(headline=f"ferry {number}", published=f"200{number}-01-01")

    def test_the_newest_are_listed_and_the_engine_tells_how_many_there_are(self, desk):
        listed = changelist(desk)
        assert listed.paginator.count == 5
        assert "8 articles The first 5 can be listed" in said(desk)

    def test_where_only_the_database_could_count_it_does_not(self, desk):
        assert "More than 5 articles" in said(desk, status__exact="published")
        assert choices(desk, "section", status__exact="published") == []

    def test_each_status_is_counted_by_itself(self, desk, monkeypatch):
        ArticleFactory(status=Status.DRAFT, published=None)
        monkeypatch.setattr("search.desk.counting.AT_MOST", 6)
        monkeypatch.setattr("search.desk.facets.AT_MOST", 6)
        counts = choices(desk, "status__exact")
        assert counts[0] == "draft (1)"
        assert counts[3] == "published (6+)"

    def test_words_find_all_and_list_the_best(self, desk):
        assert changelist(desk, q="ferry").paginator.count == 5
        assert "8 articles , the best match first" in said(desk, q="ferry")

    def test_filters_of_the_database_are_applied_to_the_best(self, desk):
        asked = {"q": "ferry", "status__exact": "published"}
        assert len(headlines(desk, **asked)) == 5
        assert "5 articles among the 5 that match the words best" in said(desk, **asked)

    @pytest.mark.parametrize("words", [{}, {"q": "ferry"}])
    @pytest.mark.parametrize(("column", "first"), [("-4", "ferry 7"), ("4", "ferry 0")])
    def test_by_date_the_first_of_all_come_first(self, desk, words, column, first):
        ArticleFactory(headline="ferry draft", status=Status.DRAFT, published="2004-06-01")
        assert headlines(desk, o=column, **words)[0] == first

    def test_another_column_sorts_the_newest_and_says_so(self, desk):
        assert headlines(desk, o="1") == [f"ferry {number}" for number in (3, 4, 5, 6, 7)]
        assert "The newest 5 are sorted by this column." in said(desk, o="1")

    def test_what_has_no_index_is_looked_for_among_the_newest(self, desk):
        ArticleFactory(headline="old", published="1950-01-01")
        assert len(headlines(desk, lack="no-people")) == 5
        assert "Looked for among the newest 5 articles alone." in said(desk, lack="no-people")
