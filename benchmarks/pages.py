"""How well and how fast saved web pages are read: the 50 pages of BACKFILE_SHARED.

    python3 dev.py bench pages [--errors]

A headline is right if it is the one that people noted, but for capitals, spaces and the shape of
quotation marks; a date if it is the day somewhere on Earth; a byline if it names whom they noted;
a text if it holds the sentences that it must and none of those that it must not.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.importers import html_page  # noqa: E402
from archive.importers.base import Defaults, Record, RecordError  # noqa: E402
from archive.importers.reading.checks import checked  # noqa: E402
from archive.importers.reading.html import parsed  # noqa: E402
from archive.importers.run import seldom_collected  # noqa: E402

PAGES = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared")) / "data" / "pages"
DEFAULTS = Defaults("", UTC)
WHAT = ("headline", "date", "byline", "body")


class Verdict(NamedTuple):
    """What of one page is right; `wrong` says what was expected and what was found."""

    file: str
    wrong: dict[str, str]


def verdicts() -> Iterator[Verdict]:
    for line in (PAGES / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        record = read((PAGES / truth["file"]).read_bytes())
        yield Verdict(truth["file"], dict(_mistakes(truth, record)))


def read(data: bytes) -> Record:
    (raw,) = html_page.split(io.BytesIO(data))
    try:
        record = checked(html_page.build(raw, DEFAULTS))
    except RecordError as error:
        return Record(source="", headline=f"refused: {error}")
    assert isinstance(record, Record)  # noqa: S101  a page is never about a person
    return record


def _mistakes(truth: dict[str, Any], record: Record) -> Iterator[tuple[str, str]]:
    if _folded(truth["title"]) != _folded(record.headline):
        yield "headline", f"{truth['title']!r} was {record.headline!r}"
    if not _is_day(truth["published"], record.published):
        yield "date", f"{truth['published']} was {record.published}"
    if not _words(truth["byline"]) <= _words(record.byline):
        yield "byline", f"{truth['byline']!r} was {record.byline!r}"
    body = _line(record.body)
    missing = [one for one in truth["body_must_contain"] if _line(one) not in body]
    excess = [one for one in truth["body_must_not_contain"] if _line(one) in body]
    if missing or excess:
        yield "body", f"missing {missing}, too much {excess}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    return _line(text).casefold().translate(str.maketrans("‘’“”–—", "''\"\"--"))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"and", "by", "from"}


def _is_day(expected: str, when: datetime | None) -> bool:
    if when is None:
        return False
    earliest, latest = (when + timedelta(hours=hours) for hours in (-12, 14))
    return earliest.date() <= date.fromisoformat(expected) <= latest.date()


def milliseconds(pages: list[bytes], read_one: Callable[[bytes], object]) -> float:
    """For one page, in the best of seven rounds."""
    rounds = []
    for _ in range(7):
        start = time.process_time()
        for page in pages:
            read_one(page)
        rounds.append((time.process_time() - start) * 1_000 / len(pages))
    return min(rounds)


def main() -> None:
    judged = list(verdicts())
    for what in WHAT:
        right = sum(what not in one.wrong for one in judged)
        print(f"{what:<9} {right} of {len(judged)} right")
    if "--errors" in sys.argv:
        for one in judged:
            for what, wrong in one.wrong.items():
                print(f"  {one.file}: {what}: {wrong}")
    _print_speed()


def _print_speed() -> None:
    pages = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
    described = [page for page in pages if b"application/ld+json" in page]
    kilobytes = sum(map(len, described)) / len(described) / 1_000
    with seldom_collected():  # as in an import
        whole = milliseconds(described, read)
        tree = milliseconds(described, lambda page: parsed(page.decode(errors="replace")))
    print(f"\n{len(described)} pages with JSON-LD, {kilobytes:,.0f} kB each:")
    print(f"  {1_000 / whole:,.0f} a second, {whole:.1f} ms each; {tree:.1f} of it is their tree")
