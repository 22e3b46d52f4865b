"""The checks that read the code instead of running it; all of them run even when one fails."""

import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from newsroom import local_node
from newsroom.bootstrap import ROOT
from newsroom.verification import clean_environment

# npm writes this file last: older than the lock, it describes another installation.
BIOME_INSTALLED = ROOT / "node_modules" / ".package-lock.json"


@dataclass(frozen=True)
class Check:
    heading: str
    command: list[str]
    environment: dict[str, str]


def mend() -> None:
    """Let the formatters, and the rules that know how, mend what they would complain of."""
    _provide_biome()
    python = [sys.executable, "-m"]
    mending = [
        [*python, "ruff", "check", "--fix", "--quiet"],
        [*python, "ruff", "format", "--quiet"],
        [_djade(), "--target-version", "5.2", *_templates()],
        [_biome(), "check", "--write", "--colors=off", "--log-level=error"],
    ]
    for command in mending:
        subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL)


def run() -> list[str]:
    """Run every check, with its heading and what it says; returns the headings that failed."""
    _provide_biome()
    with tempfile.TemporaryDirectory(prefix="newsroom-lint-") as folder:
        return [check.heading for check in _checks(Path(folder)) if not _passes(check)]


def _checks(folder: Path) -> list[Check]:
    database = f"sqlite:///{folder}/newsroom.sqlite3"
    developing = clean_environment(DEBUG="1", DATABASE_URL=database)
    deployed = clean_environment(
        SECRET_KEY=secrets.token_urlsafe(50), ALLOWED_HOSTS="example.org", DATABASE_URL=database
    )
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    lint_imports = str(Path(sys.executable).with_name("lint-imports"))
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    migrations = ["makemigrations", "--check", "--dry-run"]
    return [
        Check("Python: rules (ruff check)", [*python, "ruff", "check"], developing),
        Check("Python: form (ruff format)", [*python, "ruff", "format", "--check"], developing),
        Check("Python: types (mypy)", [*python, "mypy"], developing),
        Check("Python: layers (import-linter)", [lint_imports], developing),
        Check(
            "Templates (djade)",
            [_djade(), "--check", "--target-version", "5.2", *_templates()],
            developing,
        ),
        Check(
            "Scripts and styles (Biome)",
            [_biome(), "ci", "--error-on-warnings", "--colors=off"],
            developing,
        ),
        Check("Translations (catalogues --check)", [*manage, "catalogues", "--check"], developing),
        Check("Deployment (check --deploy)", [*manage, *deploy], deployed),
        Check("Migrations (makemigrations --check)", [*manage, *migrations], developing),
    ]


def _passes(check: Check) -> bool:
    print(f"\n=== {check.heading}", flush=True)
    finished = subprocess.run(
        check.command, check=False, cwd=ROOT, env=check.environment, stdin=subprocess.DEVNULL
    )
    print("passed" if finished.returncode == 0 else "FAILED", flush=True)
    return finished.returncode == 0


def _djade() -> str:
    return str(Path(sys.executable).with_name("djade"))


def _templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))


def _biome() -> str:
    """Biome's own program: unlike the package around it, it needs no node to run."""
    for program in ROOT.glob("node_modules/@biomejs/cli-*/biome"):
        return str(program)
    raise SystemExit("Biome has no program for this machine in package.json: Linux only, so far")


def _provide_biome() -> None:
    lock = ROOT / "package-lock.json"
    if not BIOME_INSTALLED.exists() or BIOME_INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        local_node.npm_ci(ROOT)
