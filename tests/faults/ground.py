"""Where faults are tried: one archive in a folder, and processes that work on it and may die.

The process that judges never opens the archive itself. It forks: a child that is killed, starved or
unplugged takes nothing with it, and the next one sees only what the disk has.
"""

import os
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Tell = Callable[[str], None]
Work = Callable[[Tell], None]

PATIENCE = 90.0
"""Seconds after which a child counts as hung, and is killed."""


class Ended(NamedTuple):
    """What a child said, line by line, and how it came to its end: `done`, `raised …`, `killed`
    (or what other signal ended it), or `hung`."""

    said: list[str]
    how: str


class Child:
    """A forked process which waits for `go`, then works. What it `tell`s reaches us at once."""

    def __init__(self, work: Work, log: Path) -> None:
        gate, self._gate = os.pipe()
        self._said, said = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _live(work, gate, said, log)
        os.close(gate)
        os.close(said)

    def go(self) -> None:
        os.write(self._gate, b"!")
        os.close(self._gate)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def hear(self) -> str:
        """The next line it says; "" if it ends without one."""
        line = b""
        while not line.endswith(b"\n") and (more := os.read(self._said, 1)):
            line += more
        return line.decode().strip()

    def end(self, patience: float = PATIENCE) -> Ended:
        """Wait for its end."""
        heard, hung = self._listen(time.monotonic() + patience)
        if hung:
            self.kill()
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self._said)
        said = heard.decode().splitlines()
        if hung:
            return Ended(said, "hung")
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            name = "killed" if number == signal.SIGKILL else signal.Signals(number).name
            return Ended(said, name)
        return Ended(said[:-1], said[-1]) if said else Ended([], "raised and could not say what")

    def _listen(self, until: float) -> tuple[bytes, bool]:
        """What it says up to its end; and whether `until` came before that."""
        heard = b""
        while (left := until - time.monotonic()) > 0:
            if not select.select([self._said], [], [], left)[0]:
                break
            if not (more := os.read(self._said, 65536)):
                return heard, False
            heard += more
        return heard, True


class Ground:
    """An archive that is begun anew for each trial, from what was prepared once.

    data: BACKFILE_DATA of this process and all its children.
    """

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self.log = folder / "log"
        self._prepared = folder / "prepared"

    def child(self, work: Work) -> Child:
        return Child(work, self.log)

    def run(self, work: Work) -> Ended:
        """Have a child do it, to the end."""
        child = self.child(work)
        child.go()
        return child.end()

    def prepare(self, name: str, work: Work, after: str = "") -> None:
        """Keep what an archive is like when this has been done, `after` something else."""
        self.lay_out(after)
        ended = self.run(work)
        if ended.how != "done":
            raise RuntimeError(f"{name}: {ended.how}\n{self.log.read_text()[-2000:]}")
        self.keep(self._prepared / name)

    def is_prepared(self, name: str) -> bool:
        return (self._prepared / name).exists()

    def prepared(self, name: str) -> Path:
        return self._prepared / name

    def lay_out(self, name: str = "") -> None:
        """Make the archive what was prepared under this name; empty without one."""
        empty(self.data)
        if name:
            shutil.copytree(self._prepared / name, self.data, dirs_exist_ok=True)

    def keep(self, path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.data, path)


def empty(folder: Path) -> None:
    """Remove what is in it; the folder itself may be a mounted one."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _live(work: Work, gate: int, said: int, log: Path) -> None:
    """The child's whole life. Never returns."""
    try:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(output, 1)
        os.dup2(output, 2)

        def tell(line: str) -> None:
            os.write(said, f"{line}\n".encode())

        if os.read(gate, 1):  # nothing comes if our parent has died
            try:
                work(tell)
                tell("done")
            except BaseException as error:  # noqa: BLE001  a fault may surface as anything
                tell(f"raised {type(error).__name__}: {error}".replace("\n", " "))
                traceback.print_exc()
    finally:
        os._exit(0)
