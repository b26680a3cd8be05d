"""Who said what: found where the text says so, and left blank where it does not."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from archive.people import FoundPerson, find_people
from archive.quotations import FoundQuotation, How, find_quotations
from tests.archive.quotations.test_spans import TEXTS

OPENING = "Captain Ann Vale met Mayor Ben Roy and Joe Stour, a fisherman, on Friday in the port."


def said(text: str) -> list[tuple[str, str, str]]:
    """What, the words for the speaker, and whom they mean, after two sentences about people."""
    text = f"{OPENING}\n\n{text}"
    found = find_quotations(text, find_people(text))
    return [(one.text, one.surface, one.speaker) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "“We sail at dawn,” Vale said.",
        "“We sail at dawn,” said Vale.",
        "“We sail at dawn,” said Ann Vale, who was not asked.",
        "“We sail at dawn,” Vale, the captain, told reporters in the rain.",
        "“We sail at dawn,” Vale also said on Friday.",
        "“We sail at dawn.” Vale said.",
        "“We sail at dawn!” Vale said.",
        "“We sail at dawn”, Vale said.",
        "“We sail at dawn,” according to Vale.",
        "“We sail at dawn” – Vale",
        "“We sail at dawn”: Vale",
        "Vale: “We sail at dawn”",
        "Vale said, “We sail at dawn.”",
        "Vale in a statement said: “We sail at dawn.”",
        "Vale, who came late, said that “we sail at dawn.”",
        "On Friday, Vale told the council it was settled, adding that “we sail at dawn.”",
        "According to Vale, “we sail at dawn.”",
        "Vale replied:\n\n“We sail at dawn.”",
        "Vale told the council that nothing had changed.\n\n“We sail at dawn.”",
        "„We sail at dawn“, sagte Vale.",
        "«We sail at dawn», — сказала Vale.",
    ],
)
def test_the_speaker_is_told_by_name(text):
    ((words, surface, speaker),) = said(text)
    assert words.lower().strip(".,!") == "we sail at dawn"
    assert surface.split()[-1] == "Vale"
    assert speaker == "Ann Vale"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We sail at dawn,” the mayor said.", "Ben Roy"),
        ("“We sail at dawn,” said the captain.", "Ann Vale"),
        ("“We sail at dawn,” the fisherman told us.", "Joe Stour"),
        ("“We sail at dawn,” said the docker, Joe Stour.", "Joe Stour"),
        ("“We sail at dawn,” the new mayor, Ben Roy, said.", "Ben Roy"),
        ("“We sail at dawn,” the minister said.", ""),
    ],
)
def test_the_speaker_is_told_by_title(text, speaker):
    ((_words, surface, meant),) = said(text)
    assert surface.startswith("the ")
    assert meant == speaker


def test_a_title_that_two_people_have_tells_nobody():
    text = "President Ann Vale met President Ben Roy. “Never,” the president said."
    (one,) = find_quotations(text, find_people(text))
    assert (one.surface, one.speaker) == ("the president", "")


def test_a_pronoun_means_whom_the_sentence_before_was_about():
    ((_, _, speaker),) = said("Roy opened the port. “We sail at dawn,” he said.")
    assert speaker == "Ben Roy"


def test_a_pronoun_does_not_mean_somebody_of_the_other_sex():
    ((_, _, speaker),) = said("Vale spoke of the port that Roy closed. “We sail,” she said.")
    assert speaker == "Ann Vale"


def test_a_pronoun_after_a_pronoun_means_the_same_person():
    found = said("Roy came. “We sail,” he said. He looked up. “At dawn,” he said.")
    assert [speaker for *_, speaker in found] == ["Ben Roy", "Ben Roy"]


def test_a_pronoun_that_may_mean_several_is_kept_and_means_nobody():
    ((_, surface, speaker),) = said(
        "Men came, with them Joe Stour and Ben Roy. “We sail,” he said."
    )
    assert (surface, speaker) == ("he", "")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tom Moss said he stayed because Bill Roy agreed.", "Tom Moss"),
        ("Tom Moss defended Bill Roy, who had condemned it.", "Tom Moss"),
        ("Tom Moss stood by it. In the end he sat with Bill Roy.", "Tom Moss"),
        ("“It rains,” said Bill Roy, a friend of Tom Moss.", "Bill Roy"),
        ("Tom Moss said it rained. The Roy ships have sunk.", "Tom Moss"),
        ("Tom Moss asked Bill Roy about the quay.", ""),
        ("Tom Moss left with Bill Roy. Carter defied the chair.", ""),
    ],
)
def test_a_pronoun_means_who_speaks_or_acts_and_never_who_is_acted_on(text, speaker):
    people = find_people("The captains Tom Moss and Bill Roy met.")
    *_, last = find_quotations(f"{text}\n\n“It leaks at both ends,” he said.", people)
    assert (last.surface, last.speaker) == ("he", speaker)


def test_of_two_with_one_surname_the_title_tells_whom_a_name_means():
    text = "Hillary Roy met Bill Roy. Mrs. Roy stayed.\n\n“It leaks at both ends,” she said."
    (found,) = find_quotations(text, find_people(text))
    assert found.speaker == "Hillary Roy"


def test_a_quotation_in_two_parts_has_one_speaker():
    assert said("“We sail,” Roy said, “at dawn.” “No,” Vale said. “At noon.”") == [
        ("We sail,", "Roy", "Ben Roy"),
        ("at dawn.", "Roy", "Ben Roy"),
        ("No,", "Vale", "Ann Vale"),
        ("At noon.", "Vale", "Ann Vale"),
    ]


def test_a_quotation_over_paragraphs_has_one_speaker_wherever_that_is_told():
    before = said("Vale said: “We sail at dawn.\n\n“At noon we are back.”")
    behind = said("“We sail at dawn.\n\n“At noon we are back,” Vale said.")
    assert [speaker for *_, speaker in before + behind] == ["Ann Vale"] * 4


def test_an_unknown_speaker_is_kept_as_the_text_has_it():
    assert said("“We sail at dawn,” said a docker from Qorb. “Or not at all.”") == [
        ("We sail at dawn,", "a docker", ""),
        ("Or not at all.", "a docker", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The play “We sail at dawn tomorrow” opens on Friday.",
        "Vale was asked, “Do you sail at dawn?”",
        "Vale’s boat is painted with “we sail at dawn” in red.",
        "Trouble at sea.\n\n“We sail at dawn tomorrow.”",
    ],
)
def test_where_nothing_tells_the_speaker_it_is_blank(text):
    assert [speaker for *_, speaker in said(text)] == [""]


def test_names_and_titles_in_quotation_marks_are_no_quotations():
    assert said("They saw “The Old Man and the Sea” and drank “Red Rum”.") == []


def test_a_knight_goes_by_his_first_name():
    text = "Anders Roy came. “We sail at dawn,” said Sir Anders."
    (one,) = find_quotations(text, find_people(text))
    assert one.speaker == "Anders Roy"


@pytest.mark.parametrize("name", ["", " "])
def test_a_person_without_a_name_says_nothing(name):
    (one,) = find_quotations("“We sail at dawn,” he said.", [FoundPerson(name, (name,), 1, 0)])
    assert one.speaker == ""


def test_a_surname_that_two_share_means_the_one_last_named_in_full():
    text = "Ann Vale came. Tom Vale stayed. “We sail at dawn,” Vale said."
    (one,) = find_quotations(text, find_people(text))
    assert one.speaker == "Tom Vale"


@pytest.mark.parametrize(
    "text", ["«Никогда», — сказал Иванов.", "「行く」と彼は言った。", "قال: «نعم»"]
)
def test_text_in_other_scripts_is_read_without_harm(text):
    assert all(text[one.start : one.end] == one.text for one in find_quotations(text))


@given(TEXTS)
def test_the_words_stand_where_they_are_said_to(text):
    people = find_people(text)
    found = find_quotations(text, people)
    assert found == find_quotations(text, people)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.surface in text
        assert one.speaker in {"", *(person.name for person in people)}
        assert bool(one.surface) == bool(one.how)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 200_000,
        "“”" * 100_000,
        "“a " * 50_000 + "”",
        "'" * 200_000,
        "‘a" * 100_000,
        "“a” said " * 30_000,
        "said, " * 50_000 + "“a b c d”",
        "Ann Vale “a b c d,” he said. " * 5_000,
        "“a b c d e”\n" * 20_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_read_before_the_day_is_over(text):
    """None of these would end if the time grew with the square of the length."""
    find_quotations(text, find_people("Ann Vale met Ben Roy."))


@pytest.mark.shared_data
def test_the_seed_tells_who_said_what(shared: Path):
    page = (shared / "seed" / "000_160821c9ba5a2ac5.txt").read_text(encoding="utf-8")
    headline, _, body = page[page.index("“NATO will") : page.index("Read also")].partition("\n\n")
    people = find_people(body)
    (first,) = find_quotations(headline, people)
    assert first == FoundQuotation(
        1, 30, "NATO will never attack Russia", "Rasmussen", "Anders Fogh Rasmussen", How.NAME
    )
    found = find_quotations(body, people)
    assert [(one.text[:12], one.surface, one.speaker) for one in found] == [
        ("Relations be", "President Medvedev", "Dmitry Medvedev"),
        ("I’m here to ", "NATO Secretary General", "Anders Fogh Rasmussen"),
        ("A united mis", "he", "Anders Fogh Rasmussen"),
        ("NATO will ne", "he", "Anders Fogh Rasmussen"),
        ("I would like", "Rasmussen", "Anders Fogh Rasmussen"),
        ("we have enou", "He", "Anders Fogh Rasmussen"),
    ]


@pytest.mark.shared_data
def test_in_the_news_most_speakers_are_found_and_nearly_all_are_right(shared: Path):
    from benchmarks.quotations import judged

    count = Counter(verdict for verdict, *_ in judged(shared))
    attributed = count["right"] + count["wrong"]
    assert count["right"] / attributed > 0.94
    assert count["right"] / count.total() > 0.83
