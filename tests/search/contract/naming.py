"""A facet's values as an index of names."""

import pytest

from search.engines.base import Change, Engine
from search.filing import Beginning, NamesFound, NamesRequest
from search.language.parser import parse
from search.request import Facet, FacetCount, SearchRequest
from tests.search.contract.shelves import TODAY, Articles, tell


def names(engine: Engine, query: str = "", hidden: tuple[int, ...] = (), **asked) -> NamesFound:
    choices = {name: asked.pop(name) for name in ("people", "all_people") if name in asked}
    request = SearchRequest(parse(query, TODAY), **choices)
    return engine.names(
        request, NamesRequest(asked.pop("facet", Facet.PERSON), **asked), hidden=hidden
    )


def labels(found: NamesFound) -> list[str]:
    return [value.label for value in found.values]


class Naming:
    @pytest.fixture
    def four_people(self, articles: Articles) -> None:
        articles(body="harbour", people=["Émile Vale", "Zoe Roe"])
        articles(body="harbour", people=["Zoe Roe", "Ann Rudd"])
        articles(body="ferry", people=["Zoe Roe", "Ludwig van der Vaal"])

    def test_people_are_filed_by_family_name_whatever_their_accents(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine)
        assert labels(found) == ["Zoe Roe", "Ann Rudd", "Émile Vale", "Ludwig van der Vaal"]
        assert found.total == 4
        assert found.values[0] == FacetCount("zoe-roe", "Zoe Roe", 3)

    def test_every_letter_tells_how_many_names_it_has(
        self, engine: Engine, four_people: None
    ) -> None:
        assert names(engine).beginnings == ((Beginning("r", 2), Beginning("v", 2)),)

    def test_a_letter_narrows_the_names_and_tells_how_they_go_on(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine, begins="r")
        assert labels(found) == ["Zoe Roe", "Ann Rudd"]
        letters, pairs = found.beginnings
        assert letters == (Beginning("r", 2), Beginning("v", 2))
        assert pairs == (Beginning("ro", 1), Beginning("ru", 1))

    def test_a_name_that_ends_where_others_go_on_is_listed_and_goes_nowhere(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(tags=["sea", "seal"])
        found = names(engine, facet=Facet.TAG, begins="sea")
        assert labels(found) == ["sea", "seal"]
        assert found.beginnings[-1] == (Beginning("seal", 1),)

    def test_nothing_begins_with_what_nobody_is_filed_under(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine, begins="qx")
        assert (found.total, found.values) == (0, ())
        assert found.beginnings[1:] == ((), ())

    def test_a_page_is_a_part_of_the_whole(self, engine: Engine, four_people: None) -> None:
        found = names(engine, offset=1, limit=2)
        assert labels(found) == ["Ann Rudd", "Émile Vale"]
        assert found.total == 4
        assert labels(names(engine, offset=99)) == []

    def test_most_mentioned_come_first_when_that_is_asked(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine, by_count=True, limit=2)
        assert labels(found) == ["Zoe Roe", "Ann Rudd"]
        assert labels(names(engine, by_count=True, begins="v", limit=1)) == ["Ludwig van der Vaal"]

    def test_names_can_be_looked_for_by_the_beginning_of_any_word(
        self, engine: Engine, four_people: None
    ) -> None:
        assert labels(names(engine, like="emi")) == ["Émile Vale"]
        assert labels(names(engine, like="der v")) == ["Ludwig van der Vaal"]

    def test_only_the_names_of_what_is_found_are_counted(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine, "harbour")
        assert found.values == (
            FacetCount("zoe-roe", "Zoe Roe", 2),
            FacetCount("ann-rudd", "Ann Rudd", 1),
            FacetCount("émile-vale", "Émile Vale", 1),
        )

    def test_a_choice_marks_its_name_and_leaves_the_others(
        self, engine: Engine, four_people: None
    ) -> None:
        found = names(engine, people=("ann-rudd",))
        assert found.total == 4
        assert [value.label for value in found.values if value.chosen] == ["Ann Rudd"]
        together = names(engine, people=("ann-rudd",), all_people=True)
        assert labels(together) == ["Zoe Roe", "Ann Rudd"]

    def test_names_of_hidden_or_removed_articles_are_as_if_they_were_not_there(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale"])
        secret = articles(people=["Ann Vale", "Ben Roy"])
        before = names(engine, hidden=(secret,))
        assert before.values == (FacetCount("ann-vale", "Ann Vale", 1),)
        assert before.beginnings == ((Beginning("v", 1),),)
        tell(engine, Change(secret))
        assert names(engine) == before

    def test_an_empty_archive_has_no_names(self, engine: Engine) -> None:
        assert names(engine) == NamesFound(0, ((),), ())
