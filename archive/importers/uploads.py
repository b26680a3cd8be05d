"""A file that came over the desk: kept, checked by a dry run, imported, and removed.

It lies alone in a folder with a random name under BACKFILE_DATA/uploads, for the eyes of this
process's account only, and is never served. Both runs go in steps of a few seconds, taken by
whoever looks at the upload's page and by `index_worker`; one that was cut off is taken again.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from archive.disk import sync, sync_names
from archive.importers.journal.ledger import Asked
from archive.importers.journal.lock import BusyError
from archive.importers.journal.uploaded import (
    SteppedAlready,
    TrialLedger,
    UploadLedger,
    UploadReporter,
    folder_of,
    uploads_folder,
)
from archive.importers.run import run
from archive.models import ImportBatch, Right, Upload
from archive.rights import Somebody, require

SECONDS = 3.0
"""Of one step, beside the time it takes to come back to where the last one ended."""

KEPT = timedelta(days=1)
"""How long an upload is kept that nobody goes on with."""

GIVEN_UP = "Nobody went on with it for a day, and its file was removed."

State = Upload.State
UNDER_WAY = (State.CHECKING, State.IMPORTING)
ENDING = re.compile(r"(\.[a-z0-9]{1,8}){0,2}$")


def upload_keep(
    *, file: UploadedFile[Any], format: str, source: str, zone: str, by: Somebody
) -> Upload:
    """Keep the file, to be checked next. Raises NotAllowed."""
    editor = require(by, Right.CHANGE_MANY)
    uploads_forget_old(now=timezone.now())
    upload = Upload(
        token=secrets.token_hex(16),
        name=(file.name or "upload")[-255:],
        size=file.size or 0,
        format=format,
        source=source,
        timezone=zone,
        by=editor,
    )
    write_file(upload, file)
    upload.save()
    return upload


def write_file(upload: Upload, file: UploadedFile[Any]) -> None:
    """Keep it for good: whoever sent it is told that it is here."""
    path = path_of(upload)
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    sync(path)
    sync_names(path, uploads_folder())


def path_of(upload: Upload) -> Path:
    """Where its file lies. Only the ending is the sender's: it can tell the format."""
    ending = ENDING.search(upload.name.lower())
    return folder_of(upload) / f"upload{ending[0] if ending else ''}"


def upload_begin(*, upload: Upload, by: Somebody) -> None:
    """Have it imported, or go on after an error. Raises NotAllowed."""
    require(by, Right.CHANGE_MANY)
    same = Upload.objects.filter(pk=upload.pk)
    same.filter(state=State.CHECKED).update(
        state=State.IMPORTING, position=0, touched_at=timezone.now()
    )
    same.filter(state__in=UNDER_WAY).update(error="")


def upload_forget(*, upload: Upload, by: Somebody) -> None:
    """Remove it, unless it is being imported. What was imported stays. Raises NotAllowed."""
    require(by, Right.CHANGE_MANY)
    if Upload.objects.filter(pk=upload.pk).exclude(state=State.IMPORTING).delete()[0]:
        remove_file(upload)


def uploads_forget_old(*, now: datetime) -> None:
    """Remove those that nobody went on with for a day. What they have imported stays."""
    old = Upload.objects.filter(touched_at__lt=now - KEPT).exclude(state=State.DONE)
    for upload in old:
        if upload.batch_id:
            unfinished = ImportBatch.objects.filter(pk=upload.batch_id)
            unfinished.update(state=ImportBatch.State.FAILED, error=GIVEN_UP)
        upload.delete()
        remove_file(upload)
    remove_orphans(now)


def remove_orphans(now: datetime) -> None:
    """Remove the files of uploads that were cut off as they came, or as they were done."""
    wanted = set(Upload.objects.exclude(state=State.DONE).values_list("token", flat=True))
    for folder in uploads_folder().glob("*"):
        is_old = folder.stat().st_mtime < (now - KEPT).timestamp()
        if is_old and folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)


def upload_step(pk: int) -> bool:
    """Go on for a few seconds with the dry run or the import, unless somebody else imports.

    What fails stops it, with the error at hand, until somebody says to go on. Returns: is there
    more that can be done now?
    """
    upload = Upload.objects.filter(pk=pk, state__in=UNDER_WAY, error="").first()
    if upload is None:
        return False
    ledger = TrialLedger if upload.state == State.CHECKING else UploadLedger
    path = str(path_of(upload))
    asked = Asked((path,), upload.format, upload.source, upload.timezone)
    try:
        result = run(
            asked,
            UploadReporter(upload, path),
            open_ledger=partial(ledger, upload=upload),
            seconds=SECONDS,
        )
    except (BusyError, SteppedAlready):
        return False
    except Exception as error:  # noqa: BLE001  whatever it is, somebody reads it and decides
        told = f"{type(error).__name__}: {error}".replace(path, upload.name)
        Upload.objects.filter(pk=pk).update(error=told)
        return False
    if upload.state == State.DONE:
        remove_file(upload)
    return result.is_interrupted


def upload_step_oldest() -> bool:
    """A step of the one that has waited longest. Returns: is there more? For the worker."""
    uploads_forget_old(now=timezone.now())
    waiting = Upload.objects.filter(state__in=UNDER_WAY, error="").order_by("pk")
    oldest = waiting.values_list("pk", flat=True).first()
    return oldest is not None and upload_step(oldest)


def remove_file(upload: Upload) -> None:
    shutil.rmtree(folder_of(upload), ignore_errors=True)
