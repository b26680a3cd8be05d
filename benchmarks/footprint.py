"""What an engine holds in memory, opened in a process of its own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import peer_class
from benchmarks.queries import Query


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes, after every query was answered once.

    private: held by nobody else. proportional: with the process's part of what is shared, mapped
    files for example. before: private before the engine was opened, Python and Django themselves.
    """

    private: int
    proportional: int
    before: int


def footprint(name: str, folder: Path, queries: Sequence[Query]) -> Footprint:
    """Of this process, and of those that serve it, which a server may have."""
    before, _ = memory(os.getpid())
    peer = peer_class(name)(folder)
    for query in queries:
        peer.prepared(query.request)()
    held = [memory(process) for process in (os.getpid(), *peer.processes())]
    return Footprint(
        private=sum(private for private, _ in held),
        proportional=sum(proportional for _, proportional in held),
        before=before,
    )


def memory(process: int) -> tuple[int, int]:
    """Private and proportional bytes, as Linux accounts for them. Clean pages of mapped files are
    not private, even if nobody else maps them now: they are the kernel's to drop.
    """
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines)}
    private = kilobytes["Private_Dirty"]
    return private * 1024, kilobytes["Pss"] * 1024
