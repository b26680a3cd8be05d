"""Do all engines give the same answer? What is compared is worth nothing otherwise."""

from collections.abc import Iterator, Sequence

from benchmarks.peers.base import Job, Peer
from benchmarks.queries import Query


def differences(peers: Sequence[Peer], queries: Sequence[Query]) -> Iterator[str]:
    """What each peer answers differently from the first, in words. Those that do not answer the
    whole job are passed over."""
    first, *others = [peer for peer in peers if peer.whole]
    for query in queries:
        wanted = answered(first, query)
        for peer in others:
            for what, ours, theirs in unequal(wanted, answered(peer, query)):
                yield f"{query}: {what} {ours} in {first.name}, {theirs} in {peer.name}"


def answered(peer: Peer, query: Query) -> Job:
    return peer.job(peer.prepared(query.request)())


def unequal(ours: Job, theirs: Job) -> Iterator[tuple[str, object, object]]:
    """Each part of the job that is not the same. Scores differ between engines, and so does which
    of equally frequent people come last in the list; everything else must not."""
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
    """The people of the list that are in it by right: more frequent than its last."""
    last = min(counts(job), default=0)
    return {(slug, count) for slug, count in job.people if count > last}
