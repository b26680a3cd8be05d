"""A stencil that is filled is the template rendered: nothing unescaped, nothing mixed up."""

from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from search.stencil import Cut, Stencil, together

LINK = Cut(Stencil("search/_link.html", "url", "name"), {})
HOSTILE = "<script>alert('canary')</script> & \"100%\" %(name)s {{ name }} \x02name\x03"
LINK_TO_HOSTILE = f'<li><a href="/">{HOSTILE}</a></li>\n'


@given(st.text(), st.text())
def test_filled_it_is_what_the_template_would_have_been(url, name):
    rendered = render_to_string("search/_link.html", {"url": url, "name": name})
    assert LINK(url=url, name=name) == rendered


@given(st.text(), st.text())
def test_it_can_be_filled_in_two_steps(url, name):
    whole = LINK(url=url, name=name)
    assert LINK.with_some(url=url)(name=name) == whole
    assert LINK.with_some(name=name)(url=url) == whole
    assert LINK.with_some(name=name).with_some(url=url, other=1)() == whole


def test_what_fills_a_hole_in_the_first_step_is_not_filled_in_the_second():
    filled = LINK.with_some(name=HOSTILE.replace("name", "url"))(url="/")
    assert unescape(filled) == LINK_TO_HOSTILE.replace("name", "url")


def test_every_value_is_escaped_and_none_is_filled_again():
    filled = LINK(url="/", name=HOSTILE)
    assert "<script" not in filled
    assert unescape(filled) == LINK_TO_HOSTILE


def test_what_is_safe_already_stays_as_it_is():
    marked = SafeString("<mark>Vale</mark> & Sons")
    assert f">{marked}</a>" in LINK(url="/", name=marked)


def test_what_the_template_decides_by_is_part_of_the_shape():
    value = Stencil("search/_value.html", "value", "label", "count")
    chosen, other = (Cut(value, {"facet": "tag", "chosen": chosen}) for chosen in (True, False))
    assert " checked>" in chosen(value="a", label="A", count=1)
    assert " checked" not in other(value="b", label="B", count=2)
    with pytest.raises(TypeError, match="shape"):
        Cut(Stencil("search/_value.html", "value", "chosen"), {"facet": "tag"})


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="name"):
        LINK(url="/")


def test_pieces_that_are_safe_are_safe_together():
    both = together([SafeString("<b>"), SafeString("</b>")])
    assert (both, type(both)) == ("<b></b>", SafeString)
