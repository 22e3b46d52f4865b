"""Requests to addresses that somebody typed: to public hosts only, verified, bounded in time and size.

Every address that a name resolves to is checked, and one of those is connected to: the name is asked
once for each hop, so that it cannot answer otherwise the second time. No proxy, no cookies, no
credentials. `get` follows redirects, each checked as the first; `post`, for webhooks, follows none.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from newsroom.bounded import PIECE, whole
from newsroom.public_addresses import (
    PORTS,
    Address,
    Refused,
    Target,
    is_public,
    secure_target_of,
    target_of,
)

__all__ = ["Answer", "Refused", "Rules", "get", "post"]

REDIRECTS = (301, 302, 303, 307, 308)
AGENT = "Mozilla/5.0 (compatible; newsroom annotations)"
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """What came back: `body` is decoded, `address` the one after the last redirect."""

    address: str
    host: str
    status: int
    content_type: str
    body: bytes = field(repr=False)
    location: str = ""


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of the name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found))


@dataclass(frozen=True)
class Rules:
    """What a request may reach and cost. Tests open `allows` and `ports` to a server of their own."""

    seconds: float = 15  # for everything together: names, redirects, the whole body
    redirects: int = 5
    ports: frozenset[int] = PORTS
    allows: Callable[[Address], bool] = is_public
    resolve: Resolve = resolve
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    secure: bool = False  # by https only

    def target(self, address: str) -> Target:
        """Where a request to the address goes; Refused where none may be sent, whatever the host."""
        return (secure_target_of if self.secure else target_of)(address, self.ports)


USUAL = Rules()


def get(address: str, *, media: Iterable[str], largest: int, rules: Rules = USUAL) -> Answer:
    """The page at the address, at most `largest` bytes decoded; Refused says why there is none.

    Its content type must be one of `media`. Redirects are followed, never from https to http.
    """
    ends = time.monotonic() + rules.seconds
    target = rules.target(address)
    wanted = {"Accept": ", ".join([*media, "*/*;q=0.1"]), "Accept-Encoding": "gzip, deflate"}
    for _hop in range(rules.redirects + 1):
        answer = _exchange("GET", target, None, wanted, frozenset(media), largest, ends, rules)
        if answer.status not in REDIRECTS:
            return _fit(answer)
        target = _next(target, answer.location, rules)
    raise Refused(_("The address leads on and on to others."))


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    largest: int = PIECE,
    rules: Rules = USUAL,
) -> Answer:
    """The answer to these bytes, whatever its status and type; redirects are not followed. Refused."""
    ends = time.monotonic() + rules.seconds
    target = rules.target(address)
    return _exchange("POST", target, body, headers, frozenset(), largest, ends, rules)


def _fit(answer: Answer) -> Answer:
    if answer.status != http.client.OK:
        raise Refused(_("The server answered %(status)s.") % {"status": answer.status})
    return answer


def _next(target: Target, location: str, rules: Rules) -> Target:
    try:
        joined = urljoin(target.address, location)
    except ValueError as error:  # [:: and the like
        raise Refused(_("The address leads to none.")) from error
    following = rules.target(joined)
    if target.scheme == "https" and following.scheme == "http":
        raise Refused(_("The address leads from https to http, where nobody is verified."))
    return following


def _exchange(
    method: str,
    target: Target,
    body: bytes | None,
    headers: Mapping[str, str],
    media: frozenset[str],
    largest: int,
    ends: float,
    rules: Rules,
) -> Answer:
    """One request and its answer; no body is read of a redirect or of a type that is not wanted."""
    addresses = _addresses(target, ends, rules)
    try:
        with _connected(target, addresses, ends, rules) as connection:
            connection.request(method, target.path, body, {"User-Agent": AGENT, **headers})
            found = connection.getresponse()
            kind = found.headers.get("Content-Type", "")
            location = found.headers.get("Location", "") if found.status in REDIRECTS else ""
            kept = b"" if location else _body(found, kind, media, largest)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused(_why(error)) from error
    return Answer(target.address, target.host, found.status, kind, kept, location)


def _body(found: http.client.HTTPResponse, kind: str, media: frozenset[str], largest: int) -> bytes:
    if media and found.status == http.client.OK and _bare(kind) not in media:
        raise Refused(
            _("The address answers with “%(kind)s”, which cannot be read here.")
            % {"kind": _bare(kind)[:100] or "?"}
        )
    return whole(_pieces(found), found.headers.get("Content-Encoding", ""), largest)


def _bare(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()


def _pieces(found: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := found.read(PIECE):
        yield piece
    if found.length:  # fewer bytes came than were promised
        raise Refused(_("The answer broke off."))


def _addresses(target: Target, ends: float, rules: Rules) -> list[Address]:
    """The addresses of the host, all of them public; Refused where one is not."""
    try:
        found = [ip_address(target.host)]
    except ValueError:
        found = [ip_address(each) for each in _resolved(target, ends, rules)]
    if not found or not all(map(rules.allows, found)):
        raise Refused(_("This host is not on the public net."))
    return found


def _resolved(target: Target, ends: float, rules: Rules) -> Sequence[str]:
    """What the resolver says, waited for no longer than there is time: it cannot be stopped."""
    found: list[str] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(rules.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.0, ends - time.monotonic()))
    if asking.is_alive():
        raise Refused(_took_too_long())
    if failed or not found:
        raise Refused(_("There is no host of this name."))
    return list(found)


@contextmanager
def _connected(
    target: Target, addresses: Sequence[Address], ends: float, rules: Rules
) -> Iterator[http.client.HTTPConnection]:
    """A connection to one of the addresses, cut off when the time is over, whatever it is doing."""
    sock = _socket(target, addresses, ends)
    cut = threading.Event()
    raw = sock

    def cut_off() -> None:
        cut.set()
        raw.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, ends - time.monotonic()), _quietly(cut_off))
    timer.daemon = True
    timer.start()
    try:
        if target.scheme == "https":
            sock = rules.tls().wrap_socket(raw.dup(), server_hostname=target.host)
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = sock
        connection.auto_open = 0  # never by itself, which would ask for the name again
        yield connection
    finally:
        timer.cancel()
        sock.close()
        raw.close()
        if cut.is_set():
            raise Refused(_took_too_long())


def _quietly(act: Callable[[], None]) -> Callable[[], None]:
    def acting() -> None:
        try:
            act()
        except OSError:  # it was closed at the same moment
            return

    return acting


def _socket(target: Target, addresses: Sequence[Address], ends: float) -> socket.socket:
    """Connected to the first address that takes it; the last one's error where none does."""
    failed: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(max(0.01, ends - time.monotonic()))
        try:
            sock.connect((str(address), target.port))
        except OSError as error:
            sock.close()
            failed = error
        else:
            return sock
    raise failed


def _why(error: Exception) -> str:
    match error:
        case TimeoutError():
            return _took_too_long()
        case ssl.SSLCertVerificationError():
            return _("The server cannot prove that it is the one it says (TLS).")
        case ssl.SSLError():
            return _("No safe connection to the server came about (TLS).")
        case OSError():
            return _("The server cannot be reached.")
        case _:
            return _("The server does not speak HTTP as it should.")


def _took_too_long() -> str:
    return _("The server took too long.")
