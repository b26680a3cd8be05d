"""What to tell a reader about the part of a query that could not be honoured.

A note is a value; its words are made when it is shown, in the language of the page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.language.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, MIN_PREFIX


@dataclass(frozen=True, slots=True)
class QueryNote:
    """Something was left out or read differently; `str()` says what, and the way out."""
