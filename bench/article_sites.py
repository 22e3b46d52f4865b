"""What the bench `article_page` looks at: a site on this machine only. Ours; `article_peers` has the two others."""

import http.server
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Site:
    """Where the article is open, and how an editor works there."""

    name: str
    title: str
    url: str
    before: str  # another page of the same site, from which the article is opened
    cookies: list[dict[str, Any]] = field(default_factory=list)


class Missing(Exception):
    """The site cannot be had here; says why."""


def free_port() -> int:
    """One that nothing listens at."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(
    command: list[str], folder: Path, environment: dict[str, str], log: Path
) -> Iterator[None]:
    """A server, ended at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  the commands below
            command, cwd=folder, env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    """Answers everything with one line."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title><p>A page of another site.")

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def another_site() -> Iterator[str]:
    """The address of a page of another site than those looked at, which are all at LOOPBACK."""
    with http.server.ThreadingHTTPServer((LOOPBACK, 0), _Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def wait_for(url: str, log: Path) -> None:
    """Until it answers; Missing, with the end of its log, where it does not."""
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310  on this machine
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Missing(f"its server did not start: {log.read_text()[-500:]}")


@contextmanager
def ours(scratch: Path, workers: int) -> Iterator[Site]:
    """This project as operators run it, on a throw-away SQLite database, with an editor signed in."""
    port = free_port()
    url = f"http://{LOOPBACK}:{port}"
    settings = {
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": LOOPBACK,
        "DATABASE_URL": f"sqlite:///{scratch}/newsroom.sqlite3",
        "STATIC_ROOT": str(scratch / "static"),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "LOG_LEVEL": "WARNING",
    }
    python = [sys.executable, "-m"]
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    environment = os.environ | settings
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)  # noqa: S603
    filled = subprocess.run(  # noqa: S603
        [*python, "bench.article_made"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    made = json.loads(filled.splitlines()[-1])
    serve = [*python, "gunicorn", "newsroom.wsgi", "--bind", f"{LOOPBACK}:{port}"]
    log = scratch / "ours.log"
    with running([*serve, "--workers", str(workers)], ROOT, settings, log):
        wait_for(f"{url}/healthz", log)
        cookie = {"name": made["cookie"], "value": made["session"], "url": url}
        yield Site("ours", "ours", url + made["path"], f"{url}/articles/", [cookie])
