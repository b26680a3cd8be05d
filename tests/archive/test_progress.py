"""What somebody who waits is shown."""

import pytest

from archive import progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is told."""
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def test_a_plain_line_now_and_then_with_rate_and_time_left(clock):
    told = []
    lines = progress.Lines("Importing", told.append)
    lines.show(0, 1000, 0)
    for second in range(1, 11):
        clock[0] = float(second)
        lines.show(second * 10, 1000, second * 500)
    assert told == [
        "Importing: 2,500 at 500 a second, 5 %, 2 min left",
        "Importing: 5,000 at 500 a second, 10 %, 2 min left",
    ]


def test_what_was_done_before_a_run_was_resumed_does_not_count_for_its_pace(clock):
    told = []
    lines = progress.Lines("Importing", told.append)
    lines.show(500, 1000, 9_000)
    clock[0] = 10.0
    lines.show(750, 1000, 9_100)
    assert told == ["Importing: 9,100 at 10 a second, 75 %, 10 s left"]


def test_where_the_size_is_not_known_nothing_is_promised(clock):
    told = []
    lines = progress.Lines("Importing", told.append)
    clock[0] = 10.0
    lines.show(750, 0, 100)
    assert told == ["Importing: 100 at 0 a second"]


def test_a_bar_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    with progress.meter("Importing", print) as bar:
        bar.show(50, 100, 1_234)
        bar.say("a [bracket] is said as it is")
    shown = capsys.readouterr().err
    assert "a [bracket] is said as it is" in shown
    assert "50 %" in shown
    assert "1,234" in shown
