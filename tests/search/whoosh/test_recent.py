"""What was found a moment ago is not looked for again."""

from functools import partial

from search.engines.whoosh.recent import Recent


def asked(recent: Recent[str], questions: str) -> str:
    """Those of the questions that had to be looked for."""
    looked_for: list[str] = []

    def find(question: str) -> str:
        looked_for.append(question)
        return question.upper()

    for question in questions:
        assert recent.get(question, partial(find, question)) == question.upper()
    return "".join(looked_for)


def test_what_was_asked_last_is_known() -> None:
    assert asked(Recent(2), "aabab") == "ab"


def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    assert asked(Recent(2), "abacb") == "abcb"
