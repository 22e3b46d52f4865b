"""A program on this machine that is told what happens, and the guard opened to it alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from typing import Any

from annotations.editing import deliver as delivering

LOOPBACK = ip_address("127.0.0.1")


@dataclass
class Listener:
    """What came, and how the next ones are answered."""

    address: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    code: int = 200
    says: bytes = b"thanks"
    leads_to: str = ""


@contextmanager
def listening(monkeypatch: Any) -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.came.append((dict(self.headers), body))
            self.send_response(listener.code)
            if listener.leads_to:
                self.send_header("Location", listener.leads_to)
            self.send_header("Content-Length", str(len(listener.says)))
            self.end_headers()
            self.wfile.write(listener.says)

        def log_request(self, *args: Any) -> None:
            """Nothing on standard error."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    listener.address = f"http://127.0.0.1:{port}/hook"
    mine = frozenset({port})
    rules = replace(
        delivering.RULES, ports=mine, allows=lambda each: each == LOOPBACK, secure=False
    )
    monkeypatch.setattr("annotations.editing.deliver.RULES", rules)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
