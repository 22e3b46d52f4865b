"""Servers on loopback for tests of fetching: one that plays the public net, one that nobody may reach."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

FRONT, INNER = "127.0.0.2", "127.0.0.1"
Reply = Callable[[str], bytes]  # the request's path → all bytes of the answer


@dataclass
class Door:
    """A server; `connections` counts who reached it."""

    port: int
    connections: list[str] = field(default_factory=list)


def answer(
    body: bytes = b"", *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """The bytes of an answer; `headers` by their names with _ for -."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", "Connection: close"]
    told = {"content_length": str(len(body)), **headers}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def open_door(host: str, reply: Reply = lambda _path: answer(b"reached")) -> Iterator[Door]:
    """A server on a free port of this host until the end."""
    listening = socket.create_server((host, 0), family=socket.AF_INET)
    door = Door(listening.getsockname()[1])
    threading.Thread(target=_serve, args=(listening, door, reply), daemon=True).start()
    try:
        yield door
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _serve(listening: socket.socket, door: Door, reply: Reply) -> None:
    while True:
        try:
            connection, _peer = listening.accept()
        except OSError:
            return
        door.connections.append("")
        threading.Thread(target=_answer, args=(connection, reply), daemon=True).start()


def _answer(connection: socket.socket, reply: Reply) -> None:
    with connection:
        connection.settimeout(5)
        try:
            asked = connection.recv(65536).split(b" ")
            connection.sendall(reply(asked[1].decode("latin-1") if len(asked) > 1 else ""))
        except OSError:
            return
