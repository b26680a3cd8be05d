"""The longer a query, the fewer searches beside it."""

from search.language.cost import ASIDE, NEAR, affordable, cost
from search.language.limits import MAX_TERMS
from search.language.parser import parse


def test_words_and_phrases_count_wherever_they_stand() -> None:
    assert cost(parse("").tree) == 1
    assert cost(parse('a "b c" -(d OR said:e) by:f').tree) == 5
    assert cost(parse('a "b c"~5').tree) == 1 + NEAR


def test_a_few_words_have_all_searches_and_the_longest_query_has_one() -> None:
    assert affordable(8, parse("harbour bridge toll").tree) == 8
    long = parse(" ".join(f"a{number}" for number in range(MAX_TERMS))).tree
    assert affordable(8, long) == ASIDE // MAX_TERMS == 1
