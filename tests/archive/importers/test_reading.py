"""Whatever a file holds: each record becomes an entry or a reject, and nothing stops it."""

from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.importers.base import Defaults, Entry, Note, Reject
from archive.importers.formats import FORMATS
from archive.importers.reading.entries import Reader
from archive.importers.reading.files import walk
from archive.importers.reading.text import decode

PIECES = """
17 Dec 2009|12:02|0:00|By Ann Vale|Read also – x|Related|Podcasts|icon icon icon icon|31 Feb 2009
It opened, and the mayor said that it would never close again in all the years of her life.
<REUTERS NEWID="1">|</REUTERS>|<DATE>1-JAN-1987 1:2</DATE>|<TEXT>|&#5;|01/02/2003|“
{"headline": |"x"|}|headline,body|"
"""
WORDS = st.sampled_from([*PIECES.replace("\n", "|").split("|"), "\ud83d", "\x00", "\u00a0", "\t"])
quickly = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def items(path: Path, data: bytes, format_name: str):
    path.write_bytes(data)
    (file,) = walk([str(path)])

    read = list(Reader(format_name, Defaults("", UTC)).items(file))
    return [item for item in read if not isinstance(item, Note)]


@quickly
@given(st.lists(st.binary(min_size=1, max_size=60).map(lambda b: b.replace(b"\n", b"."))))
def test_every_line_of_json_is_an_entry_or_a_reject(tmp_path, lines):
    expected = sum(bool(decode(line.rstrip(b"\r"))[0].strip()) for line in lines)
    first = b'{"headline": "so that nobody takes it for a packed file"}\n'
    read = items(tmp_path / "a.jsonl", first + b"\n".join(lines), "jsonl")
    assert len(read) == 1 + expected


@quickly
@pytest.mark.parametrize("format_name", list(FORMATS))
@given(
    words=st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=40), glue=st.sampled_from(" \n")
)
def test_no_text_stops_any_format(tmp_path, format_name, words, glue):
    data = glue.join(words).encode("utf-8", errors="surrogatepass")
    read = items(tmp_path / "a", data, format_name)
    assert all(isinstance(item, Entry | Reject) for item in read)
    assert not any("could not be read" in item.reason for item in read if isinstance(item, Reject))
    if format_name == "page-text":
        assert len(read) == 1


def test_a_bug_in_a_format_costs_one_record(tmp_path, monkeypatch):
    build = FORMATS["jsonl"].build

    def broken(raw, defaults):
        if raw.line == 2:
            raise ZeroDivisionError("how?")
        return build(raw, defaults)

    monkeypatch.setattr(FORMATS["jsonl"], "build", broken)
    first, second, third = items(tmp_path / "a.jsonl", b'{"headline": "x"}\n' * 3, "jsonl")
    assert isinstance(first, Entry)
    assert isinstance(third, Entry)
    assert second.reason == "it could not be read (ZeroDivisionError: how?)"
