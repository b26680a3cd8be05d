"""What an archivist is told while an import runs."""

from archive.importers.base import Note, Reject
from archive.importers.journal.counts import Counts
from archive.importers.journal.reporter import Reporter
from archive.progress import Lines


def test_the_first_rejects_are_shown_and_the_rest_counted_and_each_note_once():
    told = []
    reporter = Reporter(Lines("Importing", told.append))
    reporter.began(10, Counts(), is_resumed=False, was_changed=False)
    for line in range(1, 15):
        reporter.set_aside(Reject("a.jsonl", line, "no"))
        reporter.noted(Note("a.jsonl", line, "odd"))
    reporter.ended()
    assert told.count("a.jsonl, line 1: odd") == 1
    assert "a.jsonl, line 10: no; the record was set aside" in told
    assert told[-2:] == ["… and 4 more records were set aside.", "14 times: odd"]
