"""The same story under another id or another headline: found, shown to editors, never dropped."""

from archive.duplicates.deciding import duplicate_decide, duplicates_for
from archive.duplicates.finding import duplicates_find

__all__ = ["duplicate_decide", "duplicates_find", "duplicates_for"]
