"""How results are shown: as what, in which orders, and how much of them on one page."""

from enum import StrEnum

from search.language.limits import MAX_WINDOW
from search.request import Sort


class View(StrEnum):
    """What a page of results is made of; the first is what readers get who choose none."""

    LIST = "list"
    HEADLINES = "headlines"
    TIMELINE = "timeline"

    @property
    def per_page(self) -> int:
        """Articles; of a timeline, years that have any."""
        return {View.LIST: 20, View.HEADLINES: 60, View.TIMELINE: 3}[self]

    @property
    def last_page(self) -> int:
        return MAX_WINDOW // self.per_page

    def pages(self, things: int) -> int:
        """How many pages they take, as far as pages can be asked for; one for nothing at all."""
        return min(max(1, -(-things // self.per_page)), self.last_page)

    def orders(self, q: str) -> tuple[Sort, ...]:
        """The orders to choose from, the default first. Without words nothing is more relevant."""
        if self is View.TIMELINE:
            return Sort.OLDEST, Sort.NEWEST
        return (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST) if q else (Sort.NEWEST, Sort.OLDEST)
