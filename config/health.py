"""Is the process alive, and can it serve? What load balancers ask, before anything costs.

`/healthz` touches nothing. `/readyz` is 503 where this process cannot serve: the database does not
answer, or waits for `migrate`. What only makes searches poorer is told and leaves it 200, since
every process would drop out at once over it: an index that cannot be read, triggers that are
missing, changes that wait for long.

Strangers learn how each of these is, in one word. Numbers are for those who bring METRICS_TOKEN:
the outbox grows with drafts, too, and nobody else may know how many there are.
"""

import hmac
import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from search import outbox, triggers
from search.engines import get_engine
from search.engines.base import EngineError

logger = logging.getLogger(__name__)

OK, FAILED = "ok", "failed"
NEEDED = ("database", "migrations")
LATE = 300.0
"""Seconds that a change may wait for the index before this is called late."""
MOST = 10_000
"""So far the waiting are counted."""


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": OK})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 where this process can serve, 503 where it cannot, and how each part is."""
    states = {name: state_of(name, look) for name, look in BY_ITSELF.items()}
    if states["database"] == OK:
        states |= {name: state_of(name, look) for name, look in OF_THE_DATABASE.items()}
    ready = all(states.get(name) == OK for name in NEEDED)
    every = all(state == OK for state in states.values())
    told: dict[str, object] = {"status": OK if every else "degraded" if ready else FAILED, **states}
    if ready and is_trusted(request):
        told["outbox_rows"], told["outbox_seconds"] = outbox_lag()
    return JsonResponse(told, status=200 if ready else 503)


def state_of(name: str, look: Callable[[], str]) -> str:
    """How it is, in a word. Why stands in the log."""
    try:
        return look()
    except (DatabaseProblem, EngineError, OSError) as problem:
        logger.warning("The check of %s failed: %r", name, problem)
        return FAILED


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    """Newer ones than ours do no harm: an upgrade is under way, and we are what it replaces."""
    applied = MigrationRecorder(connection).applied_migrations()
    return OK if our_migrations() <= applied.keys() else "unapplied"


@cache
def our_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of each that this version has."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def index() -> str:
    get_engine().generation()
    return OK


def triggers_present() -> str:
    return "missing" if triggers.missing_triggers(connection) else OK


def lag() -> str:
    return OK if outbox_lag()[1] < LATE else "late"


BY_ITSELF: dict[str, Callable[[], str]] = {"database": database, "index": index}
OF_THE_DATABASE: dict[str, Callable[[], str]] = {
    "migrations": migrations,
    "triggers": triggers_present,
    "outbox": lag,
}


def outbox_lag() -> tuple[int, float]:
    """How many rows wait for the index, up to MOST, and for how many seconds the oldest does."""
    waiting = outbox.waiting().order_by("pk")
    since = waiting.values_list("created_at", flat=True).first()
    rows = waiting[:MOST].count()
    return rows, max((timezone.now() - since).total_seconds(), 0.0) if since else 0.0


def is_trusted(request: HttpRequest) -> bool:
    """Did they bring METRICS_TOKEN? Nobody did where there is none."""
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    given = request.headers.get("Authorization", "").encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given, wanted)
