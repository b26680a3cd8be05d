"""Facets, counted over arrays and in plain Python."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.document import Entry, IndexDocument
from search.engines.whoosh import bounded, counted, tally, values, write
from search.engines.whoosh.facets import facet_counts
from search.engines.whoosh.names import Names
from search.engines.whoosh.schema import LABEL
from search.engines.whoosh.snapshot import Snapshot
from search.language.words import fold
from search.request import Facet, FacetCount, FacetRequest
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import snapshot_of
from tests.search.whoosh.sets import Form, docset

ANN = Entry("ann", "Ann Vale")
RENAMED = Entry("ann", "Ann Vale-Roy")
PEOPLE = [
    *(ANN, RENAMED, Entry("ann", "Zoe Zander"), Entry("cy", "Cy O'Brien"), Entry("eva", "Éva Ö.")),
    *(Entry("ben", "Ben Roy"), Entry("ben-roy", "Ben Roy")),
    *(Entry(f"dot-{number}", f"Dot {number}") for number in range(10)),
]
LIKE = ["", "", "", "v", "Ann V", "roy", "ben-", "o'", "É", "zoe", "nobody"]
CHOOSABLE = ["ann", "ben", "cy", "eva", "nobody"]


@dataclass
class Archive:
    """Documents in several segments, and the ids of some of them."""

    batches: list[list[IndexDocument]]
    deleted: set[int]
    hidden: set[int]
    found: set[int]

    @classmethod
    def drawn(cls, random: Random, sizes: list[int], share: float) -> "Archive":
        """share: of some documents side by side in each segment, how many are found."""
        ids = count(1)
        batches, near = [], set()
        for size in sizes:
            carried = random.sample(PEOPLE, random.randint(1, len(PEOPLE)))
            batch = [article(next(ids), carried, random) for _ in range(size)]
            batches.append(batch)
            first = random.choice([0, size // 2, size // 2])
            near |= {one.id for one in batch[first : random.choice([size, size - first // 2])]}
        gone = random.choice([0.0, 0.1, 0.5])
        everything = [one.id for batch in batches for one in batch]
        deleted = {id for id in everything if random.random() < gone}
        hidden = {id for id in everything if random.random() < gone}
        found = {id for id in near - deleted - hidden if random.random() < share}
        return cls(batches, deleted, hidden, found)

    @property
    def live(self) -> list[IndexDocument]:
        return [one for batch in self.batches for one in batch if one.id not in self.deleted]


def article(id: int, people: list[Entry], random: Random) -> IndexDocument:
    """The first of the people are the most frequent."""
    drawn = [people[int(len(people) * random.random() ** 2)] for _ in range(random.randrange(4))]
    return document(id, people={entry.slug: entry for entry in drawn}.values())


ARCHIVES = st.builds(
    Archive.drawn,
    random=st.randoms(use_true_random=True),
    sizes=st.lists(st.sampled_from([0, 1, 5, 30, 150, 200, 300]), max_size=5),
    share=st.sampled_from([0.0, 0.05, 0.5, 0.9, 0.98, 1.0]),
)
REQUESTS = st.builds(
    FacetRequest,
    st.just(Facet.PERSON),
    limit=st.sampled_from([0, 1, 2, 3, 4, 20]),
    like=st.sampled_from(LIKE),
)
CHOSEN = st.lists(st.sampled_from(CHOOSABLE), max_size=3).map(tuple)


@contextmanager
def made(archive: Archive) -> Iterator[Snapshot]:
    with TemporaryDirectory() as folder:
        yield snapshot_of(Path(folder), *archive.batches, deleted=archive.deleted)


MEASURES = st.fixed_dictionaries(
    {
        "few": st.sampled_from([0, 0, 0, 40]),
        "many": st.sampled_from([1, 1, 10, 1000]),
        "likely": st.sampled_from([1, 100]),
        "per_value": st.sampled_from([0, 0, 100, 1500]),
    }
)


@contextmanager
def measures(few: int, many: int, likely: int, per_value: int) -> Iterator[None]:
    """What takes thousands of documents otherwise happens in small segments too."""
    with ExitStack() as patched:
        for room, name, value in (
            (write, "LARGE", 2),
            (write, "FREQUENT", 3),
            (values, "AT_A_TIME", 5),
            (tally, "FEW", few),
            (bounded, "MANY", many),
            (bounded, "PER_VALUE", per_value),
            (counted, "LIKELY", likely),
        ):
            patched.enter_context(patch.object(room, name, value))
        yield


def plainly(
    wanted: FacetRequest, chosen: tuple[str, ...], archive: Archive
) -> tuple[FacetCount, ...]:
    """`facet_counts`, one document after the other."""
    labels = plain_labels(archive.live)
    seen = {
        entry.slug for one in archive.live if one.id not in archive.hidden for entry in one.people
    }
    found = [one for one in archive.live if one.id in archive.found]
    counts = Counter(entry.slug for one in found for entry in one.people)

    def answered(slug: str) -> FacetCount:
        return FacetCount(
            slug, labels[slug] if slug in seen else slug, counts[slug], slug in chosen
        )

    def rank(value: FacetCount) -> tuple[int, str, str]:
        return -value.count, value.label, value.value

    alike = [answered(slug) for slug in counts if is_like(wanted.like, labels[slug], slug)]
    first = sorted(alike, key=rank)[: wanted.limit]
    return tuple(sorted({*first, *map(answered, chosen)}, key=rank))


def plain_labels(documents: Iterable[IndexDocument]) -> dict[str, str]:
    """For each slug the label that most documents carry; of two equals the last by letters."""
    carried = Counter((entry.slug, entry.name) for one in documents for entry in one.people)
    ordered = sorted(carried, key=lambda name: (carried[name], name))
    return dict(ordered)


def is_like(like: str, label: str, slug: str) -> bool:
    start = fold(like).strip()
    at_word_start = re.compile(rf"(?<!\w){re.escape(start)}")
    return bool(at_word_start.search(fold(label)) or at_word_start.search(slug))


@given(
    ARCHIVES,
    st.sampled_from([*Form, Form.NARROW]),
    st.lists(st.tuples(REQUESTS, CHOSEN), min_size=3, max_size=8),
    MEASURES,
)
@settings(deadline=None, max_examples=300)
def test_facets_count_what_plain_python_counts(
    archive: Archive,
    form: Form,
    requests: list[tuple[FacetRequest, tuple[str, ...]]],
    sizes: dict[str, int],
) -> None:
    with measures(**sizes), made(archive) as snapshot:
        found = [
            docset(np.isin(part.arrays.ids, list(archive.found)), form) for part in snapshot.parts
        ]
        unseen = [part.arrays.holding(archive.hidden) for part in snapshot.parts]
        people = snapshot.values(Facet.PERSON)
        for wanted, chosen in requests:
            answered = facet_counts(wanted, chosen, people, found, unseen)
            assert answered == plainly(wanted, chosen, archive)


def test_a_value_no_more_frequent_than_the_last_counts_may_come_before_it_by_name() -> None:
    zoe = [document(id, people=[Entry("zoe", "Zoe")]) for id in range(3)]
    ann = [document(id, people=[Entry("ann", "Ann")]) for id in range(3, 5)]
    archive = Archive([[*zoe, *ann]], deleted=set(), hidden=set(), found={1, 2, 3, 4})
    with measures(few=0, many=1, likely=1, per_value=0), made(archive) as snapshot:
        found = [docset(np.isin(snapshot.parts[0].arrays.ids, [1, 2, 3, 4]), Form.ROW)]
        wanted = FacetRequest(Facet.PERSON, limit=1)
        answered = facet_counts(wanted, (), snapshot.values(Facet.PERSON), found)
    assert answered == (FacetCount("ann", "Ann", 2),)


TEXTS = st.text(st.sampled_from("aAbé -'.(_9\x00\x1c\u00df\u0301🙂"), max_size=8)


@given(
    st.lists(st.tuples(TEXTS, TEXTS), unique_by=lambda name: name[1]),
    st.lists(TEXTS, min_size=1, max_size=10),
)
@example([("Ann Vale", "ann-vale"), ("Ben Duval", "ben-duval")], ["val", "VÁL", "ann v", "ann-v"])
def test_values_are_like_the_beginning_of_any_word(
    named: list[tuple[str, str]], likes: list[str]
) -> None:
    slugs = [slug.replace(LABEL, "") for _, slug in named]
    names = Names([(label, slug) for (label, _), slug in zip(named, slugs, strict=True)])
    for start in filter(None, (fold(like).strip() for like in likes)):
        alike = {
            number
            for number, (label, _) in enumerate(named)
            if is_like(start, label, slugs[number])
        }
        assert set(names.beginning(start).tolist()) == alike
