"""A caching proxy in twenty lines, as readers may have one before them.

It keeps what it may by `Vary` (RFC 9111, 4.1) and, where it is `heeding`, by `Cache-Control`. Where
it is not, it is the worst that is still a cache: it keeps everything, and goes by `Vary` alone.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from django.http import HttpResponse

Site = Callable[[str, Mapping[str, str]], HttpResponse]
NOT_SHARED = {"no-store", "private", "no-cache"}


class SharedCache:
    def __init__(self, site: Site, *, heeding: bool = False, deaf_to: str = "") -> None:
        """deaf_to: a header that it does not look at though `Vary` names it."""
        self.site = site
        self.heeding = heeding
        self.deaf_to = deaf_to.lower()
        self.hits = 0
        self._kept: dict[str, list[tuple[dict[str, str], HttpResponse]]] = defaultdict(list)

    def get(self, path: str, headers: Mapping[str, str]) -> HttpResponse:
        asked = {name.lower(): value for name, value in headers.items()}
        for chosen_by, answer in self._kept[path]:
            if all(asked.get(name, "") == value for name, value in chosen_by.items()):
                self.hits += 1
                return answer
        answer = self.site(path, headers)
        if self.may_keep(answer):
            names = [name.strip().lower() for name in answer.headers.get("Vary", "").split(",")]
            heard = [name for name in names if name and name != self.deaf_to]
            self._kept[path].append(({name: asked.get(name, "") for name in heard}, answer))
        return answer

    def may_keep(self, answer: HttpResponse) -> bool:
        told = {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")}
        return "*" not in answer.headers.get("Vary", "") and not (
            self.heeding and NOT_SHARED & told
        )
