"""What the log looks like: a line of JSON for each event; on a developer's machine, words.

Whatever an event speaks of, it cannot forge a line or drive a terminal, and it names no secret.
Which settings are secrets is known once all of them are read, so they are looked up when used.
"""

import json
import re
from datetime import UTC, datetime
from functools import cache
from logging import Formatter, LogRecord

from django.conf import settings

from archive.tracing import trace_id

HIDDEN = "[hidden]"
SHORTEST = 8
"""Characters: to hide shorter secrets would hide half the words of the log."""

# What is secret wherever it stands, and what in front of it tells so, which stays.
PATTERNS = re.compile(
    r"""(?P<sign>
          \bBearer\s+
        | \b\w+://[^\s:/@]*:(?=\S+@)  # an address with a password
        | \b(?:password|passwd|secret|token|sessionid|csrf\w+)["']?\s*[=:]\s*["']?
        | /preview/  # a link that opens a draft
        )[^\s"',;&/]+""",
    re.IGNORECASE | re.VERBOSE,
)

# Control characters, and those that turn the direction of writing or end a line. Not the newline.
CONTROLS = {
    code: f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    for code in (
        *range(10),
        *range(11, 32),
        *range(127, 160),
        *(0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


class LineFormatter(Formatter):
    """One JSON object in one line: `time` (UTC), `level`, `logger`, `message`; `trace`, the id of
    the request or of the command; the `fields` that the event was given; `error`, a traceback.
    """

    def format(self, record: LogRecord) -> str:
        error = self.formatException(record.exc_info) if record.exc_info else ""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "trace": trace_id.get(),
            **getattr(record, "fields", {}),
            "error": error,
        }
        return json.dumps({name: shown(value) for name, value in line.items() if value != ""})


class ReadableFormatter(Formatter):
    """The same for a reader at a terminal. What follows a line break is indented, so that nothing
    which is quoted passes for an event of its own.
    """

    def format(self, record: LogRecord) -> str:
        moment = f"{datetime.fromtimestamp(record.created):%H:%M:%S}"  # noqa: DTZ006  their clock
        given = "".join(f" {name}={value}" for name, value in getattr(record, "fields", {}).items())
        said = f"{record.levelname} {record.name} {record.getMessage()}{given} {trace_id.get()}"
        error = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        told = without_secrets(f"{moment} {said}{error}").translate(CONTROLS)
        return told.replace("\n", "\n    ")


def shown(value: object) -> object:
    """As JSON has it, or as text."""
    if isinstance(value, int | float | None):
        return value
    return without_secrets(str(value))


def without_secrets(text: str) -> str:
    """The text without the secrets of our settings, and without what looks like one."""
    for secret in our_secrets():
        text = text.replace(secret, HIDDEN)
    return PATTERNS.sub(rf"\g<sign>{HIDDEN}", text)


@cache
def our_secrets() -> tuple[str, ...]:
    """The longest first: one may be part of another."""
    known = [settings.SECRET_KEY, settings.METRICS_TOKEN, *map(str, settings.SECRET_KEY_FALLBACKS)]
    known += [str(database.get("PASSWORD", "")) for database in settings.DATABASES.values()]
    return tuple(sorted((one for one in known if len(one) >= SHORTEST), key=len, reverse=True))
