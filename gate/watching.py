"""What the audit log learns at the gate: who comes and goes, and from where deeds are done."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from archive.audit import Kind, Setting, Somebody, entry_write
from gate.addresses import address_of


def connect() -> None:
    user_logged_in.connect(note_coming)
    user_logged_out.connect(note_going)
    user_login_failed.connect(note_failing)


def setting_of(request: HttpRequest) -> Setting:
    def who() -> Somebody | None:
        return getattr(request, "user", None)

    return Setting(address_of(request), who)


def note_coming(user: User, **_: Any) -> None:
    entry_write(kind=Kind.SIGNED_IN, by=user)


def note_going(user: User | None, **_: Any) -> None:
    if user:
        entry_write(kind=Kind.SIGNED_OUT, by=user)


def note_failing(credentials: Mapping[str, Any], **_: Any) -> None:
    """As often as `gate.guesses` lets somebody try. Of a name that is no account's nothing is kept:
    it may be a password that was typed in the wrong place."""
    tried = User.objects.filter(username=credentials.get("username") or "").first()
    entry_write(kind=Kind.FAILED, subject=tried)
