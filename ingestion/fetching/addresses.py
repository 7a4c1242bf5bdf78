"""Which addresses a source may live on. Asked at the moment of connecting, so neither a redirect, a literal in any
spelling nor a name that resolves differently the second time leads into the operator's own network.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Global by the registries of IANA, and yet doors into somebody's own network.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # the host agent of a large cloud
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b::/96",  # carries an IPv4 address: NAT64
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "::/96",
        "fec0::/10",
    )
)


class ForbiddenAddressError(OSError):
    """A connection that was not made."""


def is_public(address: str) -> bool:
    """Whether an address as the resolver gives it («10.0.0.1», «fe80::1%eth0») is one of the open internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global or parsed.is_multicast or parsed.is_reserved:
        return False
    return not any(parsed in network for network in _CLOSED if network.version == parsed.version)


def socket_factory(*, allow_private: bool) -> Callable[[tuple[Any, ...]], socket.socket]:
    """What makes the sockets of the HTTP client, one for each address it is about to connect to."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _name, where = info
        if not allow_private and not is_public(str(where[0])):
            raise ForbiddenAddressError(f"{where[0]} is not an address of the open internet")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make
