from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from newsroom import health

AN_HOUR = timedelta(hours=1)


@task()
def write_back(words: str) -> str:
    return words


def in_an_hour() -> datetime:
    return timezone.now() + AN_HOUR


@pytest.mark.django_db
def test_healthz_answers_anybody(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_healthz_says_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


@pytest.mark.django_db
def test_healthz_says_when_migrations_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", [])
    MigrationRecorder.Migration.objects.filter(app="annotations").order_by("-id")[0].delete()

    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"Migrations are not applied.\n")


@pytest.mark.django_db
def test_healthz_asks_for_migrations_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/healthz")

    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.django_db
def test_healthz_says_when_tasks_wait_and_stays_in_use(client: Client, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}
    queued = [
        write_back.enqueue("now").id,
        write_back.using(run_after=in_an_hour()).enqueue("x").id,
    ]
    at_once = client.get("/healthz").content.decode()
    DBTaskResult.objects.filter(id__in=queued).update(enqueued_at=timezone.now() - AN_HOUR)

    later = client.get("/healthz")

    assert at_once == "ok\n"
    assert later.status_code == 200
    assert later.content.decode() == (
        "ok\nA task waits since 60 minutes: is manage.py db_worker running?\n"
    )


@pytest.mark.django_db
def test_healthz_only_reads(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
