"""What to tell a reader about the part of a query that could not be honoured.

A note is a value; its words are made when it is shown, in the language of the page.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryNote:
    """Something was left out or read differently; `str()` says what, and the way out."""
