"""A record that an import set aside, mended at the desk and tried again as if it came with it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.importers.base import Defaults, Entry, Note, Record, Reject
from archive.importers.formats import AUTO
from archive.importers.journal.counts import Counts
from archive.importers.journal.ledger import Checkpoint, Ledger
from archive.importers.journal.lock import import_lock, lock_file
from archive.importers.journal.reporter import Reporter
from archive.importers.reading.entries import Item, Reader
from archive.importers.writing.commit import Gathered, write_batch
from archive.importers.writing.prepared import Prepared, prepared
from archive.importers.writing.related import tie_related
from archive.models import Article, ImportBatch, ImportReject
from archive.rights import NotAllowed, Somebody

LONGEST = 1024 * 1024
"""Characters of a record that is mended at the desk; what is longer, in its file."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of the record, or would: counted as one of four.

    reason: why it is set aside again; "" if it is not. article: what it is now, if it is one.
    """

    counts: Counts
    reason: str
    notes: tuple[str, ...]
    article: Article | None = None


class MendedAlready(Exception):  # noqa: N818  a state, not a mistake
    """Somebody else was quicker: the record was taken in."""


def reject_try_again(
    *, reject: ImportReject, text: str, editor: Somebody, dry_run: bool = False
) -> Tried:
    """Take in the record as `text` says it now, by all the rules of its import.

    It becomes part of the reject's batch, whose counts change with it. Set aside again, the text is
    kept and the reason is the new one. A dry run changes nothing. Raises NotAllowed, MendedAlready
    and BusyError.
    """
    if not editor.has_perm("archive.change_importreject"):
        raise NotAllowed(_("This account may not mend what an import set aside."))
    with import_lock(lock_file()):
        reject = ImportReject.objects.select_related("batch").get(pk=reject.pk)
        if reject.mended_at:
            raise MendedAlready
        tried = _tried(_MendingLedger(reject, text, editor, is_dry=dry_run))
        if tried.counts.created and not dry_run:
            tie_related()
    return tried


def readable(text: str) -> str:
    """JSON with a line for each of its values; any other text as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text


def _tried(ledger: "_MendingLedger") -> Tried:
    told, gathered = _Told(), Gathered()
    for item in _read(ledger.reject, ledger.text):
        if isinstance(item, Note):
            told.noted(item)
        elif isinstance(item, Reject):
            gathered.rejects.append(item)
        else:
            _admit(item, gathered, told)
    counts = write_batch(gathered, ledger, Checkpoint(), told)
    records = [one.record for one in gathered.articles]
    article = None if ledger.reason else next(filter(None, map(_article_of, records)), None)
    return Tried(counts, ledger.reason, tuple(told.notes), article)


def _read(reject: ImportReject, text: str) -> Iterator[Item]:
    asked = reject.batch.asked
    zone = ZoneInfo(asked.get("timezone", "UTC"))
    defaults = Defaults(asked.get("source", ""), zone, asked.get("mapping", {}))
    reader = Reader(asked.get("format", AUTO), defaults)
    return reader.again(reject.file, reject.line, _in_one_line(text))


def _in_one_line(text: str) -> str:
    """JSON as its formats have it, which is a record to a line."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _admit(entry: Entry, gathered: Gathered, told: "_Told") -> None:
    one = prepared(entry)
    if isinstance(one, Prepared):
        for problem in (file.problem for file in one.files if file.problem):
            told.noted(Note(entry.file, entry.line, problem))
    gathered.add(one)


def _article_of(record: Record) -> Article | None:
    if record.external_id:
        same = Article.objects.filter(
            source__name=record.source, external_id=record.external_id
        ).exclude(external_id="")
    else:
        same = Article.objects.filter(url=record.url).exclude(url="")
    return same.order_by("pk").first()


class _Told(Reporter):
    """Keeps the notes for the page; the rest the page has from elsewhere."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def noted(self, note: Note) -> None:
        self.notes.append(note.text)

    def set_aside(self, reject: Reject) -> None:
        pass


class _MendingLedger(Ledger):
    """Writes down in the batch of a reject what became of it; `reason`: why, if set aside again."""

    def __init__(self, reject: ImportReject, text: str, editor: Somebody, *, is_dry: bool) -> None:
        self.reject, self.text = reject, text
        self.batch = reject.batch
        self.is_dry = is_dry
        self.reason = ""
        self._editor = editor

    def enter(self, counts: Counts, rejects: Sequence[Reject], checkpoint: Checkpoint) -> None:
        self.reason = rejects[0].reason if rejects else ""
        if self.is_dry:
            transaction.set_rollback(True)
            return
        changes: dict[str, object] = {
            "attempt": self.text,
            "reason": self.reason or self.reject.reason,
        }
        if not rejects:
            changes |= {"mended_at": timezone.now(), "mended_by": self._editor}
            became = {name: F(name) + count for name, count in asdict(counts).items()}
            became["rejected"] = F("rejected") - 1
            ImportBatch.objects.filter(pk=self.reject.batch_id).update(**became)
        ImportReject.objects.filter(pk=self.reject.pk).update(**changes)
