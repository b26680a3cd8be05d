"""XML: records cut out of a file of any length, and read without trust."""

import io
import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers.base import LONGEST_RECORD, RecordError
from archive.importers.reading import cutting
from archive.importers.reading.cutting import cut
from archive.importers.reading.xml import local_name, parsed, root_name, words

BOMB = """<?xml version="1.0"?>
<!DOCTYPE news [ <!ENTITY lol "lol"> <!ENTITY lol2 "&lol;&lol;"> <!-- ]> -->
  <!ENTITY file SYSTEM "file:///etc/passwd">
]>
"""


class Trickle(io.BytesIO):
    """A stream that gives little at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.most)


def items(data: str | bytes, name: str = "item"):
    return list(cut(io.BytesIO(data.encode() if isinstance(data, str) else data), {name}))


def texts(data: str | bytes) -> list[str]:
    return [words(parsed(raw.text)) for raw in items(data)]


class TestCutting:
    def test_each_record_is_cut_out_with_its_line(self):
        raws = items("<all>\n<item>a</item>\n\n<item\n n='>'>b</item><item/></all>")
        assert [raw.line for raw in raws] == [2, 4, 5]
        assert [raw.text for raw in raws][:2] == ["<item>a</item>", "<item\n n='>'>b</item>"]

    def test_a_record_stands_alone_with_the_namespaces_around_it(self):
        (raw,) = items(
            '<m:all xmlns:m="urn:m" xmlns="urn:a"><m:item xmlns="urn:b">x</m:item></m:all>'
        )
        element = parsed(raw.text)
        assert (element.tag, element.nsmap) == ("{urn:m}item", {"m": "urn:m", None: "urn:b"})

    def test_what_only_looks_like_a_tag_is_none(self):
        assert texts(
            "<all><!-- <item> --><item>a<![CDATA[</item>]]>b<!-- </item> --></item></all>"
        ) == ["a</item>b"]

    def test_a_record_that_never_ends_costs_nothing_but_itself(self):
        first, broken, last = items("<all><item>a</item><item><b>b</item><item>c<item>d</item>")[1:]
        assert words(parsed(last.text)) == "d"
        for raw in (first, broken):
            with pytest.raises(RecordError, match="no well-formed XML"):
                parsed(raw.text)

    def test_an_open_quotation_mark_costs_no_record_behind_it(self):
        assert len(items("<all><item n='1>a</item>\n<item n='2'>b</item><item>c</item></all>")) >= 2

    def test_a_record_that_is_too_long_is_refused_and_the_next_one_read(self, monkeypatch):
        monkeypatch.setattr(cutting, "LONGEST_RECORD", 1_000)
        raws = items(f"<all><item>{'x' * 600_000}</item><item>b</item></all>")
        assert [len(raw.text) for raw in raws] == [1_001, len("<item>b</item>")]
        with pytest.raises(RecordError, match="longer than"):
            parsed("<item>" + "x" * LONGEST_RECORD)

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "cp1251"])
    def test_the_declared_encoding_is_believed(self, codec):
        word = "Москва" if codec == "cp1251" else "Zoë"
        data = f'<?xml version="1.0" encoding="{codec}"?><all><item>{word}</item></all>'
        assert texts(data.encode(codec)) == [word]

    @pytest.mark.parametrize(("declared", "real"), [("iso-8859-1", "utf-8"), ("utf-8", "cp1252")])
    def test_one_that_is_declared_wrongly_is_not(self, declared, real):
        data = f'<?xml version="1.0" encoding="{declared}"?><all><item>Zoë “</item></all>'.encode(
            real
        )
        assert texts(data) == ["Zoë “"]
        assert bool(items(data)[0].notes) == (real == "cp1252")

    @given(
        st.lists(st.sampled_from(["a", "<b/>", "<!-- <item> -->", "<![CDATA[<]]>", "\n", "é"])),
        st.integers(1, 40),
    )
    def test_it_does_not_matter_in_which_pieces_a_file_comes(self, parts, most):
        records = "".join(f"<item n='1'>{part}</item>{part}" for part in parts)
        data = f"<all x='>'>{records}</all>"
        whole = items(data)
        assert list(cut(Trickle(data.encode(), most), {"item"})) == whole
        assert len(whole) == len(parts)

    def test_a_long_file_takes_the_memory_of_one_record(self):
        record = b"<item>" + b"word " * 400 + b"</item>\n"

        def peak(count: int) -> int:
            data = io.BytesIO(b"<all>" + record * count)
            tracemalloc.start()
            assert sum(1 for _ in cut(data, {"item"})) == count
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        assert peak(8_000) < 1.2 * peak(1_000)


class TestReading:
    def test_ampersands_and_the_names_of_html_are_understood(self):
        assert (
            words(parsed("<p>AT&T &mdash; caf&eacute; &lt;b&gt; &#0;x&#x26;</p>"))
            == "AT&T — café <b> x&"
        )

    def test_control_characters_do_no_harm(self):
        assert words(parsed("<p>a\x00b\x0bc</p>")) == "abc"

    @pytest.mark.parametrize("entity", ["lol2", "file"])
    def test_what_a_file_declares_itself_is_never_expanded(self, entity):
        (raw,) = items(f"{BOMB}<news><item>a &{entity}; b</item></news>")
        with pytest.raises(RecordError, match=f"&{entity};, and what a file declares"):
            parsed(raw.text)
        with pytest.raises(RecordError):
            parsed(f"{BOMB}<item>&{entity};</item>")

    def test_the_root_of_a_file_is_told_behind_whatever_stands_before_it(self):
        assert root_name(b"\xef\xbb\xbf" + BOMB.encode() + b"\n<n:news a='b'>") == "news"
        assert root_name("<?xml version='1.0'?><news/>".encode("utf-16")) == "news"
        assert root_name(b'{"uri": "a<b>"}') == root_name(b"") == ""

    def test_names_without_namespaces(self):
        element = parsed("<a:p xmlns:a='urn:a'>x<!-- y --></a:p>")
        assert (local_name(element), words(element)) == ("p", "x")
        assert not re.search("y", words(element))
