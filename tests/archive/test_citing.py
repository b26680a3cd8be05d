"""A reference survives what stands in a headline, in each of its formats."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.citing import Reference, bibtex, plain, ris, writers_of
from archive.dating import DatePrecision

BRIDGE = Reference(
    number=17,
    title="Bridge “opens” at last",
    writers=("Una Carrow", "Tom Moss"),
    newspaper="Port Almond Courier",
    day=date(1997, 6, 1),
    language="en",
    url="https://archive.example/article/17/bridge/",
)
MARCH, YEAR = (
    replace(BRIDGE, day=date(1989, 3, 1), precision=precision)
    for precision in (DatePrecision.MONTH, DatePrecision.YEAR)
)
references = st.builds(
    Reference,
    number=st.integers(1, 10**9),
    title=st.text(),
    writers=st.lists(st.text(min_size=1), max_size=3).map(tuple),
    newspaper=st.text(),
    day=st.none() | st.dates(),
    precision=st.sampled_from(DatePrecision),
    language=st.sampled_from(["en", "zh-Hans"]),
    url=st.just("https://archive.example/article/17/%E6%B4%AA/"),
)


def test_in_words():
    assert plain(BRIDGE) == (
        "Una Carrow, Tom Moss, “Bridge ‘opens’ at last”, Port Almond Courier, 1 Jun 1997, "
        "https://archive.example/article/17/bridge/"
    )


def test_for_latex():
    assert bibtex(BRIDGE) == (
        "@article{port-almond-courier-1997-17,\n"
        "  author = {Una Carrow and Tom Moss},\n"
        "  title = {{Bridge “opens” at last}},\n"
        "  journal = {Port Almond Courier},\n"
        "  year = {1997},\n"
        "  month = jun,\n"
        "  day = {1},\n"
        "  url = {https://archive.example/article/17/bridge/},\n"
        "  language = {en},\n"
        "}\n"
    )


def test_for_reference_managers():
    assert ris(BRIDGE).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Una Carrow",
        "AU  - Tom Moss",
        "TI  - Bridge “opens” at last",
        "T2  - Port Almond Courier",
        "PY  - 1997",
        "DA  - 1997/06/01/",
        "LA  - en",
        "UR  - https://archive.example/article/17/bridge/",
        "ER  - ",
        "",
    ]


def test_an_article_without_a_date_has_none():
    undated = replace(BRIDGE, day=None)
    assert "undated" in plain(undated)
    assert "year" not in bibtex(undated)
    assert "PY" not in ris(undated)


def test_latex_takes_no_sign_for_a_command():
    headline = r"50% of R&D: $1 #1 a_b {x} ~ ^ \end"
    assert (
        r"{{50\% of R\&D: \$1 \#1 a\_b \{x\} \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}end}}"
    ) in bibtex(replace(BRIDGE, title=headline))


@given(references)
def test_the_braces_of_an_entry_are_those_that_we_wrote(reference):
    depth = 0
    for sign in re.sub(r"\\[{}]", "", bibtex(reference)):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


@given(references)
def test_a_headline_begins_no_tag_of_its_own(reference):
    lines = re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", ris(reference))
    tags = [line[:2] for line in lines if line]
    dated = ["PY", "DA"] if reference.day else []
    assert tags == ["TY", *["AU"] * len(reference.writers), "TI", "T2", *dated, "LA", "UR", "ER"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("", ()),
        ("Una Carrow", ("Una Carrow",)),
        ("By Una Carrow and Tom Moss", ("Una Carrow", "Tom Moss")),
        ("BY UNA CARROW, Tom Moss & Ann Vale", ("UNA CARROW", "Tom Moss", "Ann Vale")),
        ("Una Carrow, Harbour Correspondent", ("Una Carrow, Harbour Correspondent",)),
        ("Von Anna Sand und Bert Brandt", ("Anna Sand", "Bert Brandt")),
    ],
)
def test_a_byline_names_its_writers(byline, names):
    assert writers_of(byline) == names


def test_a_name_with_a_comma_is_one_name_to_bibtex():
    reference = replace(BRIDGE, writers=("Una Carrow, Harbour Correspondent",))
    assert "author = {{Una Carrow, Harbour Correspondent}}" in bibtex(reference)


def test_no_more_of_a_date_is_cited_than_is_known():
    assert ", March 1989, " in plain(MARCH)
    assert ", 1989, " in plain(YEAR)
    assert "  month = mar,\n  url" in bibtex(MARCH)
    assert "  year = {1989},\n  url" in bibtex(YEAR)
    assert "DA  - 1989/03//\r\n" in ris(MARCH)
    assert "PY  - 1989\r\nDA  - 1989///\r\n" in ris(YEAR)
