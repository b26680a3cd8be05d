"""People in a text: who is found, under which forms, and what is not taken for a person."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import data
from archive.names import name_key
from archive.people import FoundPerson, find_people, is_slip

SCRAPS = """
Bill Clinton May Will President the said of van der O’Brien Jr. , . ( ) " NATO Rasmussen Rasmusen
Anders in 12 and & Inc al-Assad Mr De Kim Young-sam Brown J.K. III
"""
WORDS = [*SCRAPS.split(), "\n"]


def names(text: str) -> list[str]:
    return [person.name for person in find_people(text)]


def surfaces(text: str) -> tuple[str, ...]:
    """Of the only person of the text."""
    (person,) = find_people(text)
    return person.surfaces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NATO Secretary General Anders Fogh Rasmussen has visited.", "Anders Fogh Rasmussen"),
        ("But Anders Fogh Rasmussen failed.", "Anders Fogh Rasmussen"),
        ("Russia’s Dmitry Medvedev agreed.", "Dmitry Medvedev"),
        ("Secretary of State John Kerry left.", "John Kerry"),
        ("Texas Gov. Greg Abbott signed it.", "Greg Abbott"),
        ("In the EU Bill Clinton won.", "Bill Clinton"),
        ("He lost to U.S. Jim Courier.", "Jim Courier"),
        ("Then-Senator Barack Obama spoke.", "Barack Obama"),
        ("The reliever, Xavik Qorblon, 34, left.", "Xavik Qorblon"),
        ("The striker Xavik Qorblon scored.", "Xavik Qorblon"),
        ("1. Xavik Qorblon (Kenya) 13:06.45", "Xavik Qorblon"),
        ("A letter from Margaret E. Vale arrived.", "Margaret E. Vale"),
        ("J.K. Rowling wrote it.", "J.K. Rowling"),
        ("The poet Ludwig van der Vaal died.", "Ludwig van der Vaal"),
        ("It was Bashar al-Assad again.", "Bashar al-Assad"),
        ("It was Osama bin Laden again.", "Osama bin Laden"),
        ("It was Tim O’Gorman again.", "Tim O’Gorman"),
        ("It was Ewan McDonald again.", "Ewan McDonald"),
        ("It was Jean-Claude Van Damme again.", "Jean-Claude Van Damme"),
        ("It was Joseph R. Biden Jr. again.", "Joseph R. Biden Jr."),
        ("He met Ban Ki-moon there.", "Ban Ki-moon"),
        ("He met Kim Young-sam there.", "Kim Young-sam"),
        ("The author Stephen King laughed.", "Stephen King"),
        ("In June Damon Hill, the driver, won.", "Damon Hill"),
        ("Coxswain Michael Brannick took her in.", "Michael Brannick"),
        ("He met James Baker Monday.", "James Baker"),
        ("The bank named Michael R. Hall to the board.", "Michael R. Hall"),
        ("Senator Jeff Sessions left.", "Jeff Sessions"),
        ("Defense Secretary Ash Carter left.", "Ash Carter"),
        ("“It rose,” said Ward Qorblon, director of research.", "Ward Qorblon"),
        ("“It rose,” Christian Qorblon, Secretary-General of Ports, said.", "Christian Qorblon"),
        ("The analyst Dudley Qorblon left.", "Dudley Qorblon"),
        ("They spoke of the Marc Qorblon case.", "Marc Qorblon"),
        ("A supporter of Donald J. Trump left.", "Donald J. Trump"),
        ("Xavik Qorblon, a professor of political science, left.", "Xavik Qorblon"),
        ("Manager K.K Wong left.", "K.K Wong"),
    ],
)
def test_a_full_name_is_found_without_what_stands_around_it(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Students at Moscow State University of International Relations listened.",
        "The war in South Ossetia and the Cold War worried the White House.",
        "A shield in the Euro-Atlantic area and the Russia-NATO Council.",
        "New York, Los Angeles, Santa Barbara and St. Petersburg are towns.",
        "Merrill Lynch & Co, Morgan Stanley and Philip Morris Inc rose.",
        "John F. Kennedy Airport, the Kennedy Center and Robert Wood Johnson Foundation.",
        "The Houston Astros beat the Toronto Blue Jays on Good Friday.",
        "Prime Minister's Questions began on Monday in the House of Commons.",
        "An Italian Roman Catholic organisation and the Christian Democratic Union.",
        "RUSSIAN PRESIDENT DMITRY MEDVEDEV MEETS ANDERS FOGH RASMUSSEN",
        "JAMES BOND and BO DIDDLEY in capitals; AL GORE, ED MILIBAND",
        "John Brown & Co rose, and Peter Jones and Sons fell.",
        "They watched “Veronica Mars” together.",
        "Elise FoleyFlagShareLikeReply",
        "It cost 20 mln N.Z. Dlrs, or 90 mln H.K. Dlrs.",
        "W.R. Grace <GRA> and L.F. Rothschild, Unterberg, Towbin Inc rose.",
        "The Harris Qorblon subsidiary and its John Carr unit grew.",
        "In Boston Smith waved. Smith left.",
        "A Nobel Prize-winning author and an Oscar-winner.",
        "they were read out one after the other, Anna Bill Carl Dora Emma Fred Gus Hugo Ida",
        "New Members Denounce Clinton Over Casual Remark",
        "",
    ],
)
def test_what_is_no_person_is_not_taken_for_one(text):
    assert names(text) == []


def test_two_partners_are_two_people_and_no_firm():
    assert names("We met Daniel Scott Mitchell & Mary Moss.") == [
        "Daniel Scott Mitchell",
        "Mary Moss",
    ]


def test_a_sentence_that_lists_people_is_no_heading():
    text = "Seen With Justices William Brennan, Byron White, Thurgood Marshall Were Others."
    assert "Thurgood Marshall" in names(text)


def test_the_surname_alone_and_after_a_title_are_mentions_of_the_person():
    text = (
        "Russian President Dmitry Medvedev spoke. “Good,” President Medvedev said. Medvedev left."
    )
    assert find_people(text) == [
        FoundPerson(
            name="Dmitry Medvedev",
            surfaces=("Dmitry Medvedev", "President Medvedev", "Medvedev"),
            count=3,
            start=text.index("Dmitry"),
        )
    ]


def test_a_mention_before_the_full_name_counts_and_is_the_start():
    (person,) = find_people("“Never” – Rasmussen\n\nAnders Fogh Rasmussen has visited Moscow.")
    assert person.surfaces == ("Rasmussen", "Anders Fogh Rasmussen")
    assert person.start == len("“Never” – ")


def test_a_slip_of_one_letter_in_a_long_surname_is_the_same_person():
    assert surfaces("Anders Fogh Rasmussen came. Then Rasmusen left.") == (
        "Anders Fogh Rasmussen",
        "Rasmusen",
    )


@pytest.mark.parametrize(
    ("word", "surname", "slip"),
    [
        ("rasmusen", "rasmussen", True),
        ("rasmussenn", "rasmussen", True),
        ("rasmussan", "rasmussen", True),
        ("rasmusesn", "rasmussen", True),
        ("rasmussens", "rasmussen", False),  # the family
        ("lasmussen", "rasmussen", False),  # another initial
        ("rasmuse", "rasmussen", False),  # two letters
        ("hanson", "hansen", True),
        ("brow", "brown", False),  # too short to tell
    ],
)
def test_what_is_a_slip(word, surname, slip):
    assert is_slip(word, surname) is slip


def test_a_slip_within_the_full_name_does_not_make_a_second_person():
    assert names("Anders Rasmussen came. Anders Rasmussen sat. Anders Rasmusen left.") == [
        "Anders Rasmussen"
    ]


def test_a_middle_initial_does_not_make_a_second_person():
    assert names("Donald J. Trump won. Donald J. Trump said so. So did Donald Trump.") == [
        "Donald J. Trump"
    ]


def test_a_double_surname_alone_is_its_owners():
    text = "Ms. Wasserman Schultz left. Debbie Wasserman Schultz had led it."
    assert surfaces(text) == ("Wasserman Schultz", "Debbie Wasserman Schultz")


def test_a_lone_surname_keeps_its_particles():
    text = "The general Charles de Gaulle spoke. De Gaulle left. They praised de Gaulle."
    assert surfaces(text) == ("Charles de Gaulle", "De Gaulle", "de Gaulle")


def test_of_two_with_one_surname_the_last_named_in_full_is_meant():
    text = "Bill Clinton sat. Mr Clinton smiled. Hillary Clinton spoke. Clinton smiled."
    assert [(person.name, person.count) for person in find_people(text)] == [
        ("Bill Clinton", 2),
        ("Hillary Clinton", 2),
    ]


def test_but_a_man_is_no_mrs():
    text = "Hillary Clinton sat. Bill Clinton spoke. Mrs. Clinton left. Mr Clinton left. Clinton."
    assert [(person.name, person.count) for person in find_people(text)] == [
        ("Hillary Clinton", 2),
        ("Bill Clinton", 3),
    ]


def test_a_family_in_the_plural_is_nobody():
    assert surfaces("Bill Clinton sat. The Clintons left.") == ("Bill Clinton",)


def test_a_surname_that_is_a_word_or_a_month_is_not_seen_in_the_word():
    text = "Prime Minister Theresa May left in May. Mrs May had come on May 12."
    assert surfaces(text) == ("Theresa May", "Mrs May")


def test_a_surname_in_an_organisations_name_is_no_mention():
    assert surfaces("Bill Clinton left the Clinton Foundation.") == ("Bill Clinton",)


def test_a_surname_shared_with_a_known_person_speaks_for_a_name():
    text = "President Boris Qorblon came. Qorblon waved, and Xavina Qorblon waved back."
    assert names(text) == [
        "Boris Qorblon",
        "Xavina Qorblon",
    ]


def test_between_people_in_a_list_an_unknown_name_is_a_person_too():
    assert names("Those fined were John Smith, Xavik Qorblon and Mary Jones, all from here.") == [
        "John Smith",
        "Xavik Qorblon",
        "Mary Jones",
    ]


def test_a_headline_in_title_case_yields_names_and_not_verbs():
    assert names("Ted Cruz Hints Hillary Clinton Denounces Saudi Offer") == [
        "Ted Cruz",
        "Hillary Clinton",
    ]


def test_in_a_headline_a_verb_that_could_be_a_surname_joins_nobody():
    assert names("Bernie Sanders Burns Hillary Clinton In Debate Speech") == ["Hillary Clinton"]


def test_a_name_once_known_counts_wherever_it_stands():
    text = "Police held Mr Xavik Qorblon. The Xavik Qorblon case shook many."
    assert [(person.name, person.count) for person in find_people(text)] == [("Xavik Qorblon", 2)]


def test_people_come_in_order_of_first_appearance():
    assert names("Mary Jones met John Smith. John Smith knew Anna Brown.") == [
        "Mary Jones",
        "John Smith",
        "Anna Brown",
    ]


@pytest.mark.parametrize("text", ["Владимир Путин приехал.", "安倍晋三首相", "قال محمود عباس"])
def test_text_in_other_scripts_is_read_without_harm(text):
    find_people(text)


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map(" ".join))
def test_whatever_the_text_a_person_is_where_it_is_said_to_be(text):
    found = find_people(text)
    for person in found:
        assert text.startswith(person.surfaces[0], person.start)
        assert all(surface in text for surface in person.surfaces)
        assert person.count >= len(person.surfaces)
    assert found == sorted(found, key=lambda person: person.start)


@pytest.mark.shared_data
def test_the_seed_names_exactly_two_people_with_all_their_mentions(shared: Path):
    page = (shared / "seed" / "000_160821c9ba5a2ac5.txt").read_text(encoding="utf-8")
    rasmussen, medvedev = find_people(page[page.index("“NATO will") : page.index("Read also")])
    assert rasmussen.name == "Anders Fogh Rasmussen"
    assert rasmussen.surfaces == ("Rasmussen", "Anders Fogh Rasmussen", "Rasmusen")
    assert rasmussen.count == 8
    assert medvedev.name == "Dmitry Medvedev"
    assert medvedev.surfaces == ("Dmitry Medvedev", "President Medvedev")
    assert medvedev.count == 2


@pytest.mark.shared_data
def test_on_wire_news_nearly_all_that_is_found_is_a_person(shared: Path):
    right = wrong = missed = 0
    with gzip.open(shared / "conll2003_testa.jsonl.gz", "rt", encoding="utf-8") as articles:
        for article in map(json.loads, articles):
            truth = {name_key(name) for name in article["names"] if " " in name}
            found = {name_key(name) for name in names(article["body"])}
            right += len(found & truth)
            wrong += len(found - truth)
            missed += len(truth - found)
    assert right / (right + wrong) > 0.97
    assert right / (right + missed) > 0.90


@pytest.mark.parametrize(
    "path", sorted(Path(data.__file__).parent.glob("*.txt")), ids=lambda path: path.stem
)
def test_each_list_says_where_it_is_from_and_holds_keys_in_order(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    entries = lines[len(comments) :]
    assert any("Source:" in line or "Written for Backfile" in line for line in comments)
    assert entries == sorted(set(entries))
    assert all(name_key(entry) == entry.replace("-", " ") for entry in entries)


def test_the_lists_stay_small():
    assert (
        sum(path.stat().st_size for path in Path(data.__file__).parent.rglob("*.txt")) < 1_000_000
    )
