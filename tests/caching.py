"""A cache between many browsers and the site, as RFC 9111 has shared ones."""

from collections.abc import Mapping
from typing import NamedTuple

from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date


class Kept(NamedTuple):
    """An answer that may be given again to who asks with the same `asked`, fresh until `until`."""

    asked: Mapping[str, str]
    status: int
    headers: Mapping[str, str]
    body: bytes
    until: float


class SharedCache:
    """careless: takes whatever it may keep for fresh, and so shows what `Vary` does by itself."""

    def __init__(self, *, careless: bool = False) -> None:
        self.careless = careless
        self.kept: dict[str, list[Kept]] = {}
        self.hits = 0

    def get(self, browser: Client, page: str, headers: Mapping[str, str] | None = None) -> Kept:
        """The answer that this browser is given."""
        sent = {"Cookie": browser.cookies.output(header="", sep=";"), **(headers or {})}
        now = timezone.now().timestamp()
        for known in self.kept.get(page, []):
            is_for_them = all(sent.get(name, "") == value for name, value in known.asked.items())
            if is_for_them and (self.careless or now < known.until):
                self.hits += 1
                return known
        return self._fetched(browser, page, sent, now)

    def _fetched(self, browser: Client, page: str, sent: Mapping[str, str], now: float) -> Kept:
        others = {name: value for name, value in sent.items() if name != "Cookie"}
        response = browser.get(page, headers=others)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        varied = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        asked = {name: sent.get(name, "") for name in varied if name}
        headers = dict(response.headers)
        if response.cookies:
            headers["Set-Cookie"] = response.cookies.output(header="")
        until = now + lifetime(headers, now)
        answer = Kept(asked, response.status_code, headers, body, until)
        if may_keep(headers):
            self.kept.setdefault(page, []).insert(0, answer)
        return answer


def directives(headers: Mapping[str, str]) -> dict[str, str]:
    """Of Cache-Control: each with its value."""
    parts = headers.get("Cache-Control", "").lower().split(",")
    return {name: value for name, _, value in (part.strip().partition("=") for part in parts)}


def may_keep(headers: Mapping[str, str]) -> bool:
    """May a cache that many share store it? (section 3)"""
    return headers.get("Vary") != "*" and directives(headers).keys().isdisjoint(
        ("no-store", "private")
    )


def lifetime(headers: Mapping[str, str], now: float) -> float:
    """Seconds for which nobody has to be asked; a tenth of its age where nothing is said (4.2)."""
    said = directives(headers)
    if "no-cache" in said:
        return 0
    for name in ("s-maxage", "max-age"):
        if name in said:
            return float(said[name])
    if "Expires" in headers:
        return parse_http_date(headers["Expires"]) - now
    if "Last-Modified" in headers:
        return (now - parse_http_date(headers["Last-Modified"])) / 10
    return 0
