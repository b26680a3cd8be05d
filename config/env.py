"""Strict readers of the environment. Nonsense is refused with the variable's name and the way out.

`settings.py` is the only caller, so what the environment can change is all in one place.
"""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
SHORTEST_TOKEN = 16


def refuse(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r} is not understood: it must be {wanted}.")


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without the spaces around it; `default` where unset or empty."""
    return os.environ.get(name, "").strip() or default


def token(name: str) -> str:
    """A secret that opens something; "" where unset, and then nothing does."""
    value = text(name)
    if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or not value.isprintable()):
        raise refuse(name, "…", f"at least {SHORTEST_TOKEN} plain letters and digits")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise refuse(name, value, "1 or 0 (also true/false, yes/no, on/off)")


def count(name: str, default: int = 0) -> int:
    """A whole number from 0 to 99."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) <= 2):
        raise refuse(name, value, "a whole number such as 0, 1 or 2")
    return int(value)


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; the first where unset."""
    value = text(name, choices[0])
    if value not in choices:
        raise refuse(name, value, "one of " + ", ".join(choices))
    return value


def words(name: str) -> list[str]:
    """Words between commas: `ALLOWED_HOSTS=archive.example,www.archive.example`."""
    return [word for part in text(name).split(",") if (word := part.strip())]


def folder(name: str, default: Path) -> Path:
    """An absolute folder; it need not exist yet, but nothing else may stand in its place."""
    path = Path(text(name, str(default))).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise refuse(name, str(path), "a folder, and a file stands there")
    return path


def time_zone(name: str, default: str = "UTC") -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise refuse(name, value, "a time zone such as Europe/Dublin") from error
    return value


def database(name: str, sqlite_file: Path) -> dict[str, object]:
    """Django's settings for `postgres://user:password@host:port/name`; SQLite where unset.

    A password's special characters are percent-encoded (RFC 3986), as in any URL. What stands
    behind `?` goes to the driver: `?sslmode=require`.
    """
    value = text(name)
    if not value:
        return sqlite(sqlite_file)
    wanted = "postgres://user:password@host:port/name"
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError as error:
        raise refuse(name, "…", wanted) from error
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise refuse(name, f"{url.scheme}://…", wanted)  # never the password
    return postgresql(url, port)


def postgresql(url: SplitResult, port: int | None) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


def sqlite(file: Path) -> dict[str, object]:
    """SQLite as the promise needs it: an acknowledged commit survives a power cut.

    WAL with synchronous=NORMAL loses commits in a power cut, so it is FULL. Deferred transactions
    that turn into writers fail at once with "database is locked", so every one begins IMMEDIATE
    and waits up to 20 seconds for its turn.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 60,  # opening the file and reading its schema costs a millisecond
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
