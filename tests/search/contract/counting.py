"""Dates, filters, facets and the histogram."""

from datetime import date, timedelta

import pytest

from search.document import Entry
from search.engines.base import Change, Engine, Shelf
from search.language.periods import Period, Unit
from search.request import DateCount, Facet, FacetCount, FacetRequest, Grain, Sort, Spread
from tests.search.contract.shelves import Articles, counts, document, find, search, tell


class Counting:
    # Dates

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("date:2009", {"january", "december"}),
            ("date:2009-12", {"december"}),
            ("date:2009-12..2010-03", {"december", "next"}),
            ("after:2009-12-17", {"next"}),
            ("before:2009-12-17", {"january"}),
            ("date:none", {"undated"}),
            ("-date:2009", {"next", "undated"}),
            ("harbour OR date:2010", {"december", "undated", "next"}),
            ("harbour date:2009", {"december"}),
            ("harbour -date:none", {"december"}),
        ],
    )
    def test_dates_mean_the_same_anywhere_in_a_query(
        self, engine: Engine, articles: Articles, query: str, found: set[str]
    ) -> None:
        ids = {
            articles(body="storm", published="2009-01-01"): "january",
            articles(body="harbour", published="2009-12-17"): "december",
            articles(body="storm", published="2010-01-01"): "next",
            articles(body="harbour", published=None): "undated",
        }
        assert {ids[id] for id in find(engine, query)} == found

    def test_a_removed_article_does_not_disturb_what_is_asked_of_dates(
        self, engine: Engine
    ) -> None:
        undated = [document(id, published=None) for id in (1, 2, 3)]
        tell(engine, *(Change(article.id, article, Shelf.PUBLIC) for article in undated))
        tell(engine, Change(2))
        assert find(engine, "-date:none") == []
        assert set(find(engine, "date:none")) == {1, 3}

    def test_a_range_includes_both_of_its_days(self, engine: Engine, articles: Articles) -> None:
        days = [date(2009, 12, 16) + timedelta(days=number) for number in range(4)]
        ids = [articles(published=day.isoformat()) for day in days]
        assert set(find(engine, start=days[1], end=days[2])) == set(ids[1:3])
        assert set(find(engine, start=days[1])) == set(ids[1:])
        assert set(find(engine, end=days[1])) == set(ids[:2])

    def test_the_day_is_the_documents_own_not_that_of_utc(
        self, engine: Engine, articles: Articles
    ) -> None:
        # The engine is given the day; it never works it out from the time.
        article = articles(published="2009-12-17")
        assert find(engine, start=date(2009, 12, 17), end=date(2009, 12, 17)) == [article]

    @pytest.mark.parametrize("day", ["0001-01-01", "1815-06-18", "9999-12-31"])
    def test_any_day_of_the_calendar_is_counted(
        self, engine: Engine, articles: Articles, day: str
    ) -> None:
        articles(published=day)
        first = date.fromisoformat(day).replace(day=1)
        assert search(engine).dates == (DateCount(first, 1),)
        assert search(engine, grain=Grain.DAY).dates == (DateCount(date.fromisoformat(day), 1),)

    def test_the_undated_can_be_asked_for_alone(self, engine: Engine, articles: Articles) -> None:
        articles(published="2009-12-17")
        undated = articles(published=None)
        assert find(engine, undated=True) == [undated]
        assert find(engine, undated=True, start=date(2009, 1, 1)) == [undated]

    def test_a_range_leaves_the_undated_out_but_counts_them(
        self, engine: Engine, articles: Articles
    ) -> None:
        dated = articles(body="harbour", published="2009-12-17")
        articles(body="harbour", published=None)
        articles(body="storm", published=None)
        answer = search(engine, "harbour", end=date(2010, 1, 1))
        assert [match.id for match in answer.matches] == [dated]
        assert answer.undated == 1

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("date:1989-03", {"month", "day"}),
            ("date:1989", {"year", "month", "day"}),
            ("date:1980..1999", {"year", "month", "day"}),
            ("date:1989-03-01", set()),
            ("date:1989-03-01..1989-03-15", {"day"}),
            ("date:1989-03-01..1989-03-31", {"month", "day"}),
            ("date:1989-02-15..1989-04-15", {"month", "day"}),
            ("date:1989-02..1989-12", {"month", "day"}),
            ("after:1988", {"year", "month", "day"}),
            ("after:1989-03-01", {"day"}),
            ("before:1989-03-20", {"day"}),
            ("before:1990", {"year", "month", "day"}),
            ("-date:1989-03-15", {"year", "month"}),
            ("date:none", set()),
        ],
    )
    def test_what_is_of_a_month_or_a_year_is_found_where_all_of_it_lies_in_the_days_asked_for(
        self, engine: Engine, articles: Articles, asked: str, found: set[str]
    ) -> None:
        names = {"1989": "year", "1989-03": "month", "1989-03-15": "day"}
        ids = {articles(body="harbour", published=date): name for date, name in names.items()}
        assert {ids[id] for id in find(engine, asked)} == found
        assert {ids[id] for id in find(engine, f"harbour ({asked})")} == found
        assert {ids[id] for id in find(engine, f"storm OR {asked}")} == found

    def test_a_range_asks_the_same_of_what_is_of_a_month(
        self, engine: Engine, articles: Articles
    ) -> None:
        article = articles(published="1989-03")
        first, last = date(1989, 3, 1), date(1989, 3, 31)
        assert find(engine, start=first, end=last) == find(engine, start=first) == [article]
        assert find(engine, start=first, end=date(1989, 3, 30)) == []
        assert find(engine, start=date(1989, 3, 2)) == find(engine, end=date(1989, 3, 30)) == []

    def test_what_is_known_to_a_month_can_be_asked_for_alone(
        self, engine: Engine, articles: Articles
    ) -> None:
        ids = {Unit(len(day)): articles(published=day) for day in ("1989", "1989-03", "1989-03-15")}
        for unit, id in ids.items():
            assert find(engine, unit=unit) == find(engine, "date:1989", unit=unit) == [id]

    def test_a_month_or_year_stands_in_the_order_of_dates_where_it_begins(
        self, engine: Engine, articles: Articles
    ) -> None:
        days = ("1989-04-01", "1989-03", "1989-02-28", "1989-01-01", "1989", "1988-12-31")
        ids = [articles(published=day) for day in days]
        assert find(engine, sort=Sort.NEWEST) == ids
        assert find(engine, sort=Sort.OLDEST) == ids[::-1]

    # The histogram

    def test_a_month_counts_what_is_of_it_and_days_leave_it_beside_them(
        self, engine: Engine, articles: Articles
    ) -> None:
        for day in ("1989-03-01", "1989-03", "1989", "1989-03", "1990-01", None):
            articles(published=day)
        march, january = Period(date(1989, 3, 1), date(1989, 3, 31)), date(1990, 1, 1)
        year = (Period(date(1989, 1, 1), date(1989, 12, 31)), 1)
        of_january = (Period(january, date(1990, 1, 31)), 1)
        by_month = search(engine).spread
        assert by_month == Spread(((date(1989, 3, 1), 3), (january, 1)), (year,))
        by_day = search(engine, grain=Grain.DAY).spread
        assert by_day == Spread(((date(1989, 3, 1), 1),), (year, (march, 2), of_january))

    @pytest.mark.parametrize("grain", Grain)
    def test_what_is_beside_the_histogram_adds_up_with_it_to_the_total(
        self, engine: Engine, articles: Articles, grain: Grain
    ) -> None:
        for day in ("1989", "1989-03", "1989-03", "1989-03-01", "1989-03-15", "2009", None):
            articles(body="harbour", published=day)
        answer = search(engine, "harbour", grain=grain)
        counted = sum(count for _, count in (*answer.spread.periods, *answer.spread.wider))
        assert counted + answer.undated == answer.total

    def test_the_histogram_and_the_undated_add_up_to_the_total(
        self, engine: Engine, articles: Articles
    ) -> None:
        for day in ("2009-11-30", "2009-12-01", "2009-12-31", "2010-02-01", None):
            articles(body="harbour", published=day)
        answer = search(engine, "harbour")
        assert answer.dates == (
            DateCount(date(2009, 11, 1), 1),
            DateCount(date(2009, 12, 1), 2),
            DateCount(date(2010, 2, 1), 1),
        )
        assert sum(bar.count for bar in answer.dates) + answer.undated == answer.total

    def test_the_histogram_counts_days_when_asked(self, engine: Engine, articles: Articles) -> None:
        for day in ("2009-12-01", "2009-12-01", "2009-12-31"):
            articles(published=day)
        assert search(engine, grain=Grain.DAY).dates == (
            DateCount(date(2009, 12, 1), 2),
            DateCount(date(2009, 12, 31), 1),
        )

    def test_the_histogram_is_of_what_matches_everything(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"], published="2009-12-01")
        articles(people=["Ben Roy"], published="2009-12-01")
        articles(people=["Ann Vale"], published="2010-12-01")
        answer = search(engine, people=("ann-vale",), end=date(2010, 1, 1))
        assert answer.dates == (DateCount(date(2009, 12, 1), 1),)

    # Facets

    def test_a_facets_own_choice_does_not_shrink_its_counts(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"], body="harbour")
        articles(people=["Ben Roy"], body="harbour")
        articles(people=["Ben Roy"], body="storm")
        answer = search(engine, "harbour", people=("ann-vale",))
        assert answer.total == 1
        assert counts(answer.facets[Facet.PERSON]) == {"Ann Vale": 1, "Ben Roy": 1}

    def test_other_facets_shrink_with_a_choice(self, engine: Engine, articles: Articles) -> None:
        articles(people=["Ann Vale"], tags=["Strike"])
        articles(people=["Ben Roy"], tags=["Flood"])
        answer = search(engine, people=("ann-vale",))
        assert counts(answer.facets[Facet.TAG]) == {"Strike": 1}

    def test_choices_in_one_facet_are_alternatives(
        self, engine: Engine, articles: Articles
    ) -> None:
        ids = {articles(section="Culture"), articles(section="Sport")}
        articles(section="Business")
        assert set(find(engine, sections=("culture", "sport"))) == ids

    def test_choices_in_different_facets_narrow(self, engine: Engine, articles: Articles) -> None:
        both = articles(tags=["Flood"], source="Tribune")
        articles(tags=["Flood"], source="Courier")
        articles(tags=["Strike"], source="Tribune")
        assert find(engine, tags=("flood",), sources=("tribune",)) == [both]

    def test_people_can_be_asked_for_together(self, engine: Engine, articles: Articles) -> None:
        both = articles(people=["Ann Vale", "Ben Roy"])
        articles(people=["Ann Vale"])
        articles(people=["Ben Roy", "Cy Dee"])
        answer = search(engine, people=("ann-vale", "ben-roy"), all_people=True)
        assert [match.id for match in answer.matches] == [both]
        assert counts(answer.facets[Facet.PERSON]) == {"Ann Vale": 1, "Ben Roy": 1}

    def test_a_chosen_value_is_answered_also_with_none(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"], body="harbour")
        articles(people=["Ben Roy"], body="storm")
        answer = search(engine, "storm", people=("ann-vale", "nobody"))
        assert answer.facets[Facet.PERSON] == (
            FacetCount("ben-roy", "Ben Roy", 1),
            FacetCount("ann-vale", "Ann Vale", 0, chosen=True),
            FacetCount("nobody", "nobody", 0, chosen=True),
        )

    def test_the_most_frequent_values_come_first_then_by_name(
        self, engine: Engine, articles: Articles
    ) -> None:
        for people in (["Cy Dee"], ["Ben Roy", "Ann Vale"], ["Cy Dee"], ["Dot Fay"]):
            articles(people=people)
        found = search(engine, facets=(FacetRequest(Facet.PERSON, limit=3),)).facets
        assert [value.label for value in found[Facet.PERSON]] == ["Cy Dee", "Ann Vale", "Ben Roy"]

    def test_a_chosen_value_is_answered_beyond_the_limit(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale", "Ben Roy"])
        articles(people=["Ann Vale"])
        facets = (FacetRequest(Facet.PERSON, limit=1),)
        found = search(engine, people=("ben-roy",), facets=facets).facets[Facet.PERSON]
        assert [(value.value, value.count, value.chosen) for value in found] == [
            ("ann-vale", 2, False),
            ("ben-roy", 1, True),
        ]

    def test_a_value_chosen_twice_is_answered_once(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"])
        answer = search(engine, people=("ann-vale", "ann-vale", "nobody", "nobody"))
        assert [value.value for value in answer.facets[Facet.PERSON]] == ["ann-vale", "nobody"]

    @pytest.mark.parametrize("like", ["val", "VÁL", "ann v", "ann-vale"])
    def test_values_are_found_by_the_beginning_of_a_word_in_the_name(
        self, engine: Engine, articles: Articles, like: str
    ) -> None:
        articles(people=["Ann Vale", "Ben Duval", "Percival Roy"])
        facets = (FacetRequest(Facet.PERSON, like=like),)
        assert counts(search(engine, facets=facets).facets[Facet.PERSON]) == {"Ann Vale": 1}

    def test_a_chosen_value_is_answered_though_its_name_is_not_like_it(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale", "Ben Roy"])
        facets = (FacetRequest(Facet.PERSON, like="roy"),)
        found = search(engine, people=("ann-vale",), facets=facets).facets[Facet.PERSON]
        assert counts(found) == {"Ann Vale": 1, "Ben Roy": 1}

    def test_only_the_facets_asked_for_are_counted(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"], tags=["Flood"])
        assert set(search(engine, facets=(FacetRequest(Facet.TAG),)).facets) == {Facet.TAG}

    def test_a_renamed_person_has_one_name_that_of_most_articles(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=[Entry("ann-vale", "Ann Vale")])
        for _ in range(2):
            articles(people=[Entry("ann-vale", "Ann Vale-Roy")])
        found = search(engine).facets[Facet.PERSON]
        assert found == (FacetCount("ann-vale", "Ann Vale-Roy", 3),)

    # Hidden articles

    def test_hidden_articles_are_nowhere(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour", people=["Ann Vale"], published="2009-12-17")
        hidden = [
            articles(body="harbour", people=["Ben Roy"], published="2008-12-17"),
            articles(body="harbour", people=["Cy Dee"], published=None),
        ]
        answer = search(engine, "harbour", hidden=hidden)
        assert answer.total == len(answer.matches) == 1
        assert counts(answer.facets[Facet.PERSON]) == {"Ann Vale": 1}
        assert (len(answer.dates), answer.undated) == (1, 0)

    def test_hiding_what_is_not_there_changes_nothing(
        self, engine: Engine, articles: Articles
    ) -> None:
        article = articles(body="harbour")
        assert find(engine, "harbour", hidden=[999, -1]) == [article]

    def test_a_chosen_value_of_hidden_articles_alone_has_no_name(
        self, engine: Engine, articles: Articles
    ) -> None:
        hidden = articles(people=["Zoe Zander"])
        articles(people=["Ann Vale"])
        answer = search(engine, "nowhere", people=("zoe-zander", "ann-vale"), hidden=[hidden])
        labels = [count.label for count in answer.facets[Facet.PERSON]]
        assert labels == ["Ann Vale", "zoe-zander"]
