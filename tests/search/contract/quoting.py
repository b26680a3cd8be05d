"""What was said, and by whom: of one and the same quotation."""

import pytest

from search.document import Entry
from search.engines.base import Change, Engine, Shelf
from search.request import Facet, FacetRequest
from tests.search.contract.shelves import Articles, counts, document, find, search, tell

VALE = Entry("ann-vale", "Ann Vale", ("Annie Moss",))
HARBOUR = ("The harbours were closed at night.", VALE)
BRIDGE = ("No bridge is safe.", "Ben Roy")


class Quoting:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("said:harbour", True),
            ('said:"harbours closed"', False),
            ('said:"harbour were close"', True),
            ('said:"closed harbours"~1', True),
            ('said:"night no"~50', False),
            ("said:harb*", True),
            ("said:harbours*", True),
            ("said:harbourside*", False),
            ("said:ferry", False),
            ("by:vale", True),
            ('by:"ann vale"', True),
            ("by:annie", True),
            ("by:ro*", True),
            ("by:cal", False),
        ],
    )
    def test_words_are_looked_for_in_quotations_and_names_among_their_speakers(
        self, engine: Engine, articles: Articles, query: str, found: bool
    ) -> None:
        article = articles(body="A ferry for Cal.", people=["Cal"], said=[HARBOUR, BRIDGE])
        articles(body="The harbour bridge of Ann Vale.", people=[VALE, "Ben Roy"])
        assert find(engine, query) == [article] * found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("said:harbour by:vale", True),
            ("said:harbour by:roy", False),
            ("said:harbour said:bridge", False),
            ("said:harbour said:night by:ann by:annie", True),
            ("said:(bridge OR harbour) by:vale", True),
            ("said:(bridge OR ferry) by:vale", False),
            ("said:(bridge OR ferry) by:roy said:sa*", True),
            ('said:"harbour closed"~1 by:vale', True),
            ('said:"harbour closed"~1 by:roy', False),
            ("by:ann by:roy", False),
        ],
    )
    def test_what_is_asked_side_by_side_is_asked_of_one_quotation(
        self, engine: Engine, articles: Articles, query: str, found: bool
    ) -> None:
        article = articles(said=[HARBOUR, ("", None), BRIDGE])
        assert find(engine, query) == [article] * found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("(by:ann) (by:roy)", True),
            ("(said:harbour by:ann) (said:bridge by:roy)", True),
            ("(said:harbour by:roy) (said:bridge by:ann)", False),
            ("(said:harbour) by:roy", True),
            ("said:ferry OR by:roy", True),
            ("said:harbour -by:roy", False),
            ("said:harbour -(said:harbour by:roy)", True),
            ("-said:ferry flood", True),
            ("-by:ann", False),
        ],
    )
    def test_parentheses_and_not_are_about_the_article(
        self, engine: Engine, articles: Articles, query: str, found: bool
    ) -> None:
        article = articles(body="flood", said=[HARBOUR, BRIDGE])
        assert find(engine, query) == [article] * found

    def test_a_quotation_is_combined_with_words_days_and_filters(
        self, engine: Engine, articles: Articles
    ) -> None:
        old = articles(body="flood", said=[HARBOUR], published="1999-06-01", people=["Cal"])
        new = articles(body="flood", said=[HARBOUR], published="2009-06-01")
        articles(body="storm", said=[HARBOUR], published="1999-06-01", people=["Cal"])
        quoted = "said:harbour by:vale flood"
        assert find(engine, quoted) == [new, old]
        assert find(engine, f"{quoted} date:1999") == find(engine, quoted, people=("cal",)) == [old]

    def test_a_quotation_without_a_speaker_is_found_by_its_words(
        self, engine: Engine, articles: Articles
    ) -> None:
        article = articles(said=[("No", None), BRIDGE])
        assert find(engine, "said:no by:ben") == find(engine, "said:no") == [article]
        assert find(engine, "said:no -said:bridge") == []

    def test_quotations_of_any_length_and_number_keep_apart(
        self, engine: Engine, articles: Articles
    ) -> None:
        said = [(f"storm {'and rain ' * 3_000}{number}", f"Person {number}") for number in range(9)]
        article = articles(said=said)
        assert find(engine, 'said:storm said:7 by:"person 7"') == [article]
        assert find(engine, 'said:storm said:7 by:"person 6"') == []

    def test_quotations_follow_their_articles_through_changes(self, engine: Engine) -> None:
        def told(*said: tuple[str, str | Entry | None], id: int = 1) -> None:
            tell(engine, Change(id, document(id, said=said), Shelf.PUBLIC))

        told(HARBOUR)
        for other in range(2, 20):
            told(BRIDGE, id=other)
        assert find(engine, "said:harbour by:vale") == [1]
        told(BRIDGE, HARBOUR)
        assert find(engine, "said:harbour by:vale") == [1]
        assert find(engine, "said:harbour by:roy") == []
        told(BRIDGE)
        assert find(engine, "said:harbour OR by:vale") == []
        tell(engine, *map(Change, range(2, 20)))
        assert find(engine, "said:bridge by:ben") == [1]

    def test_who_is_quoted_is_a_facet_beside_who_is_mentioned(
        self, engine: Engine, articles: Articles
    ) -> None:
        both = articles(people=["Cal", VALE], said=[HARBOUR, HARBOUR, ("No.", None)])
        articles(people=[VALE], said=[BRIDGE])
        answer = search(engine)
        assert counts(answer.facets[Facet.QUOTED]) == {"Ann Vale": 1, "Ben Roy": 1}
        assert counts(answer.facets[Facet.PERSON]) == {"Ann Vale": 2, "Cal": 1}
        assert find(engine, quoted=("ann-vale",)) == [both]
        assert len(find(engine, quoted=("ann-vale", "ben-roy"))) == 2

    def test_a_choice_of_who_is_quoted_does_not_shrink_its_own_counts(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(people=["Cal"], said=[HARBOUR])
        articles(people=["Dee"], said=[BRIDGE])
        answer = search(engine, quoted=("ann-vale",))
        assert answer.total == 1
        assert counts(answer.facets[Facet.QUOTED]) == {"Ann Vale": 1, "Ben Roy": 1}
        assert counts(answer.facets[Facet.PERSON]) == {"Cal": 1}

    def test_who_is_quoted_can_be_looked_for_within_the_facet(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(said=[HARBOUR, BRIDGE])
        wanted = FacetRequest(Facet.QUOTED, like="ro")
        answer = search(engine, facets=(wanted,))
        assert counts(answer.facets[Facet.QUOTED]) == {"Ben Roy": 1}
