"""What the documents say is true of the code."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from newsroom.environment import VARIABLES

DOCUMENTS = [settings.BASE_DIR / "README.md", *sorted((settings.BASE_DIR / "docs").glob("*.md"))]


def test_operators_read_of_every_variable() -> None:
    text = (settings.BASE_DIR / "docs" / "operators.md").read_text()

    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", text, re.MULTILINE))

    assert rows == VARIABLES


def test_readme_opens_with_the_two_commands() -> None:
    lines = (settings.BASE_DIR / "README.md").read_text().splitlines()

    commands = [line.split("#")[0].strip() for line in lines[:6] if line.startswith("    ")]

    assert commands == ["python3 manage.py demo", "python3 manage.py verify"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())

    missing = [target for target in targets if not (document.parent / target).exists()]

    assert missing == []
