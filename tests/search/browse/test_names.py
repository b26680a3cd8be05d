"""An index of names on a page: what its address asks, and the letters above it."""

from search.browse.names import NAMES_PER_PAGE, NamesPage
from search.filing import Beginning, NamesFound, NamesRequest
from search.request import Facet

CROWD = NAMES_PER_PAGE + 1


def read(address: dict[str, str], *beginnings: tuple[Beginning, ...], total: int = 300):
    """The page, and what was asked for it."""
    asked: list[NamesRequest] = []

    def ask(wanted: NamesRequest) -> NamesFound:
        asked.append(wanted)
        return NamesFound(total, beginnings or ((),), ())

    return NamesPage.read(address, Facet.PERSON, ask), asked


def test_an_address_says_letters_order_and_page():
    _, asked = read({"letter": "S", "like": " ann ", "order": "count", "page": "2"}, (), ())
    assert asked == [NamesRequest(Facet.PERSON, "s", "ann", True, NAMES_PER_PAGE, NAMES_PER_PAGE)]


def test_a_page_beyond_the_end_is_asked_for_again_as_the_last():
    page, asked = read({"page": "99"})
    assert [wanted.offset for wanted in asked] == [98 * NAMES_PER_PAGE, 2 * NAMES_PER_PAGE]
    assert page.paging.current == 3


def test_names_on_a_single_page_need_no_letters():
    page, _ = read({}, (Beginning("a", 20),), total=20)
    assert page.letters == []


def test_a_crowded_letter_is_narrowed_down_as_far_as_it_is_crowded():
    first = (Beginning("s", 300), Beginning("t", 3))
    second = (Beginning("sm", CROWD), Beginning("st", 179))
    third = (Beginning("smi", 100), Beginning("smy", 21))
    page, _ = read({"letter": "s"}, first, second)
    assert page.letters == [first, second]
    page, _ = read({"letter": "sm"}, first, second, third)
    assert page.letters == [first, second, third]
    assert page.path == ["s", "sm"]
    page, _ = read({"letter": "smi"}, first, second, third, (Beginning("smit", 100),))
    assert page.letters == [first, second, third]


def test_a_letter_that_fits_a_page_is_not_narrowed_down():
    first = (Beginning("s", 300), Beginning("t", 3))
    page, _ = read({"letter": "t"}, first, (Beginning("ta", 3),), total=3)
    assert page.letters == [first]


def test_what_makes_another_page_is_told_and_nothing_else():
    page, _ = read({"letter": "s", "order": "nonsense", "x": "y"}, (), ())
    assert page.parameters() == {"letter": "s"}
