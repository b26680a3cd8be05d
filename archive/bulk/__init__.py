"""Writes: one change made to many articles, some hundred at a time, and its undoing.

Each change says of any article beforehand whether it will be changed, and if not why not; what it
did to it is kept as JSON, by whoever asks for it, and given back to undo it.
"""

from archive.bulk.base import Change, Made, Verdict, change_make, change_undo, verdicts
from archive.bulk.kinds import Kind, change_from

__all__ = [
    "Change",
    "Kind",
    "Made",
    "Verdict",
    "change_from",
    "change_make",
    "change_undo",
    "verdicts",
]
