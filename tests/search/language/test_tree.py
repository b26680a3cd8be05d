import pytest

from search.language.tree import (
    And,
    Dated,
    Everything,
    Field,
    Not,
    Or,
    Phrase,
    Prefix,
    Quoted,
    Undated,
    Word,
    either,
    every,
    held_together,
    negation,
    words_of,
)

A, B, C = Word("a"), Phrase("b", Field.HEADLINE), Prefix("cc")
S, T = Word("s", Field.SAID), Phrase("t", Field.BY)


def test_groups_of_one_kind_become_one_group() -> None:
    assert every([A, And((B, C))]) == And((A, B, C))
    assert either([Or((A, B)), C]) == Or((A, B, C))
    assert every([A, Or((B, C))]) == And((A, Or((B, C))))


def test_what_is_said_again_changes_nothing() -> None:
    assert every([A, B, And((A, C)), A]) == And((A, B, C))
    assert either([A, Or((B, A))]) == Or((A, B))
    assert every([A, A]) == either([A, A]) == A
    assert every([held_together(S), S]) == either([held_together(S), S]) == Quoted(S)


def test_a_group_of_one_is_its_part() -> None:
    assert every([A]) == either([A]) == A
    assert every([And((A, B))]) == And((A, B))


def test_everything_adds_nothing_to_a_demand() -> None:
    assert every([]) == Everything()
    assert every([Everything(), A]) == A


def test_there_is_no_query_for_any_of_nothing() -> None:
    with pytest.raises(ValueError, match="any of nothing"):
        either([])


def test_twice_negated_is_not_negated() -> None:
    assert negation(A) == Not(A)
    assert negation(negation(A)) == A


def test_a_date_without_days_cannot_be() -> None:
    with pytest.raises(ValueError, match="start or an end"):
        Dated(None, None)


def test_the_words_asked_for_are_those_not_left_out() -> None:
    tree = And((Or((A, C)), Undated(), Not(And((Word("x"), Not(Word("y"))))), B))
    assert list(words_of(tree)) == [A, C, B]


def test_what_is_asked_of_quotations_side_by_side_is_asked_of_one() -> None:
    assert every([S, A, T]) == And((Quoted(And((S, T))), A))
    assert either([S, A, T]) == Or((Quoted(Or((S, T))), A))
    assert held_together(every([S, either([S, T])])) == Quoted(And((S, Or((S, T)))))


def test_what_is_held_together_is_asked_of_a_quotation_of_its_own() -> None:
    assert every([held_together(S), T, A]) == And((Quoted(S), Quoted(T), A))
    assert every([negation(S), T]) == And((Not(Quoted(S)), Quoted(T)))
    assert every([either([held_together(S), T]), S]) == And((Quoted(Or((S, T))), Quoted(S)))


def test_any_quotation_of_one_or_another_kind_is_one_of_either() -> None:
    assert either([held_together(S), held_together(T)]) == Quoted(Or((S, T)))
    assert held_together(held_together(S)) == Quoted(S)
    assert held_together(A) == A


def test_words_asked_of_a_quotation_are_among_those_asked_for() -> None:
    assert list(words_of(And((A, Quoted(And((S, T))))))) == [A, S, T]
