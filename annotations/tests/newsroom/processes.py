"""Starting the site in a process of its own, with an environment of the test's choosing."""

import os
import subprocess
import sys
from pathlib import Path

from newsroom.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[3]

PRODUCTION = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "news.example.org"}


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment of this process with these settings only."""
    kept = {key: value for key, value in os.environ.items() if key not in VARIABLES}
    return kept | settings


def python(arguments: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder until it ends."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(settings),
        text=True,
    )
