"""One batch of records into the database: all of it in one transaction, or record by record."""

from dataclasses import dataclass, field

from django.db import OperationalError, transaction

from archive.importers.base import Note, Reject
from archive.importers.journal.counts import Counts
from archive.importers.journal.ledger import Checkpoint, Ledger
from archive.importers.journal.reporter import Reporter
from archive.importers.writing import store
from archive.importers.writing.persons import store_people
from archive.importers.writing.plan import Plan, plan
from archive.importers.writing.prepared import Prepared, PreparedPerson

BATCH = 500  # records in one transaction
HEAVY = 16 * 1024 * 1024  # characters in one transaction


@dataclass
class Gathered:
    """A batch on its way: what is to be written, and what is already decided."""

    articles: list[Prepared] = field(default_factory=list)
    people: list[PreparedPerson] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    unchanged: int = 0
    keys: set[str] = field(default_factory=set)
    newer: set[str] = field(default_factory=set)  # keys whose older versions went before
    weight: int = 0

    @property
    def read(self) -> int:
        return len(self.articles) + len(self.people) + len(self.rejects) + self.unchanged

    @property
    def records(self) -> list[Prepared | PreparedPerson]:
        return [*self.people, *self.articles]

    @property
    def is_full(self) -> bool:
        return self.read >= BATCH or self.weight >= HEAVY

    def add(self, one: Prepared | PreparedPerson) -> None:
        self.keys.add(one.key)
        self.weight += len(one.entry.text)
        if isinstance(one, Prepared):
            self.articles.append(one)
        else:
            self.people.append(one)


def write_batch(batch: Gathered, ledger: Ledger, place: Checkpoint, reporter: Reporter) -> Counts:
    """Write the batch, its rejects and the place reached. Returns what became of its records.

    A record that the database refuses takes the batch down with it; then each is written by
    itself, and only that one is set aside. What ails the database as a whole is raised.
    """
    decided = Counts(unchanged=batch.unchanged, rejected=len(batch.rejects))
    try:
        return _together(batch, decided, ledger, place, reporter)
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001  which record it was is found out one by one
        return _one_by_one(batch, decided, ledger, place, reporter)


def _together(
    batch: Gathered, decided: Counts, ledger: Ledger, place: Checkpoint, reporter: Reporter
) -> Counts:
    planned = _plan(batch.articles, ledger)
    with transaction.atomic():
        counts, notes = _write(batch.people, planned, ledger)
        if ledger.is_dry:  # the older versions were undone, and are not there to be updated
            again = sum(one.prepared.key in batch.newer for one in planned.new)
            counts += Counts(created=-again, updated=again)
        ledger.enter(decided + counts, batch.rejects, place)
    for note in notes:
        reporter.noted(note)
    return decided + counts


def _one_by_one(
    batch: Gathered, counts: Counts, ledger: Ledger, place: Checkpoint, reporter: Reporter
) -> Counts:
    refused: list[Reject] = []
    with transaction.atomic():
        for one in batch.records:
            try:
                with transaction.atomic():
                    counts += _write_one(one, ledger)
            except OperationalError:
                raise
            except Exception as error:  # noqa: BLE001  whatever it is, it is about this record
                counts += Counts(rejected=1)
                refused.append(one.entry.reject(f"the database refused it: {error}"))
        ledger.enter(counts, [*batch.rejects, *refused], place)
    for reject in refused:
        reporter.set_aside(reject)
    return counts


def _write_one(one: Prepared | PreparedPerson, ledger: Ledger) -> Counts:
    if isinstance(one, PreparedPerson):
        return _write([one], Plan(), ledger)[0]
    return _write([], _plan([one], ledger), ledger)[0]


def _write(
    people: list[PreparedPerson], planned: Plan, ledger: Ledger
) -> tuple[Counts, list[Note]]:
    counts = store_people(people) if people else Counts()
    stored, notes = store.write(planned, ledger.batch)
    return counts + stored, notes


def _plan(articles: list[Prepared], ledger: Ledger) -> Plan:
    planned = plan(articles)
    if not ledger.is_dry:
        store.keep_files(planned)
    return planned
