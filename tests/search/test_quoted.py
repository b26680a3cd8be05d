"""Which quotations an article was found by."""

from hypothesis import given

from search.document import Entry, IndexDocument, Quote
from search.language.parser import parse
from search.language.tree import Node, Quoted
from search.quoted import answering, asked_of_quotations
from tests.search.contract.oracle import DOCUMENTS, TREES, matches

ANN = Entry("ann-vale", "Ann Vale", ("Annie",))
FLOOD, RAIN, STORM = Quote("No floods.", ANN), Quote("Rain and floods!"), Quote("Storms", ANN)


def found_by(query: str) -> list[Quote]:
    return list(answering(parse(query).tree, [FLOOD, RAIN, STORM]))


def test_a_quotation_answers_all_that_is_asked_of_one() -> None:
    assert found_by("said:flood") == [FLOOD, RAIN]
    assert found_by("said:flood by:annie") == [FLOOD]
    assert found_by('harbour said:(storm* OR "rain and")') == [RAIN, STORM]


def test_each_answers_what_is_asked_of_it_alone() -> None:
    assert found_by("(said:rain) (said:storm by:vale)") == [RAIN, STORM]


def test_none_answers_what_was_to_be_missing() -> None:
    assert found_by("flood -said:flood") == []


@given(DOCUMENTS, TREES)
def test_an_article_has_one_that_answers_where_it_is_found_by_one(
    article: IndexDocument, tree: Node
) -> None:
    for part in asked_of_quotations(tree):
        answers = list(answering(Quoted(part), article.quotes))
        assert bool(answers) == matches(Quoted(part), article)
