"""What machines ask: is it alive, can it serve, how is it doing. Strangers learn no number."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from archive.models import ImportBatch, Status, Upload
from config import health
from search import get_engine, outbox, triggers
from search.models import IndexChange
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-ours-4711"
PROBES = ("/healthz", "/readyz", "/metrics")
OURS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


@pytest.fixture
def balancer() -> Client:
    """Calls the machine by its number."""
    return Client(headers={"Host": "10.0.0.7:8000"})


@pytest.fixture
def worker(settings):
    settings.SEARCH_SYNC = "worker"


@pytest.fixture
def database_down(monkeypatch):
    def gone(*_, **__):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", gone)


def ready(client: Client, **headers: str) -> tuple[int, dict]:
    response = client.get("/readyz", headers=headers)
    return response.status_code, json.loads(response.content)


def measured(client: Client) -> dict[str, float]:
    """Every sample by its name, and by its labels where it has some."""
    text = client.get("/metrics", headers=OURS).content.decode()
    return {
        " ".join([sample.name, *sorted(sample.labels.values())]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize("address", PROBES)
def test_a_balancer_is_answered_by_any_name_over_plain_http(balancer, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["archive.example"]
    assert balancer.get(address, headers=OURS).status_code == 200


def test_the_pages_are_as_strict_about_both_as_ever(balancer, settings):
    assert balancer.get("/").status_code == 400
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/").status_code == 301


@pytest.mark.parametrize("address", PROBES)
def test_no_answer_is_kept_and_all_are_guarded(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", PROBES)
def test_a_probe_only_reads(client, address):
    assert client.post(address, headers=OURS).status_code == 405
    assert client.head(address, headers=OURS).status_code == 200


@pytest.mark.django_db(False)
def test_liveness_touches_nothing(client, django_assert_num_queries, settings):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert not Path(settings.SEARCH_INDEX_DIR).exists()


@pytest.fixture
def opened():
    """A process that has its index open: before that it asks the database whose it is."""
    get_engine().generation()


def test_all_well_is_200_in_few_queries(client, opened, django_assert_max_num_queries):
    health.our_migrations()
    with django_assert_max_num_queries(6):
        status, told = ready(client)
    assert status == 200
    assert set(told.values()) == {"ok"}


def test_without_a_database_it_is_not_ready_and_still_alive(client, database_down):
    status, told = ready(client)
    assert (status, told["status"], told["database"]) == (503, "failed", "failed")
    assert client.get("/healthz").status_code == 200


def test_a_migration_that_waits_keeps_it_from_being_ready(client):
    MigrationRecorder.Migration.objects.filter(app="search").latest("id").delete()
    status, told = ready(client)
    assert (status, told["status"], told["migrations"]) == (503, "failed", "unapplied")


def test_a_migration_of_a_newer_version_does_not(client):
    MigrationRecorder(connection).record_applied("search", "9999_of_tomorrow")
    assert ready(client)[0] == 200


def test_an_index_that_cannot_be_read_degrades_and_the_pages_go_on(client, settings):
    ready(client)
    (Path(settings.SEARCH_INDEX_DIR) / "CURRENT").write_text("nonsense")
    status, told = ready(client)
    assert (status, told["status"], told["index"]) == (200, "degraded", "failed")


def test_missing_triggers_degrade(client):
    triggers.take_down(connection)
    status, told = ready(client)
    assert (status, told["status"], told["triggers"]) == (200, "degraded", "missing")


def test_changes_that_wait_for_long_are_late(client, worker):
    ArticleFactory()
    assert ready(client)[1]["outbox"] == "ok"
    IndexChange.objects.update(created_at=timezone.now() - timedelta(hours=1))
    status, told = ready(client)
    assert (status, told["outbox"]) == (200, "late")


def test_only_the_token_opens_the_numbers(client, worker):
    before = ready(client)
    ArticleFactory(status=Status.DRAFT)
    assert ready(client) == before
    assert ready(client, Authorization="Bearer a-token-of-ours-4712") == before
    assert ready(client, **OURS)[1]["outbox_rows"] > 0


def test_without_a_token_in_the_environment_nothing_opens(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert "outbox_rows" not in ready(client, Authorization="Bearer ")[1]


def test_strangers_are_told_that_there_are_no_metrics(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 404


def test_counting_the_waiting_stops_at_a_bound(monkeypatch, worker):
    monkeypatch.setattr(health, "MOST", 3)
    outbox.note([1] * 10)
    assert health.outbox_lag()[0] == 3


def test_requests_are_counted_by_view_and_status_and_never_by_address(client):
    name = "backfile_request_seconds_count"
    before = measured(client)
    for address in ("/search/?q=secretword", "/search/?q=other", "/secretword/", "/healthz"):
        client.get(address)
    after = measured(client)
    grown = {key: after[key] - before.get(key, 0) for key in after if key.startswith(name)}
    assert grown[f"{name} 200 search:search"] == 2
    assert grown[f"{name} 404 unrouted"] == 1
    assert grown[f"{name} 200 healthz"] == 1
    assert after["backfile_search_seconds_count"] - before["backfile_search_seconds_count"] == 2
    assert not [key for key in after if "secretword" in key]


def test_what_the_database_answers_in_place_of_the_index_is_counted(client, settings, worker):
    client.get("/search/?q=harbour")
    before = measured(client)["backfile_plain_answers_total"]
    (Path(settings.SEARCH_INDEX_DIR) / "CURRENT").write_text("nonsense")
    assert client.get("/search/?q=harbour").status_code == 200
    assert measured(client)["backfile_plain_answers_total"] == before + 1


def test_the_state_of_the_house_is_told(client, worker):
    ArticleFactory()
    IndexChange.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    outbox.note([4711])
    IndexChange.objects.filter(article_id=4711).update(error="It is too long.")
    ImportBatch.objects.create(read=10, created=7, rejected=3)
    Upload.objects.create(name="x", size=1, format="csv", timezone="UTC", error="Stopped.")
    told = measured(client)
    assert told["backfile_outbox_rows"] >= 1
    assert 60 <= told["backfile_index_lag_seconds"] < 600
    assert told["backfile_set_aside_articles"] == 1
    assert told["backfile_import_rejects"] == 3
    assert told["backfile_queue failed uploads"] == 1
    assert told["backfile_queue bulk going on"] == 0
    assert told["backfile_index_up"] == 1
    assert told["backfile_index_generation"] == 1
    assert told["backfile_database_bytes"] > 100_000


def test_what_needs_the_database_is_left_out_while_it_is_down(client, opened, database_down):
    told = measured(client)
    assert "backfile_outbox_rows" not in told
    assert told["backfile_index_up"] == 1
