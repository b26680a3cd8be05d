"""The power goes at a random moment: what was not synced is gone, or part of it.

The archive lies on a file system of ours (`losing`), which is told before which of its changes to
stop. What it says would have survived is put on a real disk and judged there. A third of the cuts
keep nothing that was not synced, a third keep it up to a point, a third keep what they like.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from random import Random

from tests.faults.fuse import mounted, serve
from tests.faults.ground import Ended, Tell, empty
from tests.faults.losing import Keep, LosingFiles, PowerCut
from tests.faults.mounts import unmount
from tests.faults.scenarios import Scenario
from tests.faults.trial import Lab, Outcome, Unable

name, label, enough = "power", "power cuts", 200

KEEPING = ("nothing", "first", "some")


def cases(lab: Lab, random: Random) -> Iterator[str]:
    """`drain 57 some 1234`: cut before the 57th change, keeping some of what was not synced, which
    the last number decides. One cut in twenty comes when all is done."""
    while True:
        scenario = random.choice(lab.scenarios)
        changes = changes_of(lab, scenario)
        cut = random.randint(1, changes + changes // 20)
        yield f"{scenario.name} {cut} {random.choice(KEEPING)} {random.randrange(10_000)}"


def attempt(lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
    cut, keeping, seed = int(words[0]), words[1], int(words[2])
    ended, _ = unplugged(lab, scenario, cut, keeper(keeping, Random(seed)))
    if ended.how not in ("done", "hung"):  # however it ends without a disk under it
        ended = ended._replace(how="killed")
    return Outcome(lab.judged(scenario, ended))


def changes_of(lab: Lab, scenario: Scenario) -> int:
    """How often a scenario changes anything on its disk, when the power stays on."""

    def count() -> int:
        ended, changes = unplugged(lab, scenario, 0, keeper("nothing", Random(0)))
        if ended.how != "done":
            raise RuntimeError(f"{scenario.name} on a disk of ours: {ended.how}")
        return changes

    return lab.measure(f"changes of {scenario.name}", count)


def unplugged(lab: Lab, scenario: Scenario, cut: int, keep: Keep) -> tuple[Ended, int]:
    """Do it on a disk that loses power before its change number `cut`, or when all is done. The
    ground then has what survived. Returns how it ended, and how many changes there were.
    """
    lab.begin(scenario)
    ground = lab.ground
    survived = ground.folder / "survived"
    shutil.rmtree(survived, ignore_errors=True)

    def be_disk(tell: Tell) -> None:
        files = LosingFiles(ground.prepared(scenario.name), cut)
        device = mounted(ground.data)
        tell("mounted")
        with suppress(PowerCut):
            serve(device, files)
        os.close(device)
        files.survivors(survived, keep)
        tell(str(files.changes))

    disk = ground.child(be_disk)
    disk.go()
    if disk.hear() != "mounted":
        raise Unable(f"A file system of our own cannot be mounted: {disk.end().how}.")
    try:
        ended = ground.run(lab.work(scenario))
    finally:
        unmount(ground.data)
    cut_off = disk.end()
    if cut_off.how != "done":
        raise RuntimeError(f"The disk itself: {cut_off.how}\n{ground.log.read_text()[-3000:]}")
    empty(ground.data)
    shutil.copytree(survived, ground.data, dirs_exist_ok=True)
    return ended, int(cut_off.said[-1])


def keeper(keeping: str, random: Random) -> Keep:
    """What survives of a list of changes that were not synced."""
    if keeping == "first":
        return lambda changes: changes[: random.randint(0, len(changes))]
    if keeping == "some":
        return lambda changes: [change for change in changes if random.random() < 0.5]
    return lambda changes: []
