"""Where a request comes from, and as whom its address is counted."""

import pytest
from django.test import RequestFactory

from gate.addresses import UNKNOWN, address_of, counted_as

PROXY = "10.0.0.1"


def request(sender: str, forwarded: str | None = None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=sender, headers=headers)


def test_without_a_proxy_of_ours_nobody_chooses_an_address(settings):
    settings.BEHIND_PROXY = 0
    assert address_of(request("203.0.113.9", "198.51.100.1")) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the first is the guest's own word
        (2, "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", PROXY),  # it came past one of the two
        (1, "", PROXY),
        (1, "somewhere", PROXY),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "1" * 5000, PROXY),
        (1, "192.0.2.1\x00", PROXY),
    ],
)
def test_behind_proxies_it_is_what_the_outermost_of_ours_saw(settings, proxies, forwarded, address):
    settings.BEHIND_PROXY = proxies
    assert address_of(request(PROXY, forwarded)) == address


def test_a_socket_file_knows_no_address(settings):
    settings.BEHIND_PROXY = 0
    assert address_of(request("")) == UNKNOWN
    assert counted_as(request("")) == UNKNOWN


def test_one_connection_is_one_guest_however_many_addresses_it_has():
    one, same, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"
    assert counted_as(request(one)) == counted_as(request(same)) == "2001:db8:1:2::/64"
    assert counted_as(request(one)) != counted_as(request(other))
    assert counted_as(request("192.0.2.1")) != counted_as(request("192.0.2.2"))
