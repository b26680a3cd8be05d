"""PostgreSQL: by pg_dump and pg_restore, of the server's own version."""

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from backup.errors import BackupError

Rows = Callable[[str], Iterable[Any]]


class PostgreSQL:
    engine = vendor = "postgresql"
    file = "database.dump"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.name = str(settings["NAME"])
        self._settings = settings

    def named(self, name: str) -> "PostgreSQL":
        """Another database of the same server."""
        return PostgreSQL({**self._settings, "NAME": name})

    def size(self) -> int:
        with self.connected() as server:
            return int(first(server, "SELECT pg_database_size(current_database())"))

    def files(self) -> list[Path]:
        return []

    @contextmanager
    def dump(self, target: Path) -> Iterator[Rows]:
        with self.connected() as server:
            server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            server.read_only = True
            moment = str(first(server, "SELECT pg_export_snapshot()"))
            self.run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={target}")
            target.chmod(0o600)
            yield lambda query: streamed(server, query)

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        with self.connected() as server:
            yield lambda query: iter(server.execute(query.encode()))

    def tables(self, rows: Rows) -> list[str]:
        names = rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in names]

    def is_there(self) -> bool:
        with self.keeper().connected() as server:
            asked = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return asked.fetchone() is not None

    def staged(self, data: Path) -> "PostgreSQL":
        return self.named(f"{self.name}_restoring")

    def fill(self, dump: Path) -> None:
        with self.keeper().connected() as server:
            server.autocommit = True
            try:
                server.execute(statement("DROP DATABASE IF EXISTS {}", self.name))
                server.execute(statement("CREATE DATABASE {} TEMPLATE template0", self.name))
            except psycopg.Error as problem:
                raise BackupError(
                    f"The database {self.name} cannot be made ({problem}). A restore needs a role "
                    "that may create databases: ALTER ROLE … CREATEDB."
                ) from problem
        self.run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", str(dump))

    def settled(self) -> None:
        with self.keeper().connected() as server:
            asked = server.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [self.name])
            if asked.fetchone():
                raise BackupError(
                    f"Somebody is connected to {self.name}: stop the web processes and the worker."
                )

    def replace_by(self, staged: str, aside: str) -> None:
        if not self.named(staged).is_there():
            return  # it was done before
        is_there = self.is_there()
        with self.keeper().connected() as server:
            if is_there:
                server.execute(statement("ALTER DATABASE {} RENAME TO {}", self.name, aside))
            server.execute(statement("ALTER DATABASE {} RENAME TO {}", staged, self.name))

    def environment(self) -> dict[str, str]:
        given = {name: quote(str(self._settings.get(name, "")), safe="") for name in self._settings}
        options = urlencode(self._settings.get("OPTIONS") or {})
        place = f"{given.get('USER', '')}:{given.get('PASSWORD', '')}@{given.get('HOST', '')}"
        port = f":{given['PORT']}" if given.get("PORT") else ""
        return {"DATABASE_URL": f"postgres://{place}{port}/{given['NAME']}?{options}"}

    def keeper(self) -> "PostgreSQL":
        """The database that every server has, to work on others from."""
        return self.named("postgres")

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        try:
            server = psycopg.connect(self.address(), password=self.password() or None)
        except psycopg.Error as problem:
            raise BackupError(f"PostgreSQL does not answer: {problem}") from problem
        with server:
            yield server

    def address(self) -> str:
        """Without the password: other users of the machine see a program's arguments."""
        parts = {"user": "USER", "host": "HOST", "port": "PORT"}
        given = {part: str(self._settings.get(name) or "") for part, name in parts.items()}
        options = self._settings.get("OPTIONS") or {}
        known = {part: value for part, value in given.items() if value}
        return make_conninfo(dbname=self.name, **known, **options)

    def password(self) -> str:
        return str(self._settings.get("PASSWORD", ""))

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on this database. Raises BackupError."""
        self.require(program)
        command = [program, f"--dbname={self.address()}", "--no-password", *arguments]
        called(command, {"PGPASSWORD": self.password()})

    def require(self, program: str) -> None:
        """Is it there, and of the server's version?"""
        with self.connected() as server:
            wanted = server.info.server_version // 10000
        said = called([program, "--version"], {})
        found = re.search(r"\d+", said)
        if not found or int(found[0]) != wanted:
            raise BackupError(
                f"{program} is of another version ({said.strip()}) than the server ({wanted}). "
                f"Install the client programs of PostgreSQL {wanted}."
            )


def called(command: list[str], environment: dict[str, str]) -> str:
    """What a program says. Raises BackupError where it fails or is not there."""
    try:
        done = subprocess.run(  # noqa: S603  our own arguments
            command, env=os.environ | environment, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as problem:
        raise BackupError(
            f"{command[0]} is not there. Install PostgreSQL's client programs "
            "(Debian: postgresql-client)."
        ) from problem
    except subprocess.CalledProcessError as problem:
        raise BackupError(f"{command[0]} failed: {problem.stderr.strip()}") from problem
    return done.stdout


def first(server: psycopg.Connection, query: str) -> Any:
    [(value,)] = server.execute(query.encode()).fetchall()
    return value


def streamed(server: psycopg.Connection, query: str) -> Iterator[Any]:
    """Row by row, however many there are."""
    with server.cursor(name="backup") as cursor:
        cursor.execute(query.encode())
        yield from cursor


def statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
