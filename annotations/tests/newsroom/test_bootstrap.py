"""What `demo` and `verify` set up before Django is there."""

from pathlib import Path

import pytest

from annotations.tests.newsroom.processes import ROOT, python
from newsroom import bootstrap


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["demo", "--port", "8001"], ["requirements.txt"]),
        (["verify"], ["requirements.txt", "requirements-dev.txt"]),
        (
            ["verify", "--lint"],
            ["requirements.txt", "requirements-dev.txt", "requirements-lint.txt"],
        ),
    ],
)
def test_a_command_installs_what_it_needs_and_no_more(
    arguments: list[str], files: list[str]
) -> None:
    assert bootstrap.requirements(arguments) == files


@pytest.mark.parametrize("name", [path.name for path in ROOT.glob("requirements*.txt")])
def test_every_package_is_pinned_by_hash(name: str) -> None:
    packages = (ROOT / name).read_text().replace("\\\n", "").splitlines()
    packages = [line for line in packages if line and not line.lstrip().startswith("#")]

    assert packages
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []


def test_a_changed_requirements_file_is_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    requirements = tmp_path / "requirements.txt"
    said = []

    for content in ("# nothing", "# nothing", "# nothing either"):
        requirements.write_text(content)
        bootstrap.install("requirements.txt")
        said.append(capsys.readouterr().out)

    installing = "[set-up] installing requirements.txt\n"
    assert said == [installing, "", installing]


def test_the_demo_keeps_its_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "DEMO_SECRET", tmp_path / "secret")

    first, second = bootstrap.demo_secret(), bootstrap.demo_secret()

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_the_demo_leaves_a_database_of_somebody_else_alone() -> None:
    ended = python(["manage.py", "demo"], {"DATABASE_URL": "postgres://host/news"})

    assert ended.returncode == 1
    assert "DATABASE_URL is set" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_demo_needs_debug() -> None:
    ended = python(["manage.py", "demo"], {"DEBUG": "0", "ALLOWED_HOSTS": "localhost"})

    assert ended.returncode == 1
    assert ended.stderr == "CommandError: The demo needs DEBUG=1: its passwords are public\n"


def test_importing_the_project_imports_nothing_else() -> None:
    ended = python(["-c", "import sys, newsroom.bootstrap; print('django' in sys.modules)"], {})

    assert ended.stdout == "False\n"
