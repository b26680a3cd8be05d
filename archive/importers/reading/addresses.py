"""One address for one page, whatever was hung on it on its way."""

import re
from urllib.parse import urlsplit

_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id)(=|$)", re.IGNORECASE)


def canonical(address: str) -> str:
    """Without a place in the page and what only tells how a reader came (`utm_source`, `fbclid`);
    the scheme and the host in small letters.

    A fragment that names a page of its own (`#!/2009/flood`) stays. So does a slash at the end:
    only the server knows whether another page is meant. Idempotent.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # no address: it is refused elsewhere
        return address
    told = [part for part in parts.query.split("&") if not _TRACKING.match(part)]
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    host = parts.netloc.rpartition("@")
    netloc = "".join([*host[:2], host[2].lower()])
    return parts._replace(query="&".join(told), fragment=fragment, netloc=netloc).geturl()
