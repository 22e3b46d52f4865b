"""The site as operators run it: collected static files, gunicorn, DEBUG off."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from annotations.tests.newsroom.processes import PRODUCTION, ROOT, environment, python

HOST = PRODUCTION["ALLOWED_HOSTS"]


class Site:
    """A running server and how to ask it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, forwarded: str = "https") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Host": HOST, "X-Forwarded-Proto": forwarded, "X-Forwarded-For": "192.0.2.1"}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("production")
    settings = PRODUCTION | {
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "STATIC_ROOT": str(folder / "static"),
        "PROXY_COUNT": "1",
    }
    for command in (["collectstatic", "--noinput"], ["migrate"]):
        ended = python(["manage.py", *command, "--verbosity=0"], settings)
        assert not ended.returncode, ended.stderr
    listener = socket.create_server(("127.0.0.1", 0))
    gunicorn = ["-m", "gunicorn", "newsroom.wsgi", "--bind", f"fd://{listener.fileno()}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, *gunicorn],
            cwd=ROOT,
            env=environment(settings),
            pass_fds=[listener.fileno()],
            stderr=log,
        )
    try:
        yield Site(listener.getsockname()[1])
    finally:
        process.terminate()
        process.wait(30)
        listener.close()


def test_the_sign_in_page_is_served_with_hashed_files(site: Site) -> None:
    answer, page = site.get("/sign-in/")

    assert answer.status == 200
    styles = re.search(r'href="(/static/annotations/css/main\.[0-9a-f]{12}\.css)"', page)
    assert styles
    file, _ = site.get(styles[1])
    assert (file.status, file.headers["Cache-Control"]) == (
        200,
        "max-age=315360000, public, immutable",
    )


def test_the_style_sheet_is_one_file_of_all_components(site: Site) -> None:
    _, page = site.get("/sign-in/")
    address = re.search(r'href="(/static/annotations/css/main\.[0-9a-f]{12}\.css)"', page)
    assert address

    _, sheet = site.get(address[1])

    assert "@import" not in sheet
    layers = re.findall(r"^@layer (tokens|base|components) \{$", sheet, re.MULTILINE)
    components = list((ROOT / "static/annotations/css/components").glob("*.css"))
    assert layers == ["tokens", "base", *["components"] * len(components)]


def test_every_script_of_the_import_map_is_there(site: Site) -> None:
    answer, page = site.get("/sign-in/")

    found = re.search(r'<script type="importmap" nonce="([^"]+)">(.+?)</script>', page)
    assert found
    assert f"'nonce-{found[1]}'" in answer.headers["Content-Security-Policy"]
    scripts = json.loads(found[2])["imports"]
    assert "/static/annotations/js/main.js" in scripts
    for plain, hashed in scripts.items():
        assert hashed != plain
        assert site.get(hashed)[0].status == 200


def test_a_page_needs_a_signed_in_person(site: Site) -> None:
    answer, _ = site.get("/")

    assert (answer.status, answer.headers["Location"]) == (302, "/sign-in/?next=/")


def test_plain_http_is_sent_to_https_except_the_health_check(site: Site) -> None:
    page, _ = site.get("/sign-in/", forwarded="http")
    health, said = site.get("/healthz", forwarded="http")

    assert (page.status, page.headers["Location"]) == (301, f"https://{HOST}/sign-in/")
    assert (health.status, said) == (200, "ok\n")


def test_cookies_and_transport_are_bound_to_this_host(site: Site) -> None:
    answer, _ = site.get("/sign-in/")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_missing_page_shows_no_trace(site: Site) -> None:
    answer, page = site.get("/static/nothing.css")

    assert answer.status == 404
    assert "Traceback" not in page
    assert "DEBUG" not in page


def test_gunicorn_does_not_start_without_a_secret(tmp_path: Path) -> None:
    began = time.monotonic()

    ended = python(["-m", "gunicorn", "newsroom.wsgi", "--bind", f"unix:{tmp_path}/s"], {})

    assert ended.returncode != 0
    assert "SECRET_KEY is not set" in ended.stderr
    assert time.monotonic() - began < 30
