"""What came of fetching."""

from typing import NamedTuple


class Fetches(NamedTuple):
    """How many addresses were fetched from, and from how many nothing could be had."""

    fetched: int = 0
    failed: int = 0
