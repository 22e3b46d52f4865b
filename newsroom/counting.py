"""A pytest plugin that tells `verify` what a run executed: -p newsroom.counting."""

import json
import os
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

from _pytest.reports import TestReport
from _pytest.terminal import TerminalReporter

COUNTS_FILE = "NEWSROOM_COUNTS"


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Write the counts to the file that the environment names."""
    stats = terminalreporter.stats
    ended = {
        "passed": stats.get("passed", []),
        "failed": [*stats.get("failed", []), *stats.get("error", []), *stats.get("xpassed", [])],
        "skipped": [*stats.get("skipped", []), *stats.get("xfailed", [])],
    }
    Path(os.environ[COUNTS_FILE]).write_text(json.dumps(counts(ended)))


def counts(ended: Mapping[str, Sequence[TestReport]]) -> dict[str, dict[str, int]]:
    """How many reports there are of each outcome: of all tests, and of the parts that `verify` names."""
    parts: dict[str, Callable[[TestReport], bool]] = {
        "browser": lambda report: "browser" in named(report),
        "without a database": lambda report: "database" not in named(report),
    }
    every = {"all": {outcome: len(reports) for outcome, reports in ended.items()}}
    return every | {
        name: {outcome: sum(map(belongs, reports)) for outcome, reports in ended.items()}
        for name, belongs in parts.items()
    }


def named(report: TestReport) -> Container[str]:
    """The marks and names of the test; none for what failed while the tests were gathered."""
    keywords: Container[str] = getattr(report, "keywords", ())
    return keywords
