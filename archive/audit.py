"""Writing the audit log: who did what, from where, in the transaction of the deed."""

import getpass
import sys
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db import router
from django.db.models import Model

from archive.models import Article, AuditEntry
from archive.tracing import trace_id

Kind = AuditEntry.Kind
Somebody = User | AnonymousUser


class Setting(NamedTuple):
    """Where something is being done: from which address, and by whom unless it is said."""

    whence: str
    who: Callable[[], Somebody | None]


setting: ContextVar[Setting | None] = ContextVar("setting", default=None)
"""That of the request that is going on; None for a command."""


def entry_write(
    *,
    kind: Kind,
    by: Somebody | None = None,
    subject: Model | None = None,
    called: str = "",
    count: int = 1,
    note: str = "",
) -> None:
    """Add an entry. The caller's transaction is that of the deed.

    by: None for whoever is signed in where it is done. called: the subject's name, where it has
    another than its own. count: of how many things at once; of articles, unless it is `called`
    otherwise. Texts are cut to what the table holds.
    """
    here = setting.get() or Setting(command_line(), lambda: None)
    who = by or here.who()
    AuditEntry.objects.create(
        kind=kind,
        account=who.pk if who else None,
        name=who.get_username() if who else "",
        whence=here.whence[:150],
        trace=trace_id.get()[:64],
        model=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        subject=(called or name_of(subject, count))[:200],
        count=count,
        note=note[:500],
    )


def name_of(subject: Model | None, count: int) -> str:
    if subject:
        return str(subject)
    return "" if count == 1 else str(Article._meta.verbose_name_plural)


def entries_forget(*, before: datetime) -> int:
    """Remove what is older, for good. Returns how many entries that were."""
    old = AuditEntry.objects.filter(at__lt=before)
    return int(old._raw_delete(router.db_for_write(AuditEntry)))


def command_line() -> str:
    """The command that is running, and whose process it is."""
    program, *words = sys.argv or [""]
    return f"{Path(program).name} {words[0] if words else ''} ({operator()})"


def operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "?"
