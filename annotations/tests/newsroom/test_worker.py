"""The worker as operators run it: a process of its own beside the site, ended by SIGTERM."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.background.save_export import save_export
from annotations.editing.tidy import LONGEST_TASK, end_dead_tasks
from annotations.exports.cells import Profile
from annotations.models import SavedExport
from annotations.permissions import EDITOR
from annotations.tests.factories import make_statement, usual
from annotations.tests.newsroom.processes import PRODUCTION, ROOT, environment

PATIENCE = 120  # seconds


@pytest.fixture(autouse=True)
def kept_in_the_database(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}


def an_export() -> SavedExport:
    return save_export(
        user=usual(EDITOR), name="statements_csv", query="", site="https://x", profile=Profile.RAW
    )


def until(is_so: Callable[[], bool]) -> None:
    late = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < late
        time.sleep(0.05)


def worker(exports: str) -> "subprocess.Popen[bytes]":
    known = connection.settings_dict
    host = quote(known["HOST"], safe="")
    url = f"postgres://{known['USER']}@{host}/{known['NAME']}"
    settings = PRODUCTION | {"DATABASE_URL": url, "EXPORTS_DIR": exports}
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    return subprocess.Popen(command, cwd=ROOT, env=environment(settings))


@pytest.mark.long
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits_and_ends_when_it_is_told(settings: Any) -> None:
    make_statement()
    saved = an_export()

    process = worker(settings.EXPORTS_DIR)
    try:
        until(lambda: SavedExport.objects.get().is_ready)
    finally:
        process.send_signal(signal.SIGTERM)
        ended = process.wait(PATIENCE)

    assert ended == 0
    assert saved.path.read_bytes().count(b"\n") >= 2


@pytest.mark.django_db
def test_tasks_of_a_dead_worker_are_ended() -> None:
    an_export()
    other = an_export()
    rows = DBTaskResult.objects.order_by("enqueued_at")
    rows.update(status="RUNNING", started_at=timezone.now())
    first = rows.first()
    assert first is not None
    DBTaskResult.objects.filter(pk=first.pk).update(started_at=timezone.now() - LONGEST_TASK * 2)

    assert end_dead_tasks() == 1

    assert list(rows.values_list("status", flat=True)) == ["FAILED", "RUNNING"]
    call_command("prune_db_task_results", min_age_days=0, verbosity=0)
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [[other.pk]]
