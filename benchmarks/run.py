"""One run: build what is not there, see that all agree, race, report."""

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from archive.progress import meter
from benchmarks import options, report
from benchmarks.agreement import answered, differences
from benchmarks.corpus import Corpus
from benchmarks.figures import Figures
from benchmarks.footprint import footprint
from benchmarks.fresh import in_fresh_process
from benchmarks.kept import Kept, say
from benchmarks.options import Options
from benchmarks.peers import peer_class
from benchmarks.peers.base import Peer, Unavailable
from benchmarks.queries import Query, sixty
from benchmarks.rounds import Runner, race
from benchmarks.sentences import real_sentences


class DisagreementError(Exception):
    """Engines answer a query differently, so their times cannot be compared."""


def main() -> int:
    wanted = options.read()
    console = Console()
    try:
        with ExitStack() as stack:
            folder = wanted.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            figures = run(wanted, folder, console)
    except DisagreementError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. What was built is kept only with --keep.")
        return 130
    if wanted.json:
        wanted.json.write_text(json.dumps(figures.as_json(), indent=2), encoding="utf-8")
    return 0


def run(wanted: Options, folder: Path, console: Console) -> Figures:
    corpus = Corpus(wanted.documents, real_sentences())
    console.print(f"{wanted.documents:,} articles from the sentences of {corpus.sentences.source}.")
    queries = sixty(corpus)
    kept = Kept(folder, corpus)
    classes = available(wanted.peers)
    built = {one.name: kept.built(one, again=one.name in wanted.rebuild) for one in classes}
    held = {
        one.name: in_fresh_process(footprint, one.name, kept.folder(one), queries)
        for one in classes
    }
    peers = [one(kept.folder(one)) for one in classes]
    check(peers, queries, console)
    runners = raced(peers, queries, wanted, console)
    figures = Figures(
        documents=wanted.documents,
        queries=queries,
        found=[answered(peers[0], query).total for query in queries],
        times={runner.peer.name: runner.medians() for runner in runners},
        built=built,
        held=held,
    )
    console.print(report.speed(figures), report.costs(figures))
    return figures


def available(names: Sequence[str]) -> list[type[Peer]]:
    """Those that can run here; of the others it is said why not."""
    found = []
    for name in names:
        try:
            found.append(peer_class(name))
        except Unavailable as reason:
            say(f"Without {name}: {reason}")
    return found


def check(peers: Sequence[Peer], queries: Sequence[Query], console: Console) -> None:
    """Raises DisagreementError, which names every query and engine."""
    if differing := list(differences(peers, queries)):
        raise DisagreementError("\n".join(["The engines disagree.", *differing]))
    console.print(
        f"All agree on totals, people and months of {len(queries)} queries: "
        + ", ".join(peer.name for peer in peers if peer.whole)
        + "."
    )


def raced(
    peers: Sequence[Peer], queries: Sequence[Query], wanted: Options, console: Console
) -> list[Runner]:
    runners = [Runner(peer, queries) for peer in peers]
    with meter("Racing", say) as shown:
        race(runners, wanted.rounds, wanted.patience, shown)
    rounds = ", ".join(f"{runner.peer.name} {runner.rounds}" for runner in runners)
    load = os.getloadavg()[0]
    console.print(
        f"Rounds: {rounds}. One thread each; load average of the machine {load:.1f} "
        f"with {os.cpu_count()} processors."
    )
    return runners
