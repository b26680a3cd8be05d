"""Xapian (C++), through Debian's python3-xapian. What was tried and what it was tuned by:

- Compacted after building, every term added with its position, filters as boolean terms.
- One pass: the best 20 with everything counted on the way by match spies, which are Xapian's own
  means and take nine tenths of the time. A spy counts one value of a document, so people have a
  slot each (six at most), and the counts of the slots are added up here.
- Reading all that the spies counted takes longer than the counting, so only the most frequent
  values of each slot are read: as many as prove who the first 20 are.
- A beginning of a word expands to an unranked OR, dates are a range over values.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.analysed import EPOCH, Analysed, analysed
from benchmarks.corpus import PEOPLE_SHARES
from benchmarks.names import number_of_person, number_of_section, people
from benchmarks.peers.base import Articles, Job, Peer, stems_of
from search.language import tree
from search.request import SearchRequest

DEBIAN = Path("/usr/lib/python3/dist-packages/xapian")
"""Where Debian puts it; no package index has it."""


def imported() -> ModuleType:
    """The module, without the rest of Debian's packages. Raises ImportError, also where Debian's
    Python is another version than this one."""
    spec = spec_from_file_location("xapian", DEBIAN / "__init__.py")
    if spec is None or spec.loader is None or not DEBIAN.exists():
        raise ImportError("Debian's python3-xapian is not installed")
    module = module_from_spec(spec)
    sys.modules["xapian"] = module
    spec.loader.exec_module(module)
    return module


xapian: Any = imported()

DAY, MONTH, PERSON = 0, 1, 2
"""Slots of values; PERSON is the first of those for people."""

PERSONS = range(PERSON, PERSON + len(PEOPLE_SHARES) - 1)

DEPTH = 500
"""Values of a slot that are read first. It is nearly always enough."""

Counts = list[tuple[bytes, int]]
Answer = tuple[list[int], int, Counts, Counts]
"""The ids of the best, the total, the months and the people."""


class Xapian(Peer):
    name = "xapian"
    index = "xapian"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        loose = str(folder / "loose")
        writer = xapian.WritableDatabase(loose, xapian.DB_CREATE)
        for article in analysed(documents):
            writer.replace_document(article.id, document_of(article))
        writer.commit()
        writer.close()
        xapian.Database(loose).compact(str(folder / "compact"))
        shutil.rmtree(loose)

    def __init__(self, folder: Path) -> None:
        self.database = xapian.Database(str(folder / "compact"))

    def close(self) -> None:
        self.database.close()

    def prepared(self, request: SearchRequest) -> Callable[[], Answer]:
        query, everything = compiled(request), self.database.get_doccount()
        scored = not isinstance(request.query.tree, tree.Everything | tree.Prefix)

        def job() -> Answer:
            enquire = xapian.Enquire(self.database)
            enquire.set_docid_order(xapian.Enquire.DONT_CARE)
            enquire.set_query(query)
            if not scored:
                enquire.set_weighting_scheme(xapian.BoolWeight())
            spies = [xapian.ValueCountMatchSpy(slot) for slot in (MONTH, *PERSONS)]
            for spy in spies:
                enquire.add_matchspy(spy)
            found = enquire.get_mset(0, request.limit, everything)
            months, *slots = spies
            return (
                [match.docid for match in found],
                found.get_matches_estimated(),
                [(it.term, it.termfreq) for it in months.values()],
                most_frequent(slots, 20),
            )

        return job

    def job(self, answer: Answer) -> Job:
        best, total, months, named = answer
        return Job(
            total=total,
            people=tuple((people()[int(one)].slug, count) for one, count in named),
            months={int(month): count for month, count in months},
            top=tuple(best),
        )


def most_frequent(spies: list[Any], size: int) -> Counts:
    """The values that are most frequent in all slots together, exactly."""
    depth = DEPTH
    while True:
        slots = [{it.term: it.termfreq for it in spy.top_values(depth)} for spy in spies]
        if (best := proven(slots, depth, size)) is not None:
            return best
        depth *= 4


def proven(slots: list[dict[bytes, int]], depth: int, size: int) -> Counts | None:
    """As `most_frequent`, of the `depth` most frequent values of each slot, if they prove it."""
    unlisted = [min(slot.values()) if len(slot) == depth else 0 for slot in slots]
    sums = Counter[bytes]()
    for slot in slots:
        sums.update(slot)

    def missing(value: bytes) -> int:
        """How much more than its sum a value may have."""
        return sum(most for slot, most in zip(slots, unlisted, strict=True) if value not in slot)

    best = sums.most_common(size)
    last = best[-1][1] if len(best) == size else 0
    others = (sums.keys() - dict(best).keys()) if any(unlisted) else ()
    known = not any(missing(value) for value, _ in best)
    beaten = sum(unlisted) <= last and all(sums[value] + missing(value) <= last for value in others)
    return best if known and beaten else None


def document_of(article: Analysed) -> Any:
    """A stem has the prefix T, a word W, a person P, a section S."""
    document = xapian.Document()
    for position, stem in enumerate(article.text.split()):
        document.add_posting(f"T{stem}", position)
    for word in article.words.split():
        document.add_boolean_term(f"W{word}")
    document.add_boolean_term(f"S{article.section}")
    document.add_value(DAY, xapian.sortable_serialise(article.day))
    document.add_value(MONTH, str(article.month))
    for slot, person in zip(PERSONS, article.people, strict=False):
        document.add_boolean_term(f"P{person}")
        document.add_value(slot, str(person))
    return document


def compiled(request: SearchRequest) -> Any:
    query = words(request.query.tree)
    for part in filters(request):
        query = xapian.Query(xapian.Query.OP_FILTER, query, part)
    return query


def filters(request: SearchRequest) -> Iterable[Any]:
    for slug in request.people:
        yield xapian.Query(f"P{number_of_person()[slug]}")
    for slug in request.sections:
        yield xapian.Query(f"S{number_of_section()[slug]}")
    if request.start and request.end:
        days = [
            xapian.sortable_serialise(day.toordinal() - EPOCH)
            for day in (request.start, request.end)
        ]
        yield xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, *days)


def words(node: tree.Node) -> Any:
    match node:
        case tree.Everything():
            return xapian.Query.MatchAll
        case tree.Word(text) | tree.Phrase(text):
            terms = [f"T{stem}" for stem in stems_of(text)]
            return xapian.Query(xapian.Query.OP_PHRASE, terms)
        case tree.Prefix(text):
            unlimited = 0
            return xapian.Query(
                xapian.Query.OP_WILDCARD,
                f"W{text}",
                unlimited,
                xapian.Query.WILDCARD_LIMIT_ERROR,
                xapian.Query.OP_OR,
            )
        case tree.And(parts):
            return xapian.Query(xapian.Query.OP_AND, [words(part) for part in parts])
        case tree.Or(parts):
            return xapian.Query(xapian.Query.OP_OR, [words(part) for part in parts])
    raise NotImplementedError(node)


ENGINE = Xapian
