"""Runs the tests on each database, in processes of their own, and says what was executed."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsroom import environment, local_chromium, local_postgresql
from newsroom.bootstrap import ROOT
from newsroom.counting import COUNTS_FILE
from newsroom.system import say

SECONDS_TO_END = 60
SECONDS_FOR_A_TEST = 300  # past which it hangs; the long ones may take hours
ROOM = 4 * 1024**3  # bytes in memory, for two databases and a browser
WITHOUT = "Without a database"


@dataclass(frozen=True)
class Wanted:
    """What to run; the pytest arguments narrow it further."""

    databases: tuple[str, ...]
    long: bool
    processes: int
    pytest_arguments: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How many tests ended how, in one run or in one part of it."""

    name: str
    passed: int
    failed: int
    skipped: int
    note: str = ""

    def ran(self) -> int:
        return self.passed + self.failed + self.skipped

    def ok(self) -> bool:
        return self.passed > 0 and not self.failed and not self.skipped

    def line(self) -> str:
        """“SQLite 3.40.1: 412 passed, 0 failed in 63 s”."""
        counts = f"{self.passed} passed, {self.failed} failed"
        if self.skipped:
            counts += f", {self.skipped} skipped, which counts as failed"
        if not self.passed + self.failed:
            counts = "no test ran, which counts as failed"
        return f"{self.name}: {counts}{self.note}"


def run(wanted: Wanted) -> list[Outcome]:
    """Run what is wanted: on the first database every test, on the second those that ask it."""
    browser = local_chromium.provide().name()
    outcomes: list[Outcome] = []
    if "sqlite" in wanted.databases:
        with tempfile.TemporaryDirectory(prefix="newsroom-tests-") as folder:
            url = f"sqlite:///{folder}/newsroom.sqlite3"
            outcomes += _run_on(f"SQLite {sqlite3.sqlite_version}", url, wanted, browser)
    if "postgresql" in wanted.databases and not only_without_a_database(outcomes):
        with local_postgresql.server() as server:
            name = f"PostgreSQL {server.version}"
            outcomes += _run_on(name, server.url, wanted, browser, again=bool(outcomes))
    return outcomes


def only_without_a_database(outcomes: list[Outcome]) -> bool:
    """Whether tests ran, and the second database is asked by none of them."""
    ran = {outcome.name: outcome.ran() for outcome in outcomes}
    return bool(ran) and 0 < outcomes[0].ran() == ran.get(WITHOUT)


def chosen_by(wanted: Wanted, *, again: bool) -> str:
    """The marker expression of a run; `again` is the second one, on the other database."""
    chosen = [] if wanted.long else ["not long"]
    if again:
        chosen += ["database"] if wanted.long else ["database", "not browser"]
    return " and ".join(chosen)


def end_on_terminate() -> None:
    """Let a plain `kill` end this process as ctrl-C does: with the server stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings, and none of its own."""
    kept = {key: value for key, value in os.environ.items() if key not in environment.VARIABLES}
    return kept | settings


def _run_on(
    name: str, url: str, wanted: Wanted, browser: str, *, again: bool = False
) -> list[Outcome]:
    with tempfile.TemporaryDirectory(prefix="newsroom-run-", dir=_in_memory()) as folder:
        counts_file = Path(folder) / "counts.json"
        settings = clean_environment(
            DEBUG="1", DATABASE_URL=url, TMPDIR=folder, **{COUNTS_FILE: str(counts_file)}
        )
        settings.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # some images set it: each process compiles anew
        say("testing on", name)
        began = time.monotonic()
        returned = _pytest(chosen_by(wanted, again=again), wanted, settings)
        seconds = f" in {time.monotonic() - began:.0f} s"
        counts = json.loads(counts_file.read_text()) if counts_file.exists() else {}
    whole = _outcome(name, counts.get("all", {}), seconds, returned)
    return [whole, *parts_of(name, counts, wanted, browser, again=again)]


def _in_memory() -> str | None:
    """A folder whose files need no disk, where there is room in one: what is tested is thrown away."""
    memory = Path("/dev/shm")  # noqa: S108
    has_room = memory.is_dir() and os.access(memory, os.W_OK)
    return str(memory) if has_room and shutil.disk_usage(memory).free > ROOM else None


def parts_of(
    name: str, counts: Mapping[str, Mapping[str, int]], wanted: Wanted, browser: str, *, again: bool
) -> list[Outcome]:
    """What a run tells besides: the tests in the browser, and those that the second run leaves out."""
    parts = {}
    if wanted.long or not again:
        parts["browser"] = (browser, f", with {name.split(maxsplit=1)[0]}")
    if len(wanted.databases) > 1 and not again:
        parts["without a database"] = (WITHOUT, ", run once")
    return [
        _outcome(part, counts.get(key, {}), note, 0)
        for key, (part, note) in parts.items()
        if any(counts.get(key, {}).values()) or not wanted.pytest_arguments
    ]


def _outcome(name: str, counts: Mapping[str, int], note: str, returned: int) -> Outcome:
    """Pytest can also fail outside any test: that counts as one failure."""
    failed = counts.get("failed", 0) or (1 if returned and counts.get("passed") else 0)
    return Outcome(name, counts.get("passed", 0), failed, counts.get("skipped", 0), note)


def _pytest(markers: str, wanted: Wanted, settings: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-p", "newsroom.counting", "-p", "no:cacheprovider"]
    command += ["-q", "-n", str(wanted.processes), "-m", markers]
    if not wanted.long:
        # By thread: the process ends with every stack printed, and the tests after it get a new one.
        command += ["--timeout", str(SECONDS_FOR_A_TEST), "--timeout-method", "thread"]
    # In a group of its own: an interrupt reaches it once, from here.
    process = subprocess.Popen(
        [*command, *wanted.pytest_arguments],
        cwd=ROOT,
        env=settings,
        process_group=0,
        stdin=subprocess.DEVNULL,
    )
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS_TO_END)
        raise
