"""The client in docs/api.md does what it says."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from annotations.editing.issue import issue
from annotations.models import Response
from annotations.permissions import EDITOR
from annotations.tests.factories import make_user

DOCS = Path(settings.BASE_DIR) / "docs" / "api.md"


def program() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


def test_the_client_is_short() -> None:
    assert len([line for line in program().splitlines() if line.strip()]) <= 30


@pytest.mark.django_db(transaction=True, databases=["default", "export"])
def test_the_client_in_the_docs_runs(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lasts = timedelta(days=1)
    made = issue(user=make_user(EDITOR), name="client", scope="write", lasts=lasts)
    monkeypatch.setenv("NEWSROOM_SITE", live_server.url)
    monkeypatch.setenv("NEWSROOM_TOKEN", made.secret)
    names: dict[str, Any] = {}

    exec(compile(program(), str(DOCS), "exec"), names)  # noqa: S102  # that it runs is the test

    rows = list(csv.DictReader(io.StringIO(names["csv"])))
    assert {row["quote"] for row in rows} == {"“The army crossed the border,”", "denied it"}
    link = Response.objects.get()
    assert (str(link.claim.uid), str(link.response.uid)) == (names["claim"], names["denial"])
    assert [party.name for party in link.live_parties()] == ["The Ministry"]
