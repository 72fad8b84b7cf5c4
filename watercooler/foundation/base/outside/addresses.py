"""Which servers may be reached: public ones, and the internal hosts that an administrator named.

Somebody who may type an address must not be able to let this server talk to its own network: to its database, to a
printer, to the service that hands out a cloud machine's credentials. So every address that a name resolves to is
looked at, in every way it can be written, and one that is not public refuses the whole name.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

type Address = IPv4Address | IPv6Address

LONGEST = 1000
PORTS = {"https": (443, 8443), "http": (80,)}

# Not public although `is_global` says so: 6to4 relays, and the address at which one cloud answers its own machines.
NEVER_V4 = tuple(map(IPv4Network, ("192.88.99.0/24", "168.63.129.16/32", "100.100.100.200/32")))
UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
# Tunnels carry an IPv4 address inside, and nobody publishes a server at one; the last is for books, which Python 3.12
# does not know yet.
NEVER_V6 = tuple(map(IPv6Network, ("2001::/32", "2002::/16", "3fff::/20")))
ISATAP = (0x00005EFE, 0x02005EFE)


class Forbidden(Exception):
    """An address that may not be reached. The message is a translated sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads. host: in ASCII, lower case, without brackets. is_named: an administrator allows it."""

    scheme: str
    host: str
    port: int

    @property
    def is_named(self) -> bool:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{shown}:{self.port}" in settings.INTERNAL_HOSTS or (
            shown in settings.INTERNAL_HOSTS and self.port in PORTS[self.scheme]
        )


def check(address: str, plain: bool = False) -> Place:
    """Return where an address leads, looking at how it is written alone; nothing is asked of the network.

    plain: whether http will do as well as https. Raises Forbidden.
    """
    try:
        url = httpx.URL(address)
        host = url.raw_host.decode("ascii").lower().rstrip(".")
        place = Place(url.scheme, host, url.port or (443 if url.scheme == "https" else 80))
    except (httpx.InvalidURL, UnicodeError, TypeError, ValueError):
        raise Forbidden(_("That is not an address.")) from None
    if place.scheme not in PORTS or not host or len(address) > LONGEST or url.userinfo or "%" in host:
        raise Forbidden(_("Give an address that begins with https:// and holds no name or password."))
    if place.is_named:
        return place
    if place.scheme == "http" and not plain:
        raise Forbidden(_("Give an address that begins with https://, so that nobody on the way can read along."))
    if place.port not in PORTS[place.scheme]:
        raise Forbidden(_("Servers elsewhere are reached at ports 443 and 8443 only."))
    if (literal := _literal(host)) is not None and not is_public(literal):
        raise Forbidden(_("That address lies inside your own network."))
    return place


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def resolve(host: str, port: int, may_be_internal: bool = False) -> list[str]:
    """Return the IP addresses of a host, each of them allowed. Raises Forbidden if a single one is not.

    Whoever connects must use one of these and not ask again: a name can resolve to something else a moment later.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Forbidden(_("There is no server of this name.")) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for text in addresses:
        one = ip_address(text)
        if not (is_public(one) or (may_be_internal and is_internal(one))):
            raise Forbidden(_("That name leads inside a network, not to a public server."))
    return addresses


def is_public(address: Address) -> bool:
    """Say whether this is a server on the public internet, whatever other address is wrapped in it."""
    return all(map(_is_public, _forms(address)))


def is_internal(address: Address) -> bool:
    """Say whether this may be a server of the organisation: private or this machine, never a network's own service."""
    if any(map(_belongs_to_the_network, _forms(address))):
        return False
    return all(one.is_private or one.is_loopback or _is_public(one) for one in _forms(address))


def _forms(address: Address) -> Iterator[Address]:
    """Yield the address that will be reached: the IPv4 one inside a mapped or translated IPv6 one, or itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
            return
        if address in NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
            yield IPv4Address(int(address) & 0xFFFFFFFF)
            return
    yield address


def _is_public(address: Address) -> bool:
    if _belongs_to_the_network(address) or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NEVER_V4)
    is_never = any(address in network for network in NEVER_V6) or (int(address) >> 32) & 0xFFFFFFFF in ISATAP
    return address in UNICAST and not is_never


def _belongs_to_the_network(address: Address) -> bool:
    """Say whether the address stands for no server: everybody, nobody, or what the network tells its machines."""
    return (
        address.is_multicast
        or address.is_unspecified
        or address.is_link_local
        or (address.is_reserved and not address.is_loopback)
        or address in IPv4Network("0.0.0.0/8")
        or address == IPv6Address("fd00:ec2::254")
        or any(address in network for network in NEVER_V4)
    )
