"""How the index is and how far it lags behind, as the desk is told. Looks, and changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from search import outbox
from search.desk.counting import AT_MOST
from search.engines import get_engine
from search.engines.base import IndexUnavailable


@dataclass(frozen=True, slots=True)
class Health:
    """generation: the live one's name; "" where there is none that can be trusted, and `trouble`
    says why. waiting: changes that it has yet to learn of, up to AT_MOST + 1; the oldest of them
    waits since `since`.
    """

    generation: str
    trouble: str
    is_rebuilding: bool
    waiting: int
    since: datetime | None


def health() -> Health:
    waiting = outbox.waiting().order_by("pk").values_list("created_at", flat=True)
    moments = list(waiting[: AT_MOST + 1])
    generation, trouble = live_generation()
    return Health(
        generation=generation,
        trouble=trouble,
        is_rebuilding=get_engine().rebuilding(),
        waiting=len(moments),
        since=moments[0] if moments else None,
    )


def live_generation() -> tuple[str, str]:
    """The name of the live generation, or why none can be trusted."""
    try:
        return get_engine().generation(), ""
    except IndexUnavailable as trouble:
        return "", str(trouble)
