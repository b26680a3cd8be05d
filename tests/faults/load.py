"""A newsroom at work: eight editors save, an import runs, readers search at half of what the server
can answer. Nothing is lost, no error is seen, what was saved is soon found, and readers hardly
notice.

    python3 dev.py faults load [--minutes 10] [--seed S] [--documents 20000] [--keep FOLDER]
        [--sync worker|inline] [--pause 10] [--server "--threads 16"] [--correct-only]

A server as `docs/operations.md` has it run, on a copy of an archive. Readers are timed twice:
alone, then with all others. What this program takes itself is said, for it runs on the same
processors.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

from tests.faults.archives import archive_of, ordinary_searches
from tests.faults.asked import Asked
from tests.faults.editors import PASSWORD, Editor, Saved
from tests.faults.importing import Imports, manage
from tests.faults.readers import Readers, capacity, percentile, read_openly
from tests.faults.served import SERVER, Server, gunicorn, running

EDITORS = 8
OF_EDITORS = 1_600
"""Articles that editors work on, the first of the archive, each with their own."""

LONGEST_LAG = 5.0
TIMES_SLOWER = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked for, and where it happens. seconds: of each of the two times."""

    folder: Path
    documents: int
    seconds: float
    pause: float
    seed: int
    server: str
    is_worker: bool

    def random(self, what: str) -> Random:
        return Random(f"{self.seed} {what}")


class Mixed(NamedTuple):
    """What became of the second time."""

    readers: Readers
    editors: list[Editor]
    imported: int
    problems: list[str]

    @property
    def saved(self) -> list[Saved]:
        return [saved for editor in self.editors for saved in editor.saved]


def main(arguments: list[str]) -> int:
    options = read(arguments)
    with ExitStack() as stack:
        kept = stack.enter_context(
            archive_of(options.documents, options.keep, SEARCH_SYNC=options.sync)
        )
        pages = ordinary_searches(options.documents)
        folder = stack.enter_context(copied(kept))
        run = Run(
            folder,
            options.documents,
            60 * options.minutes,
            options.pause,
            options.seed,
            options.server,
            options.sync == "worker",
        )
        return try_out(run, pages, is_timed=not options.correct_only)


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults load", description=__doc__)
    add = parser.add_argument
    add("--minutes", type=float, default=10, help="of each of the two times (10)")
    add("--seed", type=int, default=int(time.time()))
    add("--documents", type=int, default=20_000, metavar="N", help="articles (20,000)")
    add("--keep", type=Path, metavar="FOLDER", help="keep the archive there for the next run")
    add("--sync", choices=("worker", "inline"), default="worker", help="who writes the index")
    add("--pause", type=float, default=10, help="seconds between two saves of an editor (10)")
    add("--server", default=SERVER, metavar="OPTIONS", help=f"gunicorn's ({SERVER})")
    add("--correct-only", action="store_true", help="judge what happens, not how fast")
    return parser.parse_args(arguments)


def try_out(run: Run, pages: Sequence[Asked], *, is_timed: bool) -> int:
    with working(run) as (server, logs):
        for page in pages:  # so that all is read from the disk, and the server has begun
            server.door.ask(page)
        most = capacity(server.door, pages, min(run.seconds, 30), run.random("capacity"))
        alone = read_openly(server.door, pages, most / 2, run.seconds, run.random("alone"))
        worked = time.process_time()
        mixed = all_at_once(run, server, pages, most / 2)
        share = (time.process_time() - worked) / run.seconds
        mixed.problems.extend(settled(mixed, run))
    mixed.problems.extend(complaints(logs))
    show(run, most, alone, mixed, share)
    return verdict(run.seed, alone, mixed, is_timed=is_timed)


@contextmanager
def working(run: Run) -> Iterator[tuple[Server, list[Path]]]:
    """The server and, if that is asked for, the worker; with the files that they complain to."""
    logs = [run.folder / "web.log", run.folder / "worker.log"]
    with ExitStack() as stack:
        web, worker = (stack.enter_context(log.open("wb")) for log in logs)
        if run.is_worker:
            stack.enter_context(running("manage.py", "index_worker", log=worker.fileno()))
        server = stack.enter_context(gunicorn(run.server, web.fileno()))
        yield server, [*logs, run.folder / "import.log"]


def all_at_once(run: Run, server: Server, pages: Sequence[Asked], rate: float) -> Mixed:
    make_editors()
    own = min(OF_EDITORS, run.documents)
    editors = [
        Editor(
            server.port, f"editor{number}", range(number + 1, own, EDITORS), run.random(f"{number}")
        )
        for number in range(EDITORS)
    ]
    for editor in editors:  # before the clock runs: passwords are made to take long
        editor.sign_in()
    until = time.monotonic() + run.seconds
    stop = Event()
    imports = Imports(run.folder, run.documents, stop)
    with ThreadPoolExecutor(EDITORS) as desk:
        imports.start()
        for editor in editors:
            desk.submit(editor.work, until, run.pause)
        readers = read_openly(server.door, pages, rate, run.seconds, run.random("mixed"))
        stop.set()
    imports.join()
    broken = [f"{asked.address[:80]}: {answered}" for asked, answered in readers.broken]
    troubles = [trouble for editor in editors for trouble in editor.troubles]
    return Mixed(readers, editors, imports.count, [*broken, *troubles, *imports.problems])


@contextmanager
def copied(kept: Path) -> Iterator[Path]:
    """A copy of the archive, which is what this process and its children work on from now on."""
    from django.db import connection

    connection.close()
    with tempfile.TemporaryDirectory(prefix="backfile-load-") as passing:
        folder = Path(passing) / "data"
        shutil.copytree(kept, folder)
        connection.settings_dict["NAME"] = folder / "backfile.sqlite3"
        os.environ["BACKFILE_DATA"] = str(folder)
        yield folder


def make_editors() -> None:
    from django.contrib.auth.models import User

    from archive.management.commands.make_editor import make_editor
    from archive.rights import Role

    User.objects.filter(username__startswith="editor").delete()
    for number in range(EDITORS):
        make_editor(f"editor{number}", PASSWORD, Role.EDITOR)


def settled(mixed: Mixed, run: Run) -> Iterator[str]:
    """What is wrong once everything has come to rest: saves and imports that are not in the
    archive, and where the index says something else."""
    from archive.models import Article

    last = {saved.article: saved.word for saved in mixed.saved}
    for article in Article.objects.filter(pk__in=last):
        if not article.headline.endswith(last[article.pk]):
            yield f"article {article.pk} was saved and has lost it"
    lost = [saved for saved in mixed.saved if saved.lag == float("inf")]
    yield from (f"article {saved.article} was saved and never found" for saved in lost)
    imported = Article.objects.filter(external_id__startswith="load-").count()
    if imported != mixed.imported:
        yield f"{mixed.imported} articles were imported, and {imported} are there"
    for command in (["index_worker", "--once"], ["verify_index", "--dry-run"]):
        done = manage(*command, capture_output=True)
        if done.returncode:
            yield f"{command[0]}: {done.stdout[-300:]!r} {done.stderr[-300:]!r}"


def complaints(logs: Sequence[Path]) -> Iterator[str]:
    """What the processes said that should not have been said."""
    for log in logs:
        for line in log.read_text(errors="replace").splitlines() if log.exists() else ():
            if "locked" in line or "Error" in line or '"level": "ERROR"' in line:
                yield f"{log.name}: {line[:300]}"


def show(run: Run, most: float, alone: Readers, mixed: Mixed, share: float) -> None:
    saves, lags = ([saved[at] for saved in mixed.saved] for at in (2, 3))
    print(f"\n{'milliseconds':>28} {'number':>8} {'median':>8} {'p99':>8} {'longest':>8}")
    for name, seconds in (
        ("reading, alone", alone.seconds),
        ("reading, with all others", mixed.readers.seconds),
        ("saving", saves),
        ("from a save to being found", lags),
    ):
        few = [1e3 * percentile(seconds, rank) for rank in (50, 99, 100)]
        print(f"{name:>28} {len(seconds):8,} " + " ".join(f"{value:8,.0f}" for value in few))
    print(
        f"{run.documents:,} articles, {'a worker' if run.is_worker else 'inline'}, gunicorn "
        f"{run.server}; the server can "
        f"answer {most:.0f} searches a second, readers asked for half; {mixed.imported:,} articles "
        f"imported meanwhile. This program took {share:.0%} of a processor. "
        f"Load average {os.getloadavg()[0]:.1f} on {os.cpu_count()}."
    )


def verdict(seed: int, alone: Readers, mixed: Mixed, *, is_timed: bool) -> int:
    slower = percentile(mixed.readers.seconds, 99) / percentile(alone.seconds, 99)
    lag = percentile([saved.lag for saved in mixed.saved], 99)
    is_quick = slower <= TIMES_SLOWER and lag < LONGEST_LAG
    holds = bool(mixed.saved) and not mixed.problems and (is_quick or not is_timed)
    for problem in mixed.problems[:20]:
        print(problem)
    print(
        f"seed {seed}: {len(mixed.readers.seconds):,} searches, {len(mixed.saved):,} saves, "
        f"{mixed.imported:,} imported: {len(mixed.problems)} problems; index lag p99 {lag:.1f} s, "
        f"read p99 {slower:.1f} times the read-only one: {'holds' if holds else 'DOES NOT HOLD'}."
    )
    return 0 if holds else 1
