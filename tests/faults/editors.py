"""Editors at their desks: they sign in, open an article, change its headline, save it, and look
whether it is found."""

import time
from collections.abc import Callable
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from random import Random
from threading import Event
from typing import NamedTuple
from urllib.parse import urlencode

from lxml import html

PASSWORD = "seven boats in a harbour"
LOOK = 0.2
"""Seconds between two looks whether something is found."""

PATIENCE = 60.0
"""Seconds after which it counts as not found."""


class TroubleError(Exception):
    """The desk did something else than what an editor expects."""


class Saved(NamedTuple):
    """An acknowledged save. word: only this headline has it; seconds: of the request that saved;
    lag: from then until a search found it, infinite if it was not found in time."""

    article: int
    word: str
    seconds: float
    lag: float


class Browser:
    """Cookies and forms, as far as the desk needs them."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    def get(self, address: str) -> str:
        status, text = self._ask("GET", address)
        if status != 200:
            raise TroubleError(f"{address} was answered {status}")
        return text

    def send(self, address: str, fields: list[tuple[str, str]]) -> None:
        """Send a form. Raises TroubleError unless it is taken, which a redirect says."""
        status, text = self._ask("POST", address, urlencode(fields))
        if status != 302:
            page = html.fromstring(text or "<p>")
            told = [found.text_content() for found in page.find_class("errorlist")]
            raise TroubleError(f"{address} was answered {status}: {told}")

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer.status, text


class Editor:
    """One of them, with articles of their own."""

    def __init__(self, port: int, name: str, articles: range, random: Random) -> None:
        self.saved: list[Saved] = []
        self.troubles: list[str] = []
        self._browser = Browser(port)
        self._name, self._articles, self._random = name, articles, random

    def sign_in(self) -> None:
        """Raises TroubleError and OSError."""
        address = "/admin/login/?next=/admin/"
        fields = dict(form_of(self._browser.get(address), "login-form"))
        fields |= {"username": self._name, "password": PASSWORD}
        self._browser.send(address, list(fields.items()))

    def work(self, until: float, pause: float) -> None:
        """Until the monotonic clock says so, with pauses of so many seconds on average."""
        try:
            while time.monotonic() < until:
                self._edit(self._random.choice(self._articles))
                time.sleep(self._random.uniform(0.5, 1.5) * pause)
        except (OSError, TroubleError) as trouble:
            self.troubles.append(f"{self._name}: {trouble!r}")

    def _edit(self, article: int) -> None:
        address = f"/admin/archive/article/{article}/change/"
        fields = form_of(self._browser.get(address), "article_form")
        word = "".join(self._random.choices("bcdfghjklmnpqrstvwxz", k=12))
        headline = next(value for name, value in fields if name == "headline")
        changed = f"{headline.split(' – ')[0]} – {word}"
        others = [(name, value) for name, value in fields if name != "headline"]
        started = time.monotonic()
        self._browser.send(address, [*others, ("headline", changed), ("_save", "")])
        saved = time.monotonic()
        lag = until_found(lambda: self._is_found(word))
        self.saved.append(Saved(article, word, saved - started, lag))

    def _is_found(self, word: str) -> bool:
        return f"<mark>{word}</mark>" in self._browser.get(f"/search/?q=headline:{word}")


def until_found(is_found: Callable[[], bool]) -> float:
    """Seconds, give or take LOOK."""
    started = time.monotonic()
    while not is_found():
        if time.monotonic() > started + PATIENCE:
            return float("inf")
        Event().wait(LOOK)
    return time.monotonic() - started


def form_of(page: str, id: str) -> list[tuple[str, str]]:
    """What a browser would send of a form as it is, without the button."""
    form = html.fromstring(page).get_element_by_id(id)
    return [(name, value) for name, value in form.form_values() if not name.startswith("_")]
