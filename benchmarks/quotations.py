"""How well and how fast quotations find their speakers: PolNeAR, US news of 2015 and 2016.

    python3 dev.py bench people [--errors]

A quotation counts where it overlaps an annotated one that has a speaker. Its speaker is right where
the words for the speaker, or the person they were understood to mean, share a word with those of
the annotation that is more than a title; an annotated pronoun asks for the same pronoun. (Whom a
pronoun means is not annotated.) Reads BACKFILE_SHARED (default ../shared).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.people import find_people  # noqa: E402
from archive.quotations import FoundQuotation, find_quotations  # noqa: E402

DATA = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared")) / "data"
PRONOUNS = {"he", "she", "they", "we", "i", "it", "who", "which", "him", "her", "his"}
_SAYS_NOTHING = frozenset(
    ["the", "a", "an", "of", "in", "and", "for", "to", "mr", "mrs", "dr", "sen", "former", "said"]
)
SHOWN = 50


class Judged(NamedTuple):
    """right | wrong | blank | missed: the speaker is, is not, is left blank; no such quotation."""

    verdict: str
    truth: str
    found: FoundQuotation | None
    context: str


def judged(data: Path = DATA) -> Iterator[Judged]:
    """Every annotated quotation that has a speaker."""
    for article in articles(data):
        body = article["body"]
        found = find_quotations(body, find_people(body))
        for truth in article["quotes"]:
            if truth["speaker"]:
                one = _overlapping(found, truth["start"], truth["end"])
                context = body[max(0, truth["start"] - 100) : truth["end"] + 60]
                yield Judged(_verdict(truth["speaker"], one), truth["speaker"], one, context)


def articles(data: Path = DATA) -> list[dict[str, Any]]:
    with gzip.open(data / "polnear_quotes_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _overlapping(found: list[FoundQuotation], start: int, end: int) -> FoundQuotation | None:
    shared = [(min(one.end, end) - max(one.start, start), at) for at, one in enumerate(found)]
    most, at = max(shared, default=(0, 0))
    return found[at] if most > 0 else None


def _verdict(truth: str, found: FoundQuotation | None) -> str:
    if found is None or not found.surface:
        return "blank" if found else "missed"
    if truth.lower() == found.surface.lower():
        return "right"
    if truth.lower() in PRONOUNS:
        return "wrong"
    return "right" if _words(truth) & _words(f"{found.surface} {found.speaker}") else "wrong"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"[’']s\b", "", text.lower()))) - _SAYS_NOTHING


def articles_per_second() -> float:
    """People and quotations, each article as if it were of 4,600 characters; best of three."""
    bodies = [article["body"] for article in articles()]
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for body in bodies:
            find_quotations(body, find_people(body))
        best = max(best, sum(map(len, bodies)) / 4_600 / (time.process_time() - start))
    return best


def peak_megabytes() -> float:
    """What this whole process took at most: Python, the word lists and the articles with it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    all_of_them = list(judged())
    count = Counter(one.verdict for one in all_of_them)
    told = count["right"] + count["wrong"]
    print(
        f"PolNeAR, {count.total()} quotations with a speaker: attributed {told / count.total():.1%}"
        f" ({told}), right in {count['right'] / told:.1%} of those, overall "
        f"{count['right'] / count.total():.1%} ({count['right']} right, {count['wrong']} wrong, "
        f"{count['blank']} blank, {count['missed']} not found)"
    )
    print(
        f"{articles_per_second():.0f} articles of 4,600 characters a second on one core, people "
        f"and quotations; {peak_megabytes():.0f} MB in all"
    )
    if "--errors" in sys.argv:
        wrong = [one for one in all_of_them if one.verdict == "wrong"]
        for one in wrong[:SHOWN]:
            got = one.found and f"{one.found.surface} ({one.found.speaker or 'nobody'})"
            print(f"\n{one.truth} | found: {got}\n  {one.context!r}")


if __name__ == "__main__":
    main()
