"""The contract as a file: each change of it shows in `docs/openapi.yaml`; and the pages to read it."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from annotations.permissions import EDITOR
from annotations.tests.api.v1.asking import signed_in
from annotations.tests.factories import make_user

SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


def test_the_contract_is_the_one_in_the_file() -> None:
    out = StringIO()

    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)

    # Where it is meant to change: manage.py spectacular --file docs/openapi.yaml
    assert out.getvalue().strip() == SNAPSHOT.read_text(encoding="utf-8").strip()


@pytest.fixture
def editor() -> Client:
    return signed_in(make_user(EDITOR))


@pytest.mark.django_db
def test_the_contract_is_served_as_json(editor: Client) -> None:
    answer = editor.get("/api/schema/")

    assert answer.json()["openapi"] == "3.1.0"


@pytest.mark.django_db
def test_the_pages_load_nothing_from_elsewhere(editor: Client) -> None:
    page = editor.get("/api/docs/")
    script = editor.get("/api/docs/?script=")

    assert page.status_code == script.status_code == 200
    assert "//" not in page.content.decode().replace("<!doctype html>", "")
    assert "<script>" not in page.content.decode()
    assert script.headers["Content-Type"].startswith("application/javascript")


@pytest.mark.django_db
def test_every_problem_has_its_row(editor: Client) -> None:
    page = editor.get("/api/docs/problems/").content.decode()

    assert '<tr id="stale">' in page
    assert '<tr id="near_duplicate">' in page
