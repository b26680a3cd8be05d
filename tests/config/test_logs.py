"""The log can be trusted: nothing that is quoted in it forges a line, and it names no secret."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.tracing import begin_trace, trace_id
from config import logs
from config.logs import HIDDEN, LineFormatter, ReadableFormatter, without_secrets


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("archive.test", logging.INFO, __file__, 1, message, args, None)
    made.__dict__ |= extra
    return made


def failed(message: str) -> logging.LogRecord:
    made = record("It failed.")
    try:
        raise ValueError(message)
    except ValueError:
        made.exc_info = sys.exc_info()
    return made


@pytest.fixture(autouse=True)
def no_trace():
    token = trace_id.set("")
    yield
    trace_id.reset(token)


@pytest.fixture
def secret_key(settings):
    settings.SECRET_KEY = "a-key-of-ours 4711"
    settings.DATABASES["default"]["PASSWORD"] = "pass/word@4711"
    logs.our_secrets.cache_clear()
    yield
    del settings.DATABASES["default"]["PASSWORD"]
    logs.our_secrets.cache_clear()


@given(st.text())
def test_whatever_is_said_is_one_line_of_ascii_json(said):
    line = LineFormatter().format(record("%s", said, fields={"told": said}))
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["level"] == "INFO"


def test_a_line_says_when_who_what_and_under_which_id():
    begin_trace("4711abcd")
    told = record("indexed %s", 3, fields={"ms": 1.5, "user": 7}, created=0)
    assert json.loads(LineFormatter().format(told)) == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "INFO",
        "logger": "archive.test",
        "message": "indexed 3",
        "trace": "4711abcd",
        "ms": 1.5,
        "user": 7,
    }


def test_a_traceback_stays_in_its_line():
    line = LineFormatter().format(failed("no\nway"))
    assert "\n" not in line
    assert "ValueError: no\nway" in json.loads(line)["error"]


@given(st.text())
def test_on_a_terminal_nothing_quoted_begins_a_line_or_moves_the_cursor(said):
    first, *others = ReadableFormatter().format(failed(said)).split("\n")
    assert all(line.startswith("    ") for line in others)
    assert all(
        part.isprintable() or part in "\t\u3000" for part in [first, *others] if part == "\x1b"
    )
    assert not {"\x1b", "\r", "\x9b", "\u2028", "\u202e"} & set("".join([first, *others]))


@pytest.mark.parametrize(
    "said",
    [
        "signed with a-key-of-ours 4711.",
        "refused pass/word@4711 there",
        "postgres://backfile:hunter4711@db.example/backfile",
        "Authorization: Bearer hunter4711",
        "{'password': 'hunter4711', 'name': 'x'}",
        "Cookie: sessionid=hunter4711; csrftoken=hunter4711",
        "Not Found: /preview/hunter4711/media/3/",
    ],
)
def test_a_secret_is_hidden(secret_key, said):
    for formatter in (LineFormatter(), ReadableFormatter()):
        for told in (record("%s", said), failed(said), record("x", fields={"told": said})):
            line = formatter.format(told)
            assert "4711" not in line
            assert HIDDEN in line


def test_what_is_no_secret_stays():
    said = "GET https://archive.example:8000/person/ann-vale/ took 3 ms; a token of esteem"
    assert without_secrets(said) == said
