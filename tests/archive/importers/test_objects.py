"""JSON objects, however a file lines them up."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers.reading import objects as module
from archive.importers.reading.objects import objects

ITEMS = [{"uri": "a}", "in": {"b": '{"'}}, {"uri": "\\", "list": [{}, {"c": 1}]}, {"uri": "é"}]
VALUES = st.recursive(
    st.text() | st.integers() | st.none(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)


def cut(text: str | bytes):
    return list(objects(io.BytesIO(text.encode() if isinstance(text, str) else text)))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(one) for one in ITEMS),
        json.dumps(ITEMS),
        json.dumps(ITEMS, indent=2),
        "\ufeff" + json.dumps(ITEMS, indent=1, ensure_ascii=False),
        "\n\n".join(json.dumps(one, indent="\t") for one in ITEMS),
        "".join(json.dumps(one) for one in ITEMS),
    ],
)
def test_a_list_lines_or_one_behind_the_other(text):
    assert [json.loads(raw.text) for raw in cut(text)] == ITEMS


def test_each_has_its_line():
    assert [raw.line for raw in cut(json.dumps([{"a": 1}, {"b": 2}], indent=1))] == [2, 5]
    assert [raw.line for raw in cut('{"a": 1}\n\n{"b": 2}\n')] == [1, 3]


@pytest.mark.parametrize("broken", ['{"uri": "b"', '{"uri": "b}', '{"uri": {"b": 1}'])
def test_a_broken_one_costs_nothing_but_itself(broken):
    lines = cut(f'{{"uri": "a"}}\n{broken}\n{{"uri": "c"}}\n')
    assert [raw.text for raw in lines] == ['{"uri": "a"}', broken, '{"uri": "c"}']
    listed = cut(f'[\n  {{"uri": "a"}},\n  {broken},\n  {{"uri": "c"}}\n]')
    assert [raw.line for raw in listed] == [2, 3, 4]
    assert json.loads(listed[2].text) == {"uri": "c"}


def test_nothing_is_no_object():
    assert cut("") == cut("[]") == cut("\n\n") == []


@given(st.lists(st.dictionaries(st.text(), VALUES), max_size=5), st.integers(1, 50))
def test_it_does_not_matter_in_which_pieces_a_file_comes(items, size):
    data = json.dumps(items, ensure_ascii=True, indent=1).encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_CHUNK", size)
        assert [json.loads(raw.text) for raw in cut(data)] == items
