"""What is written down about a file that came over the desk, while it is gone through in steps.

The upload is read anew by the ledger, which is opened under the lock of imports, and is saved by
the last act of a run: two who ask for a step at once cannot undo each other's.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from archive.importers.base import Note, Reject
from archive.importers.journal.counts import Counts
from archive.importers.journal.ledger import SCRATCH, Asked, Checkpoint, DryLedger, Ledger
from archive.importers.journal.reporter import MOST_SHOWN, Reporter
from archive.models import Person, Upload

MOST_PEOPLE = 1_000
"""New people whose names are kept; how many more there are is not counted."""


class SteppedAlready(Exception):  # noqa: N818  a state, not a mistake
    """Somebody else was quicker: nothing is left to be done."""


def uploads_folder() -> Path:
    return Path(settings.BACKFILE_DATA) / "uploads"


def folder_of(upload: Upload) -> Path:
    return uploads_folder() / upload.token


class TrialLedger(DryLedger):
    """A dry run in steps. How far it came, and what it would come to, is kept in the upload."""

    def __init__(self, asked: Asked, upload: Upload) -> None:
        self.upload = still(upload, Upload.State.CHECKING)
        self.path = asked.paths[0]
        self.was_changed = False
        self.batch = None
        self.counts = Counts(upload.created, upload.updated, upload.unchanged, upload.rejected)
        self.checkpoint = Checkpoint(**upload.checkpoint)
        self.scratch = folder_of(upload) / SCRATCH
        self._reached = self.checkpoint
        newest = Person.objects.order_by("-pk").first()
        self._newest = newest.pk if newest else 0

    def enter(self, counts: Counts, rejects: Sequence[Reject], checkpoint: Checkpoint) -> None:
        """Ask for the new people while they are there, then undo it all."""
        free = MOST_SHOWN - len(self.upload.rejects)
        told = [renamed(one, self.path, self.upload.name) for one in rejects[:free]]
        self.upload.rejects += [{**asdict(one), "record": ""} for one in told]
        made = Person.objects.filter(pk__gt=self._newest, not_a_person=False).order_by("pk")
        names = dict.fromkeys([*self.upload.new_people, *made.values_list("name", flat=True)])
        self.upload.new_people = list(names)[:MOST_PEOPLE]
        self._reached = checkpoint
        transaction.set_rollback(True)

    def finish(self) -> None:
        self.upload.state = Upload.State.CHECKED

    def fail(self, error: str) -> None:
        self.upload.error = error

    def write_rejects(self) -> None:
        """What the step came to; the rejects themselves come with the import."""
        for name, count in asdict(self.counts).items():
            setattr(self.upload, name, count)
        self.upload.checkpoint = self._reached._asdict()
        self.upload.save()


class UploadLedger(Ledger):
    """The batch of an upload, in which its file has the name that it was sent with."""

    def __init__(self, asked: Asked, upload: Upload) -> None:
        self.upload = still(upload, Upload.State.IMPORTING)
        super().__init__(asked)
        self.path = asked.paths[0]
        self._row.update(asked={**asdict(asked), "paths": [upload.name]})
        upload.batch = self.batch
        upload.save()

    def enter(self, counts: Counts, rejects: Sequence[Reject], checkpoint: Checkpoint) -> None:
        named = [renamed(one, self.path, self.upload.name) for one in rejects]
        super().enter(counts, named, checkpoint)

    def finish(self) -> None:
        super().finish()
        self.upload.state = Upload.State.DONE

    def fail(self, error: str) -> None:
        super().fail(error)
        self.upload.error = error

    def write_rejects(self) -> Path | None:
        self.upload.save()
        return super().write_rejects()


class UploadReporter(Reporter):
    """Keeps in the upload how far its file was read, and the first of the notes."""

    def __init__(self, upload: Upload, path: str) -> None:
        self.upload, self.path = upload, path

    def began(self, size: int, counts: Counts, *, is_resumed: bool, was_changed: bool) -> None:
        pass

    def moved(self, position: int, counts: Counts) -> None:
        self.upload.position = min(position, self.upload.size)

    def noted(self, note: Note) -> None:
        text = f"{note.file}: {note.text}".replace(self.path, self.upload.name)
        if len(self.upload.notes) < MOST_SHOWN and text not in self.upload.notes:
            self.upload.notes.append(text)

    def set_aside(self, reject: Reject) -> None:
        pass


def still(upload: Upload, state: Upload.State) -> Upload:
    """The same, as it is now. Raises SteppedAlready if it is not in this state any more."""
    upload.refresh_from_db()
    if upload.state != state or upload.error:
        raise SteppedAlready
    return upload


def renamed(reject: Reject, path: str, name: str) -> Reject:
    """With the name by which people know the file that lies at `path`."""
    file, reason = (text.replace(path, name) for text in (reject.file, reject.reason))
    return replace(reject, file=file, reason=reason)
