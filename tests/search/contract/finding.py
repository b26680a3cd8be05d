"""What a query finds, and in which order."""

from itertools import chain

import pytest

from search.document import Entry
from search.engines.base import Engine
from search.language.tree import And, Phrase, Prefix, Word
from search.request import SearchRequest, Sort
from tests.search.contract.shelves import Articles, find, search


class Finding:
    @pytest.mark.parametrize("typed", ["floods", "FLOODED", "flood", "flóod"])
    def test_a_word_is_found_in_any_of_its_forms(
        self, engine: Engine, articles: Articles, typed: str
    ) -> None:
        flood = articles(body="The Flood came at night.")
        articles(body="A quiet night.")
        assert find(engine, typed) == [flood]

    @pytest.mark.parametrize("typed", ["cafe", "Café", "CAFÉS"])
    def test_accents_make_no_difference(
        self, engine: Engine, articles: Articles, typed: str
    ) -> None:
        cafe = articles(body="A café on the quay.")
        assert find(engine, typed) == [cafe]

    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("the U.S. fleet", "US"),
            ("the US fleet", "U.S."),
            ("a B-52 bomber", "B-52"),
            ("a B-52 bomber", "b52"),
            ("a B52 bomber", "B-52"),
            ("their co-operation", "cooperation"),
            ("their cooperation", "co-operation"),
            ("Mary O'Brien", "obrien"),
            ("Russia's coast", "russia"),
            ("vitamin C", "c"),
        ],
    )
    def test_a_word_is_found_however_it_is_joined(
        self, engine: Engine, articles: Articles, written: str, typed: str
    ) -> None:
        article = articles(body=written)
        articles(body="nothing of the kind, b 9 52")
        assert find(engine, typed) == [article]

    @pytest.mark.parametrize("part", ["headline", "standfirst", "body"])
    def test_a_bare_word_is_looked_for_in_the_whole_text(
        self, engine: Engine, articles: Articles, part: str
    ) -> None:
        article = articles(**{part: "The harbour froze."})
        assert find(engine, "harbour") == [article]

    def test_words_are_looked_for_together(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour")
        both = articles(headline="Harbour", body="a bridge")
        assert find(engine, "harbour bridge") == [both]

    def test_or_finds_either(self, engine: Engine, articles: Articles) -> None:
        harbour, bridge = articles(body="harbour"), articles(body="bridge")
        articles(body="theatre")
        assert set(find(engine, "harbour OR bridge")) == {harbour, bridge}

    def test_what_is_not_wanted_is_left_out(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour bridge")
        quiet, other = articles(body="harbour"), articles(body="theatre")
        assert find(engine, "harbour -bridge") == [quiet]
        assert set(find(engine, "NOT bridge")) == {quiet, other}

    def test_what_is_not_wanted_is_left_out_of_every_place(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(body="harbour")
        articles(body="harbour storm")  # the first of what is wanted, the second of what is not
        quiet = articles(body="storm")
        assert find(engine, "storm -harbour") == find(engine, "sto* -harbour") == [quiet]

    def test_parentheses_nest(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour strike ferry")
        wanted = [articles(body="harbour strike"), articles(body="bridge strike")]
        articles(body="theatre strike")
        found = find(engine, "strike ((harbour -(ferry OR storm)) OR bridge)")
        assert set(found) == set(wanted)

    def test_everything_is_found_by_nothing(self, engine: Engine, articles: Articles) -> None:
        ids = {articles(body="harbour"), articles(headline="", published=None)}
        assert set(find(engine, "")) == ids

    def test_an_empty_archive_answers(self, engine: Engine) -> None:
        answer = search(engine, "harbour OR -bridge OR date:2009 OR fer*", people=("ann-vale",))
        assert (answer.total, answer.matches, answer.dates, answer.undated) == (0, (), (), 0)

    def test_a_word_without_letters_finds_nothing(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour")
        for odd in (Word("—"), Phrase("…"), Prefix("!"), And((Word("harbour"), Word("—")))):
            request = SearchRequest()
            asked = type(request.query)(odd)
            assert engine.search(SearchRequest(asked)).total == 0

    # Phrases

    def test_a_phrase_is_words_side_by_side_in_order(
        self, engine: Engine, articles: Articles
    ) -> None:
        phrase = articles(body="They will never attack us, he said.")
        articles(body="Attack? They will never!")
        articles(body="They will never ever attack.")
        assert find(engine, '"will never attack"') == [phrase]

    def test_a_phrase_does_not_reach_across_parts(self, engine: Engine, articles: Articles) -> None:
        articles(headline="Storm over", standfirst="the harbour", body="the harbour bridge")
        assert find(engine, '"over the"') == []
        assert find(engine, '"harbour the"') == []

    def test_a_phrase_does_not_reach_from_one_name_to_the_next(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Ann Vale", "Ben Roy"])
        assert find(engine, 'person:"vale ben"') == []

    def test_a_phrase_may_repeat_a_word(self, engine: Engine, articles: Articles) -> None:
        articles(body="a rose by another name")
        rose = articles(body="a rose is a rose")
        assert find(engine, '"a rose is a rose"') == [rose]

    def test_words_near_each_other_stand_in_any_order_with_so_many_others_among_them(
        self, engine: Engine, articles: Articles
    ) -> None:
        near = articles(body="The bridge over the old harbour froze.")
        far = articles(body="The harbour froze; over there the new bridge did not.")
        articles(body="harbour")
        assert find(engine, '"harbour bridge"~2') == []
        assert find(engine, '"harbour bridge"~3') == [near]
        assert find(engine, '"froze harbour bridge"~3') == [near]
        assert set(find(engine, '"harbour bridge"~5')) == {near, far}

    def test_a_word_asked_for_twice_stands_there_twice(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(body="a storm")
        storms = articles(body="a storm after the storms")
        assert find(engine, '"storm storm"~2') == [storms]
        assert find(engine, '"storm storm"~1') == []

    def test_words_near_each_other_stand_in_one_article(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(body="harbour")
        articles(body="bridge")
        assert find(engine, '"harbour bridge"~50') == []

    def test_parts_and_names_are_ten_words_apart(self, engine: Engine, articles: Articles) -> None:
        both = articles(headline="Storm over", body="the harbour", people=["Ann Vale", "Ben Roy"])
        assert find(engine, '"the over"~8') == find(engine, 'person:"vale ben"~8') == []
        assert find(engine, '"the over"~9') == find(engine, 'person:"vale ben"~9') == [both]

    def test_the_joined_form_takes_no_place_in_a_phrase(
        self, engine: Engine, articles: Articles
    ) -> None:
        bombers = articles(body="six B-52 bombers")
        assert find(engine, '"six B-52 bombers"') == [bombers]

    # Prefixes

    def test_a_prefix_is_of_the_word_as_written_not_of_its_stem(
        self, engine: Engine, articles: Articles
    ) -> None:
        president = articles(body="The president spoke.")
        articles(body="They prepared supper.")  # to a stemmer `pres*` can be `pre*`
        assert find(engine, "pres*") == [president]

    def test_a_prefix_is_folded(self, engine: Engine, articles: Articles) -> None:
        cafe = articles(body="Cafés were full.")
        assert find(engine, "CAFÉ*") == [cafe]

    def test_a_prefix_that_nothing_begins_with_finds_nothing(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(body="harbour")
        assert find(engine, "zz*") == []

    # Fields

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("headline:harbour", "headline"),
            ("headline:harbours", "headline"),
            ("headline:harb*", "headline"),
            ('headline:"old harbour"', "headline"),
            ("person:vale", "person"),
            ('person:"ann vale"', "person"),
            ("person:val*", "person"),
            ("person:annie", "person"),
            ("tag:strikes", "tag"),
            ("section:culture", "section"),
            ("source:tribune", "source"),
            ("byline:roy", "byline"),
        ],
    )
    def test_a_field_is_asked_alone(
        self, engine: Engine, articles: Articles, query: str, found: str
    ) -> None:
        articles(body="old harbour, Ann Vale, annie, strikes, culture, tribune, roy")
        ids = {
            "headline": articles(headline="The Old Harbour"),
            "person": articles(people=[Entry("ann-vale", "Ann Vale", ("Annie Vale",))]),
            "tag": articles(tags=["Strikes"]),
            "section": articles(section="Culture"),
            "source": articles(source="Evening Tribune"),
            "byline": articles(byline="By Ben Roy"),
        }
        assert find(engine, query) == [ids[found]]

    def test_names_are_not_stemmed(self, engine: Engine, articles: Articles) -> None:
        articles(people=["John Banks"])
        bank = articles(people=["John Bank"])
        assert find(engine, "person:bank") == [bank]

    # Order

    def test_the_headline_outranks_the_body(self, engine: Engine, articles: Articles) -> None:
        body = articles(headline="Storm at night", body="the harbour", published="2009-12-18")
        headline = articles(headline="Harbour at night", body="the storm")
        assert find(engine, "harbour") == [headline, body]

    def test_a_rare_word_outranks_a_common_one(self, engine: Engine, articles: Articles) -> None:
        common = [articles(body="harbour news", published="2009-12-18") for _ in range(5)]
        rare = articles(body="zeppelin news")
        assert find(engine, "harbour OR zeppelin")[0] == rare
        assert len(common) == 5

    def test_more_of_a_word_outranks_less(self, engine: Engine, articles: Articles) -> None:
        once = articles(body="harbour storm storm", published="2009-12-18")
        twice = articles(body="harbour harbour storm")
        assert find(engine, "harbour") == [twice, once]

    def test_equal_scores_go_by_date_then_by_id(self, engine: Engine, articles: Articles) -> None:
        first = articles(body="harbour", published="2001-01-01")
        second = articles(body="harbour", published="2001-01-01")
        newest = articles(body="harbour", published="2002-01-01")
        undated = articles(body="harbour", published=None)
        assert find(engine, "harbour") == [newest, second, first, undated]

    def test_dates_order_both_ways_with_the_undated_last(
        self, engine: Engine, articles: Articles
    ) -> None:
        old, undated, new, ancient = (
            articles(body="harbour", published=day)
            for day in ("1989-01-01", None, "2009-01-01", "1899-01-01")
        )
        assert find(engine, "harbour", sort=Sort.NEWEST) == [new, old, ancient, undated]
        assert find(engine, "harbour", sort=Sort.OLDEST) == [ancient, old, new, undated]

    def test_what_was_not_ranked_has_no_score(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour")
        scores = {
            match.score
            for answer in (search(engine, "harbour", sort=Sort.NEWEST), search(engine, ""))
            for match in answer.matches
        }
        assert scores == {0.0}

    def test_ranked_matches_carry_their_score(self, engine: Engine, articles: Articles) -> None:
        articles(body="harbour")
        assert search(engine, "harbour").matches[0].score > 0

    @pytest.mark.parametrize("sort", Sort)
    def test_pages_are_a_partition_of_the_result(
        self, engine: Engine, articles: Articles, sort: Sort
    ) -> None:
        for number in range(11):
            articles(body="harbour " * (number % 3 + 1), published=f"2009-01-0{number % 4 + 1}")
        whole = find(engine, "harbour", sort=sort)
        pages = [find(engine, "harbour", sort=sort, offset=at, limit=4) for at in (0, 4, 8, 12)]
        assert list(chain(*pages)) == whole
        assert [len(page) for page in pages] == [4, 4, 3, 0]

    def test_the_total_is_exact_however_small_the_window(
        self, engine: Engine, articles: Articles
    ) -> None:
        for _ in range(7):
            articles(body="harbour")
        answer = search(engine, "harbour", limit=0)
        assert (answer.total, answer.matches) == (7, ())
