"""Signing in, by whichever door: with patience for slips, and none for guessing."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from gate.browsers import guessers_of, remember
from gate.guesses import guess_begin, guess_right


class PatientBackend(ModelBackend):
    """Django's own, which takes as long for a name that is no account's."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> User | None:
        """Who it is. Raises TooManyGuessesError, which `GateMiddleware` answers."""
        if request is None or username is None:
            return super().authenticate(request, username, password, **others)
        guessers = guessers_of(request, username)
        guess_begin(guessers=guessers, now=timezone.now())
        user = super().authenticate(request, username, password, **others)
        if user is not None:
            guess_right(guessers=guessers)
            remember(request, username)
        return user
