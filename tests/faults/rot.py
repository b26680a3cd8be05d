"""A file of the index is not what was written: bits flipped, cut short, emptied, zeroed in part,
lengthened, put in another's place, or gone.

Either nothing that is asked for changes, or searches say that there is no index to be trusted; and
starting again makes it right.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.faults.damage import cut_out, cut_short, flip_bits, repeat
from tests.faults.judge import Problem, found_by, problems
from tests.faults.scenarios import Scenario
from tests.faults.trial import Lab, Outcome

name, label, enough = "rot", "damaged index files", 1_000

FOUND = ("merge", "edit")
"""What the archive is like that is damaged: before these begin."""

Way = Callable[[Path, Random, list[Path]], None]


def cases(lab: Lab, random: Random) -> Iterator[str]:
    """`merge flipped 3 1234`: the third file of the index that `merge` begins with, in the order of
    folders, endings and sizes; the last number decides which bits."""
    found = [scenario for scenario in lab.scenarios if scenario.name in FOUND]
    while True:
        scenario = random.choice(found)
        lab.begin(scenario)
        number = random.randrange(len(files_of(lab)))
        yield f"{scenario.name} {random.choice(list(WAYS))} {number} {random.randrange(10_000)}"


def attempt(lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
    way, number, seed = words[0], int(words[1]), int(words[2])
    lab.begin(scenario)
    files = files_of(lab)
    before = files[number].read_bytes()
    WAYS[way](files[number], Random(seed), files)
    fired = not files[number].exists() or files[number].read_bytes() != before

    def look() -> Iterator[Problem]:
        with lab.planted():  # those who read are on trial here
            yield from problems(scenario, [], may_refuse=True)

    return Outcome(found_by(lab.ground, look), fired)


def files_of(lab: Lab) -> list[Path]:
    """What the index consists of, without its locks, which are empty."""
    index = lab.ground.data / "index"
    found = [path for path in index.rglob("*") if path.is_file() and path.stat().st_size]
    return sorted(found, key=lambda path: (path.parent, path.suffix, path.stat().st_size))


def rewritten(how: Callable[[bytes, Random], bytes]) -> Way:
    def way(path: Path, random: Random, files: list[Path]) -> None:
        path.write_bytes(how(path.read_bytes(), random))

    return way


def zero_part(data: bytes, random: Random) -> bytes:
    """As a disk does that lost a block."""
    start = random.randrange(len(data))
    end = min(len(data), start + random.choice((1, 64, 512, 4096)))
    return data[:start] + bytes(end - start) + data[end:]


def put_another_there(path: Path, random: Random, files: list[Path]) -> None:
    path.write_bytes(random.choice(files).read_bytes())


WAYS: dict[str, Way] = {
    "flipped": rewritten(flip_bits),
    "cut": rewritten(cut_short),
    "emptied": rewritten(lambda data, random: b""),
    "zeroed": rewritten(zero_part),
    "all-zero": rewritten(lambda data, random: bytes(len(data))),
    "less": rewritten(cut_out),
    "more": rewritten(repeat),
    "swapped": put_another_there,
    "gone": lambda path, random, files: path.unlink(),
}
