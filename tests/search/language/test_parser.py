from datetime import date

import pytest

from search.language import notes
from search.language.parser import Parsed, parse
from search.language.tree import (
    And,
    Dated,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Quoted,
    Undated,
    Word,
)

TODAY = date(2026, 11, 23)
A, B, C, D = (Word(letter) for letter in "abcd")


def parsed(text: str) -> Parsed:
    return parse(text, TODAY)


def tree(text: str) -> Node:
    """The tree of a query that is understood in full."""
    answer = parsed(text)
    assert answer.notes == ()
    return answer.tree


def test_words_are_joined_by_and() -> None:
    assert tree("a b") == tree("a AND b") == And((A, B))


def test_not_binds_more_than_and_and_and_more_than_or() -> None:
    assert tree("a b OR c AND NOT d") == Or((And((A, B)), And((C, Not(D)))))


def test_parentheses_bind_most() -> None:
    assert tree("a (b OR c)") == And((A, Or((B, C))))
    assert tree("((a) (b (c)))") == And((A, B, C))


@pytest.mark.parametrize("text", ["NOT a", "-a", "NOT (a)", "-(a)", "NOT NOT NOT a", "NOT NOT -a"])
def test_not_and_a_hyphen_in_front_leave_out(text: str) -> None:
    assert tree(text) == Not(A)


def test_a_hyphen_in_front_leaves_out_phrases_groups_and_fields() -> None:
    assert tree('-"a b" -(a b) -tag:a') == And(
        (Not(Phrase("a b")), Not(And((A, B))), Not(Word("a", Field.TAG)))
    )


def test_operators_in_small_letters_are_words() -> None:
    assert tree("a or b") == And((A, Word("or"), B))


@pytest.mark.parametrize("text", ['"a b"', "“a b”", "« a  b »", "„a b“", '“a b"'])
def test_any_quotation_marks_make_a_phrase(text: str) -> None:
    assert tree(text) == Phrase("a b")


def test_a_tilde_and_a_number_behind_a_phrase_ask_for_words_near_each_other() -> None:
    assert tree('"a b"~5') == Near("a b", 5)
    assert tree("-headline:(“b a”~0 c)") == Not(
        And((Near("b a", 0, Field.HEADLINE), Word("c", Field.HEADLINE)))
    )


def test_one_word_is_near_itself() -> None:
    assert tree('"a"~5') == Phrase("a")


@pytest.mark.parametrize("text", ['"a b"~', '"a b" ~', '"a b"~-', '"a b"~"'])
def test_a_tilde_without_a_number_is_a_sign_like_any_other(text: str) -> None:
    assert parsed(text).tree == Phrase("a b")


@pytest.mark.parametrize(
    "word",
    ["B-52", "U.S.", "O'Brien", "3.5", "AT&T", "co-operation", "http://x", "12:30", "C++", "AND:x"],
)
def test_signs_inside_a_word_belong_to_it(word: str) -> None:
    assert tree(word) == Word(word)


@pytest.mark.parametrize("text", ["a, b!", "a - b", "a -- b", "* a ; b :", "a & b", "() a … b -)"])
def test_signs_alone_or_at_the_end_of_a_word_are_ignored(text: str) -> None:
    assert parsed(text).tree == And((A, B))


def test_a_star_asks_for_words_that_begin_so() -> None:
    assert tree("Presid* headline:Bü*") == And((Prefix("Presid"), Prefix("Bü", Field.HEADLINE)))


def test_a_prefix_with_a_hyphen_or_points_is_the_one_term_they_join_to() -> None:
    assert tree("B-5* U.S.*") == And((Prefix("b5"), Prefix("us")))


def test_a_field_goes_to_the_next_word_phrase_or_prefix() -> None:
    assert tree('headline:a person:"b c" Tag: a section:ab* b') == And(
        (
            Word("a", Field.HEADLINE),
            Phrase("b c", Field.PERSON),
            Word("a", Field.TAG),
            Prefix("ab", Field.SECTION),
            B,
        )
    )


def test_a_field_goes_to_everything_in_its_parentheses_that_has_no_other() -> None:
    assert tree("headline:(a OR -(b source:c))") == Or(
        (
            Word("a", Field.HEADLINE),
            Not(And((Word("b", Field.HEADLINE), Word("c", Field.SOURCE)))),
        )
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("date:2009", "2009-01-01", "2009-12-31"),
        ("date:2009-12..2010-03", "2009-12-01", "2010-03-31"),
        ("date:..2003", None, "2003-12-31"),
        ("date:1999..", "1999-01-01", None),
        ("date:17/12/2009", "2009-12-17", "2009-12-17"),
        ('date:"Dec 2009"', "2009-12-01", "2009-12-31"),
        ('DATE: "Dec. 2009 … 17 Mar 2010"', "2009-12-01", "2010-03-17"),
        ("date:yesterday", "2026-11-22", "2026-11-22"),
        ("before:2009", None, "2008-12-31"),
        ("after:2009", "2010-01-01", None),
        ('before:"17 Dec 2009"', None, "2009-12-16"),
    ],
)
def test_dates_ask_for_whole_days(text: str, start: str | None, end: str | None) -> None:
    days = (date.fromisoformat(day) if day else None for day in (start, end))
    assert tree(text) == Dated(*days)


def test_dates_combine_like_words() -> None:
    years = [Dated(date(year, 1, 1), date(year, 12, 31)) for year in (2001, 2003)]
    assert tree("a -date:(2001 OR 2003)") == And((A, Not(Or(tuple(years)))))
    assert tree("date:none OR -date:NONE") == Or((Undated(), Not(Undated())))


@pytest.mark.parametrize("text", ["", " ", "\n\u2028"])
def test_an_empty_query_asks_for_everything(text: str) -> None:
    assert tree(text) == Everything()


def test_text_is_read_in_its_composed_form_and_without_control_characters() -> None:
    assert tree("cafe\u0301\x00b\ud800\x85") == And((Word("caf\u00e9"), B))


@pytest.mark.parametrize(
    ("text", "same_as", "note"),
    [
        ('a "b c', 'a "b c"', notes.UnclosedQuotation()),
        ("(a OR b", "a OR b", notes.UnclosedParenthesis()),
        ("a) OR b", "a OR b", notes.UnopenedParenthesis()),
        ("AND a", "a", notes.OperatorAlone("AND")),
        ("a OR", "a", notes.OperatorAlone("OR")),
        ("a AND OR b", "a b", notes.OperatorAlone("OR")),
        ("a OR (NOT)", "a", notes.OperatorAlone("NOT")),
        ("a headline:", "a", notes.FieldAlone("headline")),
        ("(person:) a", "a", notes.FieldAlone("person")),
        ("nofield:x", "nofield x", notes.UnknownField("nofield")),
        ('title:"a b"', 'title "a b"', notes.UnknownField("title")),
        ("a OR x:(b OR c)", "a OR x (b OR c)", notes.UnknownField("x")),
        ('-author:"J Smith"', '-"J Smith"', notes.UnknownField("author")),
        ("SECTİON:a", "SECTİON a", notes.UnknownField("SECTİON")),
        ('a date:"31 Feb 2009"', "a", notes.DateNotUnderstood("31 Feb 2009")),
        ("a OR date:200*", "a", notes.DateNotUnderstood("200*")),
        ("a date:..", "a", notes.DateNotUnderstood("..")),
        ("a date:1..2..3", "a", notes.DateNotUnderstood("1..2..3")),
        ("a date:2009..soon", "a", notes.DateNotUnderstood("2009..soon")),
        ("a before:0001", "a", notes.DateNotUnderstood("0001")),
        ("a after:9999", "a", notes.DateNotUnderstood("9999")),
        ("date:2010..2009-06", "date:2009-06..2010", notes.RangeTurnedRound("2010..2009-06")),
        ("f*", "f", notes.PrefixNotUnderstood("f*")),
        ("e\u0301* b", "é b", notes.PrefixNotUnderstood("é*")),
        ("x/y*", "x/y", notes.PrefixNotUnderstood("x/y*")),
        ('"a b"~51 c', '"a b"~50 c', notes.TooFarApart(51)),
        ('a date:"Dec 2009"~5', "a", notes.DateNotUnderstood("Dec 2009~5")),
        ("wom*n", "wom*", notes.StarNotAtEnd("wom*n", "wom*")),
        ("*burg", "burg", notes.StarNotAtEnd("*burg", "burg")),
    ],
)
def test_what_cannot_be_honoured_is_left_out_and_said(
    text: str, same_as: str, note: notes.QueryNote
) -> None:
    answer = parsed(text)
    assert answer.tree == tree(same_as)
    assert answer.notes == (note,)


@pytest.mark.parametrize("text", ["*", "()", '"', "…", "-", "(-)", '""', "\x00.", "((&))"])
def test_a_query_with_no_words_shows_everything_and_says_so(text: str) -> None:
    answer = parsed(text)
    assert answer.tree == Everything()
    assert notes.NothingToSearchFor() in answer.notes


def test_each_thing_is_said_once() -> None:
    answer = parsed("a) b) x:a x:b")
    assert answer.notes == (notes.UnopenedParenthesis(), notes.UnknownField("x"))


@pytest.mark.parametrize("note", notes.QueryNote.__subclasses__(), ids=lambda kind: kind.__name__)
def test_a_note_is_a_sentence_that_names_the_thing(note: type[notes.QueryNote]) -> None:
    things = {name: f"<{name}>" for name in getattr(note, "__match_args__", ())}
    sentence = str(note(**things))
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert all(thing in sentence for thing in things.values())


SAID, BY = Word("a", Field.SAID), Word("b", Field.BY)


@pytest.mark.parametrize("text", ["said:a by:b", "said:a AND by:(b)", "said:(a by:b)"])
def test_said_and_by_ask_of_one_quotation(text: str) -> None:
    assert tree(text) == Quoted(And((SAID, BY)))


def test_parentheses_of_their_own_ask_of_another_quotation() -> None:
    assert tree("said:a (by:b)") == And((Quoted(SAID), Quoted(BY)))
    assert tree("(said:a by:b) (by:b)") == And((Quoted(And((SAID, BY))), Quoted(BY)))
    assert tree("c (said:a) d") == And((C, Quoted(SAID), D))
