"""One run: build what is not there, see that all agree, race, report."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from rich.console import Console

from archive.progress import meter
from benchmarks import options, report
from benchmarks.agreement import answers, differences
from benchmarks.cold import Cold, cold
from benchmarks.corpus import Corpus
from benchmarks.editing import Edit, edits
from benchmarks.figures import Figures
from benchmarks.footprint import footprint
from benchmarks.fresh import in_fresh_process
from benchmarks.kept import Kept, indexes, say
from benchmarks.options import Options
from benchmarks.peers import peer_class
from benchmarks.peers.base import Peer, Unavailable
from benchmarks.queries import Query, sixty
from benchmarks.rounds import Runner, race
from benchmarks.sentences import real_sentences

WIDTH = 170
"""Characters of a line where there is no terminal that says how many it has."""

EDITS = 20

Peers = Sequence[type[Peer]]
Queries = Sequence[Query]


class DisagreementError(Exception):
    """Engines answer a query differently, so their times cannot be compared."""


def main(arguments: list[str] | None = None) -> int:
    """The exit status."""
    wanted = options.read(arguments)
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    try:
        figures = run(wanted, console)
    except DisagreementError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. With --keep, the indexes that are complete need not be built again.")
        return 130
    console.print(*report.tables(figures))
    if wanted.json:
        wanted.json.write_text(json.dumps(figures.as_json(), indent=2) + "\n", encoding="utf-8")
    return 0


def run(wanted: Options, console: Console) -> Figures:
    """Raises DisagreementError."""
    corpus = Corpus(wanted.documents, real_sentences())
    console.print(f"{corpus.size:,} articles from the sentences of {corpus.sentences.source}.")
    queries = sixty(corpus)
    peers = available(wanted.peers)
    with indexes(wanted.keep, corpus, peers) as kept:
        built = {peer.name: kept.built(peer, again=peer.name in wanted.rebuild) for peer in peers}
        held = {
            peer.name: in_fresh_process(footprint, peer.name, kept.folder(peer), queries)
            for peer in peers
        }
        # Before this process has the files mapped, or they could not be dropped from memory.
        colds = cold_ones(peers, kept, queries) if wanted.cold else {}
        edit = edited(corpus, kept) if wanted.cold else None
        with opened(peers, kept) as ready:
            found = agreed(ready, queries, console)
            runners = raced(ready, queries, wanted, console)
    times = {runner.peer.name: runner.times() for runner in runners}
    return Figures(corpus.size, queries, found, times, built, held, colds, edit)


def available(names: Sequence[str]) -> Peers:
    """Those that can run here; of the others it is said why not."""
    found = []
    for name in names:
        try:
            found.append(peer_class(name))
        except Unavailable as reason:
            say(f"Without {name}: {reason}")
    return found


@contextmanager
def opened(peers: Peers, kept: Kept) -> Iterator[list[Peer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(peer(kept.folder(peer)))) for peer in peers]


def agreed(peers: Sequence[Peer], queries: Queries, console: Console) -> list[int]:
    """The totals of all queries. Raises DisagreementError, which names queries and engines."""
    whole = [peer for peer in peers if peer.whole]
    jobs = {}
    with meter("Comparing answers", say) as shown:
        for number, peer in enumerate(whole, start=1):
            jobs[peer.name] = answers(peer, queries)
            shown.show(number, len(whole), number * len(queries))
    if differing := list(differences(jobs, queries)):
        raise DisagreementError("\n".join(["The engines disagree.", *differing]))
    names = ", ".join(jobs)
    console.print(f"Totals, people and months of all {len(queries)} queries are equal in {names}.")
    return [job.total for job in jobs[peers[0].name]]


def raced(
    peers: Sequence[Peer], queries: Queries, wanted: Options, console: Console
) -> list[Runner]:
    runners = [Runner(peer, queries) for peer in peers]
    with meter("Racing", say) as shown:
        race(runners, len(queries), wanted.rounds, wanted.patience, shown)
    rounds = ", ".join(f"{runner.peer.name} {runner.rounds}" for runner in runners)
    console.print(
        f"Rounds: {rounds}. One thread each. The machine has {os.cpu_count()} processors "
        f"and a load average of {os.getloadavg()[0]:.1f}, this run's 1 included."
    )
    return runners


def cold_ones(peers: Peers, kept: Kept, queries: Queries) -> dict[str, tuple[Cold, Cold]]:
    """By name: from memory and from disk, each in a fresh process."""

    def measured(peer: type[Peer], from_disk: bool) -> Cold:
        return in_fresh_process(cold, peer.name, kept.folder(peer), queries, from_disk=from_disk)

    whole = (peer for peer in peers if peer.whole)
    return {peer.name: (measured(peer, False), measured(peer, True)) for peer in whole}


def edited(corpus: Corpus, kept: Kept) -> Edit:
    """Of articles from all over the corpus."""
    every = max(corpus.size // EDITS, 1)
    ids = range(1, corpus.size + 1, every)[:EDITS]
    documents = [document for id in ids for document in corpus.between(id, id + 1)]
    return in_fresh_process(edits, kept.folder(peer_class("backfile")), documents)
