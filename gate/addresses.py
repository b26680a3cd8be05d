"""Where a request comes from."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
"""What a server that listens on a socket file knows of its guests, unless its proxy says more. They
are not counted by it, or one of them could shut out all others."""

ONE_GUEST = 64
"""Bits of an IPv6 address that tell one connection from another (RFC 6177): the others are theirs
to choose, so who is counted by all of them is not counted."""


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks, or UNKNOWN.

    Behind n proxies of ours, each of which appends the address that it was asked from to
    X-Forwarded-For, it is the n-th from the right: what stands before it anybody can have written.
    """
    sender = request.META.get("REMOTE_ADDR", "")
    told = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.BEHIND_PROXY <= len(told):
        sender = told[-settings.BEHIND_PROXY]
    address = parsed(sender) or parsed(request.META.get("REMOTE_ADDR", ""))
    return str(address) if address else UNKNOWN


def counted_as(request: HttpRequest) -> str:
    """The address as it is counted: of IPv6 the network of one connection."""
    address = parsed(address_of(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), ONE_GUEST), strict=False))
    return str(address) if address else UNKNOWN


def parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: also `[2001:db8::1]:443`, `192.0.2.1:443`, `::ffff:192.0.2.1`
    and `fe80::1%eth0`."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
