"""Which hosts a request of ours may reach: public ones, written plainly, on the ports of the web.

The list is one of what is allowed. Python's `is_global` alone lets through multicast, NAT64
(64:ff9b::/96), 6to4 (2002::/16) and its relays (192.88.99.0/24), by which inner hosts are reached.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

LONGEST = 2000  # characters of an address
LONGEST_NAME = 253  # of a host's name: RFC 1035
PORTS = frozenset({80, 443})
_USUAL = {"http": 80, "https": 443}
_UNPLAIN = re.compile(r"[\x00-\x20\x7f-\x9f\\\s]")
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")
_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_V4_CLOSED = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24")))
_V4_CLOSED += tuple(map(IPv4Network, ("192.52.193.0/24", "192.175.48.0/24")))
_V6_OPEN = IPv6Network("2000::/3")  # all that is given out for the public net
_V6_CLOSED = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48"))
)


class Refused(Exception):
    """The request was not sent, or its answer not taken; the message says why, for people."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: `host` is a name in ASCII, or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str  # with its query, percent-encoded

    @property
    def address(self) -> str:
        """The whole address, as it is shown and kept."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _USUAL[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}{self.path}"


def is_public(address: Address) -> bool:
    """Whether the address is one of a public host: nothing private, special or translated."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or address.is_reserved or address.is_unspecified
        closed = any(address in network for network in _V4_CLOSED)
        return address.is_global and not special and not closed
    if address.scope_id is not None or address not in _V6_OPEN:
        return False
    return not any(address in network for network in _V6_CLOSED)


def target_of(address: str, ports: Iterable[int] = PORTS) -> Target:
    """The target that an address names; Refused where it is not plain http or https, or tries to trick."""
    parts, port = _split(address)
    if parts.scheme not in _USUAL:
        raise Refused(_("Only http and https addresses can be fetched."))
    if "@" in parts.netloc:
        raise Refused(_("The address holds a user name or password: leave it out."))
    port = _USUAL[parts.scheme] if port is None else port
    if port not in ports:
        raise Refused(_("Only the ports 80 and 443 are used."))
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, _host(parts), port, _encoded(path + query))


def secure_target_of(address: str, ports: Iterable[int] = PORTS) -> Target:
    """The target of an address that begins with https://, where whoever listens is verified; Refused."""
    target = target_of(address, ports)
    if target.scheme != "https":
        raise Refused(
            _("The address must begin with https://: nobody verifies who listens at another.")
        )
    return target


def _split(address: str) -> tuple[SplitResult, int | None]:
    if len(address) > LONGEST or _UNPLAIN.search(address):
        raise Refused(_("This is not a web address."))
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError as error:
        raise Refused(_("This is not a web address.")) from error


def _host(parts: SplitResult) -> str:
    """The host in ASCII; a number that is not written as four plain ones is refused."""
    named = parts.hostname or ""
    if "[" in parts.netloc:
        return str(_literal(named))
    try:
        host = named.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError as error:
        raise Refused(_("This is not a web address.")) from error
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_literal(host))
    if len(host) > LONGEST_NAME or not all(map(_NAME.fullmatch, labels)):
        raise Refused(_("This is not a web address."))
    return host


def _literal(host: str) -> Address:
    try:
        return ip_address(host)
    except ValueError as error:
        raise Refused(_("The address names its host by an odd number.")) from error


def _encoded(path: str) -> str:
    """The path in ASCII, what is encoded already left alone."""
    return "".join(
        char
        if char.isascii()
        else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in path
    )
