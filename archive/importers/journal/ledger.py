"""What a run has come to: its batch in the database, with counts, rejects and checkpoint."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive.disk import sync_names
from archive.importers.base import Mapped, Reject
from archive.importers.journal.counts import Counts
from archive.importers.journal.rejects import json_line, published, write_rejects
from archive.importers.reading.files import STANDARD_INPUT, Trail, walk
from archive.models import ImportBatch, ImportReject


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is asked to do. The same question again resumes an unfinished answer."""

    paths: tuple[str, ...]
    format: str = "auto"
    source: str = ""
    timezone: str = "UTC"
    limit: int | None = None
    fetch_media: bool = False
    mapping: Mapped = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        paths = [
            path if path == STANDARD_INPUT else str(Path(path).absolute()) for path in self.paths
        ]
        asked = {**asdict(self), "paths": paths}
        for name in ("fetch_media", "mapping"):
            if not asked[name]:  # so that what an older version began is gone on with
                del asked[name]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Checkpoint(NamedTuple):
    """`records` of `file` have been dealt with, and all files before it. `passed` stands for the
    files up to there as they were then (`Trail`). No file: nothing yet."""

    file: str = ""
    records: int = 0
    passed: str = ""


PIPE_GONE = "It was not finished, and what came through the pipe is gone."
FILES_CHANGED = "It was not finished, and its files were changed since."
REJECTS = "rejects.jsonl"
SCRATCH = "seen.sqlite3"


def imports_folder() -> Path:
    return Path(settings.BACKFILE_DATA) / "imports"


class Ledger:
    """The batch of a run: the last one that was asked the same and never ended, or a new one.

    `was_changed`: there was an unfinished one, but its files have been changed since. `scratch` is
    where the run keeps what it need not keep for good.
    """

    is_dry = False

    def __init__(self, asked: Asked) -> None:
        self.was_changed = False
        batch = self._unfinished(asked) or ImportBatch.objects.create(
            fingerprint=asked.fingerprint, asked=asdict(asked)
        )
        self.batch: ImportBatch | None = batch
        self.counts = Counts(batch.created, batch.updated, batch.unchanged, batch.rejected)
        self.checkpoint = Checkpoint(**batch.checkpoint)
        self.folder = imports_folder() / str(batch.pk)
        self.folder.mkdir(parents=True, exist_ok=True)
        sync_names(self.folder, imports_folder())
        self.scratch: Path | None = self.folder / SCRATCH
        self._row = ImportBatch.objects.filter(pk=batch.pk)

    def enter(self, counts: Counts, rejects: Sequence[Reject], checkpoint: Checkpoint) -> None:
        """Write down what the caller's transaction does, as its last act."""
        ImportReject.objects.bulk_create(
            ImportReject(batch=self.batch, **asdict(reject)) for reject in rejects
        )
        added = {**asdict(counts), "read": counts.read}
        self._row.update(
            checkpoint=checkpoint._asdict(),
            state=ImportBatch.State.RUNNING,
            error="",
            **{name: F(name) + count for name, count in added.items()},
        )

    def total(self) -> Counts:
        """The counts of the whole batch, as they are in the database."""
        return Counts(*self._row.values_list("created", "updated", "unchanged", "rejected").get())

    def finish(self) -> None:
        self._row.update(state=ImportBatch.State.FINISHED, finished_at=timezone.now())
        (self.folder / SCRATCH).unlink(missing_ok=True)

    def fail(self, error: str) -> None:
        self._row.update(state=ImportBatch.State.FAILED, error=error)

    def write_rejects(self) -> Path | None:
        """All rejects of the batch, also those of the runs that it was resumed from."""
        rejects = ImportReject.objects.filter(batch=self.batch, mended_at=None).order_by("pk")
        return write_rejects(self.folder / REJECTS, rejects.iterator())

    def _unfinished(self, asked: Asked) -> ImportBatch | None:
        """The last batch that was asked the same, if it did not end and can still be gone on with;
        if it cannot, that is written down in it."""
        last = ImportBatch.objects.filter(fingerprint=asked.fingerprint).order_by("-pk").first()
        if last is None or last.state == ImportBatch.State.FINISHED:
            return None
        is_pipe = STANDARD_INPUT in asked.paths
        self.was_changed = not is_pipe and not _still_there(asked, Checkpoint(**last.checkpoint))
        if not is_pipe and not self.was_changed:
            return last
        last.state = ImportBatch.State.FAILED
        last.error = PIPE_GONE if is_pipe else FILES_CHANGED
        last.save(update_fields=["state", "error"])
        return None


class DryLedger(Ledger):
    """The same for a run that leaves the database as it was: there is no batch, and each
    transaction is undone once it has been counted."""

    is_dry = True

    def __init__(self, asked: Asked) -> None:
        self.was_changed = False
        self.batch = None
        self.counts = Counts()
        self.checkpoint = Checkpoint()
        self.folder = imports_folder() / "dry-run"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scratch = None
        self._draft = self.folder / "rejects.draft"
        self._draft.write_bytes(b"")

    def enter(self, counts: Counts, rejects: Sequence[Reject], checkpoint: Checkpoint) -> None:
        with self._draft.open("a", encoding="utf-8") as file:
            file.writelines(json_line(reject) for reject in rejects)
        transaction.set_rollback(True)

    def total(self) -> Counts:
        return self.counts

    def finish(self) -> None:
        pass

    def fail(self, error: str) -> None:
        pass

    def write_rejects(self) -> Path | None:
        return published(self._draft, self.folder / REJECTS)


def _still_there(asked: Asked, checkpoint: Checkpoint) -> bool:
    """Whether the files up to the checkpoint are what they were."""
    if not checkpoint.file:
        return True
    trail = Trail()
    for file in walk(asked.paths):
        passed = trail.pass_by(file)
        if file.place == checkpoint.file:
            return passed == checkpoint.passed
    return False
