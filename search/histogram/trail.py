"""The way down to a period: the decade, the year and the month that it lies in."""

from typing import NamedTuple

from search.histogram.widths import Width, around_day
from search.language.periods import Period


class Step(NamedTuple):
    """A period of the calendar that is wider than the next, and holds it."""

    width: Width
    period: Period


def trail(period: Period) -> list[Step]:
    """The steps from the widest to the period itself; without itself if it has no such width."""
    widths = (Width.DECADE, Width.YEAR, Width.MONTH, Width.DAY)
    steps = (Step(width, around_day(period.start, width)) for width in widths)
    return [step for step in steps if period.end <= step.period.end]
