"""Do all engines give the same answers? What is compared is worth nothing otherwise."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.peers.base import Job, Peer
from benchmarks.queries import Query


def answers(peer: Peer, queries: Sequence[Query]) -> list[Job]:
    return [peer.job(peer.prepared(query.request)()) for query in queries]


def differences(jobs: Mapping[str, Sequence[Job]], queries: Sequence[Query]) -> Iterator[str]:
    """What each engine answers differently from the first, in words.

    jobs: the answer to each query, by the name of the engine.
    """
    (first, wanted), *others = jobs.items()
    for name, given in others:
        for query, ours, theirs in zip(queries, wanted, given, strict=True):
            for what, here, there in unequal(ours, theirs):
                yield f"{query}: {what} {here} in {first}, {there} in {name}"


def unequal(ours: Job, theirs: Job) -> Iterator[tuple[str, object, object]]:
    """Each part of the job that is not the same. Engines score differently, and differ in which of
    equally frequent people come last in the list; in nothing else."""
    if ours.total != theirs.total:
        yield "the total is", ours.total, theirs.total
    if ours.months != theirs.months:
        first = min(month for month, _ in ours.months.items() ^ theirs.months.items())
        yield f"in month {first} are", ours.months.get(first, 0), theirs.months.get(first, 0)
    if counts(ours) != counts(theirs):
        yield "the people's counts are", counts(ours), counts(theirs)
    elif certain(ours) != certain(theirs):
        yield "the people are", certain(ours) - certain(theirs), certain(theirs) - certain(ours)
    if len(ours.top) != len(theirs.top):
        yield "the best are", len(ours.top), len(theirs.top)


def counts(job: Job) -> list[int]:
    return [count for _, count in job.people]


def certain(job: Job) -> set[tuple[str, int]]:
    """The people of the list that no others could stand in for: more frequent than its last."""
    last = min(counts(job), default=0)
    return {(slug, count) for slug, count in job.people if count > last}
