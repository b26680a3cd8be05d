"""Who is who: an editor's decisions about people, as services.

Each is atomic, asks for the right to change people (PermissionDenied), is kept as a PersonDecision
and can be undone by `decision_undo`. What cannot be done raises IdentityError and changes nothing.
The rows that it moves are watched like any others, so the index follows.
"""

from archive.identity.deciding import (
    decision_undo,
    person_deny_name,
    person_keep_apart,
    person_mark_not_a_person,
    person_merge,
    person_rename,
    person_split,
)
from archive.identity.ground import IdentityError, are_apart

__all__ = [
    "IdentityError",
    "are_apart",
    "decision_undo",
    "person_deny_name",
    "person_keep_apart",
    "person_mark_not_a_person",
    "person_merge",
    "person_rename",
    "person_split",
]
