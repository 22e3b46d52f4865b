"""What the machine itself can give: Debian packages, when this runs as root. Standard library."""

import os
import shutil
import subprocess

APT_ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive"}


def say(*words: str) -> None:
    """Tell the person at the terminal what set-up is doing."""
    print("[set-up]", *words, flush=True)


def is_root() -> bool:
    return os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages. Returns False where that is not possible: no root, no apt."""
    if not is_root() or not shutil.which("apt-get"):
        return False
    say("apt-get install", *packages)
    install = ["install", "-y", "-qq", "--no-install-recommends", *packages]
    return all(_apt(arguments) for arguments in (["update", "-qq"], install))


def _apt(arguments: list[str]) -> bool:
    finished = subprocess.run(
        ["apt-get", *arguments],
        check=False,
        env=os.environ | APT_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return finished.returncode == 0
