"""The guard: which addresses docbot connects to. Docs are anybody's text, and must not aim it at a network.

A name is looked up once, every address it has is checked, and the connection goes to a checked address: a
name that answers differently a moment later (DNS rebinding) gains nothing. Each redirection passes here anew.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import msgspec

Resolve = Callable[..., list[tuple[Any, ...]]]
"""`socket.getaddrinfo`, or what stands for it."""
Place = tuple[socket.AddressFamily, tuple[Any, ...]]
"""A checked address to connect to: its family, and what `socket.connect` takes."""

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are the IPv4 address that is reached."""
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is given out of IPv6 for the public internet (RFC 4291, 2.4)."""
_NEVER = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/32", "2002::/16", "3fff::/20"))
)
"""Protocols' own, relays, tunnels and samples, which some versions of Python take for public."""
_OPEN_PORTS = frozenset((80, 443))
_LOWEST_PORT = 1024
"""Below it, servers of other protocols listen, which must not be sent lines of docs."""
_MOST = 4
"""Addresses of one name that are tried."""


class ForbiddenError(Exception):
    """A place docbot doesn't connect to. The message says why."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet."""
    try:
        ip: IPv4Address | IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped
        if inner is None and ip in _TRANSLATED:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    return ip.is_global and not special and not any(ip in net for net in _NEVER if net.version == ip.version)


class Guard(msgspec.Struct, frozen=True):
    """Tells where a host may be reached. With `private` everywhere: only a person may say so."""

    private: bool = False
    resolve: Resolve = socket.getaddrinfo

    def places(self, host: str, port: int) -> list[Place]:
        """The addresses of `host`, each checked, to be tried in order.

        Raises ForbiddenError where one of them isn't public, or no page is served at the port; OSError and
        UnicodeError as `socket.getaddrinfo` does.
        """
        if not self.private and port not in _OPEN_PORTS and port < _LOWEST_PORT:
            raise ForbiddenError(f"port {port} is no port for pages")
        found = self.resolve(host, port, type=socket.SOCK_STREAM)
        places = [(family, place) for family, _, _, _, place in found]
        if not self.private:
            inside = next((place[0] for _, place in places if not is_public(str(place[0]))), None)
            if inside is not None:
                raise ForbiddenError(f"{host} is {inside}, which is no public address")
        return places[:_MOST]
