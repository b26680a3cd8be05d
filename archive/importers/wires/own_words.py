"""What an export of ours says where IPTC's formats have no word for it."""

from datetime import UTC
from urllib.parse import unquote

from archive.importers.base import CorrectionNote, Defaults
from archive.importers.wires import codes

NAMES = "urn:x-backfile:"
STATUS, ADDRESS, SECTION, PUBLISHED = (
    "x-backfile:status-", "x-backfile:url", "x-backfile:section", "x-backfile:published",
)  # fmt: skip
NOBODY = "nobody"
_PUB_STATUSES = {
    "draft": "withheld",
    codes.IN_REVIEW: "withheld",
    codes.WITHDRAWN: "canceled",
}
_CORRECTION, _EDITORS_CORRECTION = "correction", "correction-for-editors"


def pub_status(status: str) -> str:
    """Theirs for one of ours, of which they know fewer."""
    return _PUB_STATUSES.get(status, "usable")


def exact_status(own: str, word: str) -> str:
    """The status that an export of ours says in our own word, unless theirs was changed since."""
    is_as_it_was = pub_status(own) == (codes.last_part(word) or "usable")
    return own if own and is_as_it_was else codes.status(word)


def identity(uri: str, url: str = "") -> str:
    """The id that an item's name is; empty where the name is only the `url` of the item."""
    if uri.startswith(NAMES):
        return unquote(uri.removeprefix(NAMES))
    return "" if uri == url else uri


def correction_role(note: CorrectionNote) -> str:
    """A role that says what the text is, and when it was put right, in one word of a code."""
    kind = _CORRECTION if note.public else _EDITORS_CORRECTION
    when = note.when.astimezone(UTC).strftime("%Y-%m-%dT%H.%M.%S.%fZ") if note.when else ""
    return f"{kind}@{when}"


def told_corrections(
    role: str, text: str, defaults: Defaults, notes: list[str]
) -> tuple[CorrectionNote, ...]:
    """A text of an export of ours, if its role says that it is a correction."""
    kind, _, when = codes.last_part(role).partition("@")
    if kind not in (_CORRECTION, _EDITORS_CORRECTION):
        return ()
    return (CorrectionNote(text, codes.moment(when, defaults, notes), kind == _CORRECTION),)
