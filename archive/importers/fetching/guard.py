"""Where an address leads, and whether that may be asked: the public Internet, and nothing nearer.

A name is looked up once and the very address that was found is connected to, so that a name which
leads elsewhere a moment later (DNS rebinding) gains nothing.
"""

import re
import socket
from collections.abc import Container
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

IPAddress = IPv4Address | IPv6Address
Endpoint = tuple[str, int]
"""An address in digits, and a port."""

PORTS = {"http": 80, "https": 443}
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "::/96",  # holds an address of IPv4 (RFC 4291), as do the next five
            "::ffff:0:0/96",
            "64:ff9b::/96",  # NAT64: RFC 6052
            "64:ff9b:1::/48",  # RFC 8215
            "2001::/32",  # Teredo: RFC 4380
            "2002::/16",  # 6to4: RFC 3056
            "fec0::/10",  # of a site: RFC 3879
            "192.0.0.0/24",  # for protocols: RFC 6890; Python before 3.12 thinks some of it public
            "168.63.129.16/32",  # public by its number, and inside of Azure
        ),
    )
)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_UNQUOTED = "/%:@!$&'()*+,;=~?"


class FetchError(Exception):
    """Something could not be fetched. The text says why, for an archivist."""


class UnreachableError(FetchError):
    """Nobody answers there: what else is to be had from that server will not be, either."""


class Target(NamedTuple):
    """What to ask, and where: `ip` and no other is connected to. `path` has the query."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def named(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(address: str, allowed: Container[Endpoint] = ()) -> Target:
    """Where `address` leads. Raises FetchError unless each address that its name has is public or
    `allowed`."""
    try:
        parts = urlsplit(address)
        port = PORTS[parts.scheme]
        host, port = _host(parts), parts.port or port
    except KeyError:
        raise FetchError("only http and https are fetched") from None
    except ValueError as error:
        raise FetchError(f"it is no web address ({error})") from error
    if parts.username is not None or parts.password is not None:
        raise FetchError("addresses with a user name are not fetched")
    found = _looked_up(host, port)
    for ip in found:
        if not is_public(ip_address(ip)) and (ip, port) not in allowed:
            raise FetchError(f"{host} leads into a private network ({ip})")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(parts.scheme, host, port, quote(path, safe=_UNQUOTED), found[0])


def is_public(ip: IPAddress) -> bool:
    """Whether an address is somebody's on the Internet: not this machine's, not of a private or a
    local network, not one that holds another address within."""
    is_for_one = not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
    return ip.is_global and is_for_one and not any(ip in network for network in NOT_PUBLIC)


def _host(parts: SplitResult) -> str:
    """The host in letters of ASCII. Raises ValueError."""
    host = (parts.hostname or "").encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise ValueError(f"host {host!r}")
    return host


def _looked_up(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{host} is not known ({error})") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))
