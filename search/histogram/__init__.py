"""When the articles appeared: counts per month or day become bars that fit what they show."""

from search.histogram.bars import Axis, Bar, Histogram, columns, extent, histogram
from search.histogram.trail import Step, trail
from search.histogram.widths import Width, around_day, grain_of

__all__ = [
    "Axis",
    "Bar",
    "Histogram",
    "Step",
    "Width",
    "around_day",
    "columns",
    "extent",
    "grain_of",
    "histogram",
    "trail",
]
