"""Time zones as dates name them: by offset, by a place, by what its clocks are called."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# What clocks are called in several countries is what English-language newsrooms mean by it: BST is
# British Summer Time, EST and CST are those of America. IST, which is as usual in India, Ireland
# and Israel, is not understood.
_HOURS_FROM_UTC = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1,
    "CEST": 2, "MESZ": 2, "EET": 2, "SAST": 2, "EEST": 3, "EAT": 3, "MSK": 3, "MSD": 4, "HKT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10,
}  # fmt: skip
_REGIONS = {
    "ET": "America/New_York", "CT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")


def zone_named(name: str) -> tzinfo | None:
    """The zone that is called so, whatever its letters' case; None if there is no such."""
    known = name.upper()
    if known in _HOURS_FROM_UTC:
        return timezone(timedelta(hours=_HOURS_FROM_UTC[known]))
    if place := _REGIONS.get(known) or _places().get(known):
        return ZoneInfo(place)
    offset = _OFFSET.fullmatch(known)
    if not offset or int(offset[2]) > 14 or int(offset[3] or 0) > 59:
        return None
    shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-shift if offset[1] == "-" else shift)


@cache
def _places() -> dict[str, str]:
    """Europe/London and the others that stand so in the database of time zones."""
    return {name.upper(): name for name in available_timezones() if "/" in name}
