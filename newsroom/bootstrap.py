"""Makes .venv with the pinned packages and goes on inside it: what `demo` and `verify` stand on.

Standard library only, since it runs before anything is installed. A stamp in .venv holds the
hash of each requirements file that was installed, so that the next run starts at once.
"""

import fcntl
import hashlib
import importlib.util
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.system import apt_install, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DEMO_SECRET = ROOT / ".demo-secret-key"

NO_VENV_MODULE = (
    "Python's venv module is missing: install it (on Debian, as root: "
    "apt-get install python3-venv) and run this again"
)

DATABASE_IN_USE = (
    "DATABASE_URL is set, and the demo would add accounts with public passwords to that database: "
    "unset it, or set DEBUG=1 if that is what you want"
)


def prepare(arguments: list[str]) -> None:
    """Set up what `demo` or `verify` needs, then run it in .venv; returns once it is there."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may well run this line
        raise SystemExit("Python 3.11 or newer is needed")
    with _alone():
        _make_venv()
        for name in requirements(arguments):
            install(name)
    _set_environment(arguments[0])
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606  no shell is wanted


def install(name: str) -> None:
    """Install one requirements file into .venv, by hash, unless that was done before."""
    wanted = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    stamp = VENV / f"installed-{name}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("installing", name)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    pinned = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / name)]
    finished = subprocess.run([*pip, *pinned], check=False, stdin=subprocess.DEVNULL)
    if finished.returncode:
        raise SystemExit(f"{name} could not be installed: pip says why above")
    stamp.write_text(wanted)


def requirements(arguments: list[str]) -> list[str]:
    names = ["requirements.txt"]
    if arguments[0] == "verify":
        names.append("requirements-dev.txt")
    if "--lint" in arguments:
        names.append("requirements-lint.txt")
    return names


@contextmanager
def _alone() -> Iterator[None]:
    """Keep a second command from installing into the same .venv at the same time."""
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if _venv_works():
        return
    say("creating", str(VENV))
    # Debian ships venv without ensurepip, which python3-venv brings.
    if importlib.util.find_spec("ensurepip") is None and not apt_install("python3-venv"):
        raise SystemExit(NO_VENV_MODULE)
    created = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    if created.returncode:
        raise SystemExit(f"{VENV.name} could not be made: the lines above say why")


def _venv_works() -> bool:
    if not PYTHON.exists():
        return False
    pip = subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True)
    return pip.returncode == 0


def _set_environment(command: str) -> None:
    if command == "demo" and os.environ.get("DATABASE_URL") and not os.environ.get("DEBUG"):
        raise SystemExit(DATABASE_IN_USE)
    os.environ.setdefault("DEBUG", "1")
    if command == "demo" and not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = demo_secret()


def demo_secret() -> str:
    """A secret of this copy's own, kept so that a second run finds people still signed in."""
    if not DEMO_SECRET.exists():
        DEMO_SECRET.touch(mode=0o600)
        DEMO_SECRET.write_text(secrets.token_urlsafe(50))
    return DEMO_SECRET.read_text()
