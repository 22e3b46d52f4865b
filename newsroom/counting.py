"""A pytest plugin that tells `verify` what a run executed: -p newsroom.counting."""

import json
import os
from pathlib import Path

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
    counts = {
        "all": {outcome: len(reports) for outcome, reports in ended.items()},
        "browser": {
            outcome: sum("browser" in report.keywords for report in reports)
            for outcome, reports in ended.items()
        },
    }
    Path(os.environ[COUNTS_FILE]).write_text(json.dumps(counts))
