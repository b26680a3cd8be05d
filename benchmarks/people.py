"""How well and how fast people are found: full names on CoNLL-2003 testa (Reuters, 1996).

    python3 dev.py bench people [--errors]

A name counts once an article, compared by its key. Reads BACKFILE_SHARED (default ../shared).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.names import name_key  # noqa: E402
from archive.people import find_people  # noqa: E402

DATA = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared")) / "data"


def articles(file: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def full_names(names: list[str]) -> set[str]:
    return {name_key(name) for name in names if len(name.split()) > 1}


def mistakes() -> Iterator[tuple[str, str, str]]:
    """(right | wrong | missed, name, article) for every name found or to be found."""
    for article in articles("conll2003_testa.jsonl.gz"):
        truth = full_names(article["names"])
        found = full_names([person.name for person in find_people(article["body"])])
        for verdict, names in (
            ("right", truth & found),
            ("wrong", found - truth),
            ("missed", truth - found),
        ):
            yield from ((verdict, name, article["id"]) for name in sorted(names))


def articles_per_second() -> float:
    """Over the PolNeAR news articles, each as if it were of 4,600 characters; best of three."""
    bodies = [article["body"] for article in articles("polnear_quotes_train.jsonl.gz")]
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for body in bodies:
            find_people(body)
        best = max(best, sum(map(len, bodies)) / 4_600 / (time.process_time() - start))
    return best


def main() -> None:
    judged = list(mistakes())
    count = Counter(verdict for verdict, _, _ in judged)
    precision = count["right"] / (count["right"] + count["wrong"])
    recall = count["right"] / (count["right"] + count["missed"])
    print(
        f"CoNLL testa, full names: precision {precision:.1%}, recall {recall:.1%}, "
        f"F1 {2 * precision * recall / (precision + recall):.1%} "
        f"({count['right']} right, {count['wrong']} wrong, {count['missed']} missed)"
    )
    print(f"{articles_per_second():.0f} articles of 4,600 characters a second on one core")
    if "--errors" in sys.argv:
        for verdict in ("wrong", "missed"):
            print(
                f"\n{verdict}:", *(f"  {n} ({a})" for v, n, a in judged if v == verdict), sep="\n"
            )


if __name__ == "__main__":
    main()
