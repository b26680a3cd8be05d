"""The environment is read strictly: what is not understood stops the start, by name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.secret import kept_secret


@pytest.fixture
def given(monkeypatch):
    def give(value: str) -> str:
        monkeypatch.setenv("GIVEN", value)
        return "GIVEN"

    return give


@pytest.mark.parametrize(("value", "read"), [("1", True), ("True", True), ("off", False)])
def test_a_flag_is_read_in_the_usual_spellings(given, value, read):
    assert env.flag(given(value)) is read


def test_a_count_is_a_small_number(given):
    assert env.count(given("2")) == 2
    assert env.count(given("")) == 0


def test_an_empty_variable_counts_as_unset(given):
    assert env.flag(given(" "), default=True) is True


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (env.flag, "maybe"),
        (env.count, "-1"),
        (env.count, "100"),
        (env.count, "yes"),
        (lambda name: env.choice(name, ("inline", "worker")), "Inline"),
        (lambda name: env.time_zone(name), "Mars/Olympus"),
        (lambda name: env.time_zone(name), "../etc/passwd"),
        (lambda name: env.database(name, Path("x")), "mysql://localhost/x"),
        (lambda name: env.database(name, Path("x")), "postgres://localhost"),
        (lambda name: env.database(name, Path("x")), "postgres://localhost:port/x"),
    ],
)
def test_nonsense_is_refused_by_name(given, reader, value):
    with pytest.raises(ImproperlyConfigured, match="GIVEN"):
        reader(given(value))


def test_a_refused_database_address_never_shows_its_password(given):
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database(given("mysql://user:hunter2@localhost/x"), Path("x"))
    assert "hunter2" not in str(refusal.value)


def test_a_file_in_the_place_of_a_folder_is_refused(given, tmp_path):
    (tmp_path / "var").touch()
    with pytest.raises(ImproperlyConfigured, match="a file stands there"):
        env.folder(given(str(tmp_path / "var")), tmp_path)


def test_words_are_split_at_commas_and_spaces_around_them_dropped(given):
    assert env.words(given("a.example, b.example ,")) == ["a.example", "b.example"]


def test_a_postgresql_address_becomes_settings(given):
    address = "postgres://ed:p%40ss@db.example:5433/backfile?sslmode=require"
    settings = env.database(given(address), Path("x"))
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("ed", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "5433")
    assert (settings["NAME"], settings["OPTIONS"]) == ("backfile", {"sslmode": "require"})


def test_sqlite_is_set_so_that_a_commit_survives_a_power_cut():
    options = env.sqlite(Path("x"))["OPTIONS"]
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    secret = kept_secret(tmp_path / "secret-key")
    assert len(secret) > 50
    assert kept_secret(tmp_path / "secret-key") == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
