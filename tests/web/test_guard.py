"""Which addresses docbot connects to."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from docbot.web.guard import ForbiddenError, Guard, is_public

PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 11.0.0.1 9.255.255.255 126.255.255.255 128.0.0.1 172.15.255.255 172.32.0.1
192.167.255.255 192.169.0.1 169.253.255.255 169.255.0.1 100.63.255.255 100.128.0.1 198.17.255.255
223.255.255.1 2606:4700:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8 64:ff9b::8.8.8.8
""".split()
INSIDE = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
192.168.255.255 169.254.0.1 169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200 100.127.255.255
192.0.0.1 192.0.0.192 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.250
233.252.0.1 240.0.0.1 255.255.255.255 192.88.99.1
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
fe80::1 fe80::1%eth0 febf::1 fec0::1 fc00::1 fd00:ec2::254 fdff::1 ff02::1 ff0e::1 2001:db8::1 3fff::1
2002:7f00:1:: 2002:808:808:: 2001:0:53aa:64c:0:fbff:f5ff:fffe 64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1
100::1 4000::1 5f00::1
nonsense 1.2.3 256.1.1.1
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_any_other_address_is_not(address: str) -> None:
    assert not is_public(address)


def resolving(*addresses: str) -> Any:
    """A resolver by which every name has these addresses."""

    def resolve(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        assert options == {"type": socket.SOCK_STREAM}
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(families[":" in a], socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    return resolve


def numbers_only(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
    """How systems read a host that is a number: `inet_aton` knows every notation of old."""
    if ":" in host:
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (host, port, 0, 0))]
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (socket.inet_ntoa(socket.inet_aton(host)), port))]


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.1 127.0.1 0 0.0.0.0 0x0
    10.1 167772161 0xa9fea9fe 2852039166 0251.0376.0251.0376 3232235521 ::1 ::ffff:7f00:1 0:0:0:0:0:0:0:1
    fe80::1 169.254.169.254 localhost""".split(),
)
def test_whatever_notation_a_private_host_is_written_in(host: str) -> None:
    resolve = numbers_only if host != "localhost" else socket.getaddrinfo
    with pytest.raises(ForbiddenError, match="no public address"):
        Guard(resolve=resolve).places(host, 80)


def test_name_that_leads_inside_is_refused() -> None:
    with pytest.raises(ForbiddenError, match=r"inside\.lantern\.dev is 10\.0\.0\.7"):
        Guard(resolve=resolving("10.0.0.7")).places("inside.lantern.dev", 443)


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(ForbiddenError):
        Guard(resolve=resolving("93.184.216.34", "127.0.0.1")).places("lantern.dev", 443)


def test_checked_addresses_are_what_is_connected_to() -> None:
    guard = Guard(resolve=resolving("93.184.216.34", "2606:4700::1"))
    assert [place for _, place in guard.places("lantern.dev", 8443)] == [
        ("93.184.216.34", 8443),
        ("2606:4700::1", 8443),
    ]


@pytest.mark.parametrize("port", [22, 25, 110, 143, 445, 587, 993])
def test_ports_of_other_protocols_are_refused(port: int) -> None:
    with pytest.raises(ForbiddenError, match="port"):
        Guard(resolve=resolving("93.184.216.34")).places("lantern.dev", port)


def test_a_person_may_allow_it() -> None:
    assert Guard(private=True).places("127.0.0.1", 25)[0][1][0] == "127.0.0.1"
