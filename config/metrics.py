"""`/metrics`: what Prometheus is told, for those who bring METRICS_TOKEN.

Times of requests and searches are counted as they happen. Under gunicorn each process counts into
files of its own, which the process that is asked adds up (`gunicorn.conf.py`). What the database
knows is looked up when somebody asks, in queries that stay small however large the archive is.

A label has few values: names of views, never addresses.
"""

import logging
import os
import re
from collections.abc import Iterator

from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from archive.importers.uploads import UNDER_WAY as UPLOADS_UNDER_WAY
from archive.models import ImportBatch, Upload
from config.health import MOST, is_trusted, outbox_lag
from search import outbox
from search.desk.bulk import UNDER_WAY as BULK_UNDER_WAY
from search.engines import get_engine
from search.engines.base import IndexUnavailable
from search.models import BulkChange

logger = logging.getLogger(__name__)

REQUEST_SECONDS = Histogram(
    "backfile_request_seconds",
    "Time from a request to the first byte of its answer.",
    ("view", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)


def metrics(request: HttpRequest) -> HttpResponse:
    """All of it, as text. Without the token there is nothing here."""
    if not is_trusted(request):
        return HttpResponse("Not found.\n", status=404, content_type="text/plain")
    told = generate_latest(counted()) + generate_latest(looked_up())
    return HttpResponse(told, content_type=CONTENT_TYPE_LATEST)


def counted() -> CollectorRegistry:
    """What all processes have counted; where they keep no files, what this one has."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def looked_up() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(House())
    return registry


class House(Collector):
    """The state of the archive. What cannot be looked up is left out; the rest is told."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for look in (lag, queues, imports, index, database_size):
            try:
                yield from look()
            except (DatabaseProblem, OSError) as problem:
                logger.warning("%s could not be looked up: %r", look.__name__, problem)


def lag() -> Iterator[GaugeMetricFamily]:
    rows, seconds = outbox_lag()
    yield gauge("outbox_rows", f"Changes that the index has yet to learn of, up to {MOST}.", rows)
    yield gauge("index_lag_seconds", "How long the oldest of them has waited.", seconds)
    aside = outbox.set_aside()[:MOST].count()
    yield gauge("set_aside_articles", f"Articles that could not be indexed, up to {MOST}.", aside)


def queues() -> Iterator[GaugeMetricFamily]:
    """Work that was begun at the desk. One that failed waits for a person."""
    waiting = GaugeMetricFamily(
        "backfile_queue", "Uploads and changes of many articles under way.", labels=("of", "state")
    )
    for name, under_way in (
        ("uploads", Upload.objects.filter(state__in=UPLOADS_UNDER_WAY)),
        ("bulk", BulkChange.objects.filter(state__in=BULK_UNDER_WAY)),
    ):
        waiting.add_metric((name, "going on"), under_way.filter(error="").count())
        waiting.add_metric((name, "failed"), under_way.exclude(error="").count())
    yield waiting


def imports() -> Iterator[GaugeMetricFamily]:
    batches = ImportBatch.objects.aggregate(read=Sum("read"), rejected=Sum("rejected"))
    yield gauge("import_records", "Records that imports have read.", batches["read"] or 0)
    yield gauge("import_rejects", "Records that imports set aside.", batches["rejected"] or 0)


def index() -> Iterator[GaugeMetricFamily]:
    try:
        name = get_engine().generation()
    except IndexUnavailable:
        name = ""
    yield gauge("index_up", "1 where the index can be read, 0 where it cannot.", bool(name))
    if number := re.search(r"\d+", name):
        yield gauge("index_generation", "The number of the live generation.", int(number[0]))


def database_size() -> Iterator[GaugeMetricFamily]:
    """Neither counts rows: both know it from the file system or from their first page."""
    sizes = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(sizes[connection.vendor])
        yield gauge("database_bytes", "The size of the database.", cursor.fetchone()[0])


def gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"backfile_{name}", told, value)
