"""Exports made in the background: their owner's alone, whole or failed in words, gone after a week."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.background.save_export import Deleted, make_export
from annotations.exports.registry import FORMATS
from annotations.models import SavedExport
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import approve, make_actor, make_article, make_statement, make_user

pytestmark = [
    pytest.mark.django_db(databases=["default", "export"]),
    pytest.mark.usefixtures("folder"),
]
# An export reads through a connection of its own, which sees what is committed.
streaming = pytest.mark.django_db(
    transaction=True, databases=["default", "export"], serialized_rollback=True
)
ADDRESS = "/exports/saved/"
CSV = {"format": "statements_csv", "profile": "raw"}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_DIR = str(tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def queued(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}


@pytest.fixture
def me(client: Client) -> User:
    user = make_user(EDITOR)
    client.force_login(user)
    return user


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


@streaming
def test_the_file_is_the_download_of_the_same_filter(
    client: Client, me: User, folder: Path
) -> None:
    make_statement(act="denial", gist="دری")
    make_statement(act="accusation")

    answer = client.post(ADDRESS, CSV | {"query": "act=denial"}, follow=True)
    saved = SavedExport.objects.get()
    page = answer.content.decode()
    file = client.get(f"{ADDRESS}{saved.uid}/")

    assert (saved.state, saved.owner, saved.size) == ("ready", me, saved.path.stat().st_size)
    assert saved.path.stat().st_mode & 0o077 == 0
    assert f'href="{ADDRESS}{saved.uid}/" download' in page
    direct = client.get("/statements.csv?act=denial&profile=raw")
    whole = b"".join(direct.streaming_content)  # type: ignore[attr-defined]
    assert b"".join(file.streaming_content) == whole  # type: ignore[attr-defined]
    assert "دری".encode() in whole
    assert whole.count(b'"accusation"') == 0
    assert file["Content-Disposition"] == 'attachment; filename="statements.csv"'
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in file["Cache-Control"]


@streaming
def test_a_collection_is_named_by_its_filter_wherever_it_is_taken(client: Client, me: User) -> None:
    make_statement(act="denial")

    client.post(ADDRESS, {"format": "annotations_jsonld", "profile": "", "query": "act=denial"})
    addresses = [
        "/annotations.jsonld?act=denial",
        "/api/v1/exports/annotations.jsonld/?act=denial",
        f"{ADDRESS}{SavedExport.objects.get().uid}/",
    ]
    names = {json.loads(client.get(each).getvalue())["id"] for each in addresses}

    assert names == {"http://testserver/annotations.jsonld?act=denial"}


@streaming
def test_every_format_can_be_saved_and_says_how_many_rows_it_read(client: Client, me: User) -> None:
    for _ in range(3):
        make_statement()

    for name in FORMATS:
        client.post(ADDRESS, {"format": name})

    rows = {row.format: row for row in SavedExport.objects.all()}
    assert {name: row.state for name, row in rows.items()} == dict.fromkeys(FORMATS, "ready")
    csv = rows["statements_csv"]
    counted = (3, 3) if connection.vendor == "postgresql" else (None, 0)  # where it holds up nobody
    assert (csv.rows, csv.rows_read) == counted


def test_nobody_else_sees_downloads_or_deletes_it(client: Client, me: User) -> None:
    client.post(ADDRESS, CSV)
    saved = SavedExport.objects.get()
    other = Client()
    other.force_login(make_user("", superuser=True))

    addresses = [f"{ADDRESS}{saved.uid}/{rest}" for rest in ("", "state/")]
    answers = [other.get(each).status_code for each in addresses]
    answers += [other.post(f"{ADDRESS}{saved.uid}/delete/").status_code]

    assert answers == [404] * 3
    assert str(saved.uid) not in other.get(ADDRESS).content.decode()
    me.groups.clear()
    assert client.get(addresses[0]).status_code == 404


def test_it_waits_for_the_worker_and_shows_how_far_it_is(
    client: Client, me: User, queued: None
) -> None:
    client.post(ADDRESS, CSV)
    saved = SavedExport.objects.get()
    waiting = client.get(ADDRESS).content.decode()
    SavedExport.objects.update(state="running", rows=5000, rows_read=1200)
    running = client.get(f"{ADDRESS}{saved.uid}/state/").content.decode()

    assert 'hx-trigger="every 2s"' in waiting
    assert "waits its turn" in waiting
    assert "1,200 of 5,000 statements read" in running
    assert '<progress value="1200" max="5000"' in running
    assert client.get(f"{ADDRESS}{saved.uid}/").status_code == 404


def kept(owner: User, number: int, **values: Any) -> list[SavedExport]:
    now = timezone.now()
    return [
        SavedExport.objects.create(
            owner=owner,
            format="statements_csv",
            file="statements.csv",
            state="failed",
            failure="disk",
            created_at=now + timedelta(minutes=place),
            expires_at=now + timedelta(days=7),
            **values,
        )
        for place in range(number)
    ]


def test_many_cost_as_much_as_one_and_come_page_by_page(
    client: Client,
    me: User,
    django_assert_num_queries: Any,  # pytest-django's: a context manager of its own type
) -> None:
    actor, article = make_actor("Zarif"), make_article(headline="A border")
    query = f"actor={actor.uid}&outlet=nobody&article={article.uid}&act=denial"
    make_actor("Not asked for")
    kept(make_user(EDITOR), 1)
    kept(me, 1, query=query)
    client.get(ADDRESS)  # the session is looked up once

    with django_assert_num_queries(7):
        one = client.get(ADDRESS)
    first = one.context["rows"][0][0]
    own = [*reversed(kept(me, 30, query=query)), first]
    with django_assert_num_queries(7):
        many = client.get(ADDRESS)
    rest = client.get(f"{ADDRESS}?{many.context['listing'].following}")

    assert len(one.context["rows"]) == 1
    assert [row for row, _, _ in many.context["rows"] + rest.context["rows"]] == own
    assert [chip.value for chip in one.context["rows"][0][2]] == [
        "Zarif",
        "denial",
        "A border",
        "nobody",
    ]


def test_two_at_a_time(client: Client, me: User, queued: None) -> None:
    answers = [client.post(ADDRESS, CSV) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Two files are being made already." in answers[2].content.decode()


def test_what_cannot_be_made_is_refused_by_field(client: Client, me: User) -> None:
    answer = client.post(ADDRESS, {"format": "word", "query": "act=nonsense"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"format", "query"}
    assert not SavedExport.objects.exists()


@streaming
def test_it_shows_what_its_owner_may_see_when_it_is_made(
    client: Client, me: User, queued: None, folder: Path
) -> None:
    make_statement(exact="the army crossed the border.")
    approve(make_statement(exact="denied the claim"))
    client.post(ADDRESS, CSV)
    me.groups.clear()
    make_export.call(SavedExport.objects.get().pk)
    forbidden = SavedExport.objects.get()
    SavedExport.objects.update(state="waiting", failure="")
    me.groups.set(make_user(REPORTER).groups.all())
    make_export.call(forbidden.pk)

    assert (forbidden.state, forbidden.failure) == ("failed", "forbidden")
    ready = SavedExport.objects.get()
    assert ready.state == "ready"
    assert b"denied the claim" in ready.path.read_bytes()
    assert b"crossed the border" not in ready.path.read_bytes()


@streaming
def test_who_lost_the_right_to_what_is_in_it_gets_it_no_more(client: Client, me: User) -> None:
    me.groups.set(make_user(EDITOR).groups.all())
    make_statement()
    client.post(ADDRESS, CSV)
    address = f"{ADDRESS}{SavedExport.objects.get().uid}/"

    before = client.get(address)
    before.close()
    me.groups.set(make_user(REPORTER).groups.all())

    assert (before.status_code, client.get(address).status_code) == (200, 404)


class Broken(RuntimeError):
    """What a fault of ours raises."""


def failing(error: type[Exception]) -> Callable[..., Any]:
    def write(*_: Any) -> Any:
        yield b"half of it"
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "failure"), [(Broken, "fault"), (OSError, "disk"), (Deleted, "stopped")]
)
def test_a_failure_is_told_in_words_and_leaves_no_half_file(
    client: Client,
    me: User,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    failure: str,
) -> None:
    broken = FORMATS["statements_csv"].__class__(
        **{**vars(FORMATS["statements_csv"]), "write": failing(error)}
    )
    monkeypatch.setitem(FORMATS, "statements_csv", broken)

    page = client.post(ADDRESS, CSV, follow=True).content.decode()

    saved = SavedExport.objects.get()
    assert (saved.state, saved.failure) == ("failed", failure)
    assert str(SavedExport.Failure(failure).label) in page
    assert files(folder) == []


def test_it_is_deleted_by_its_owner(client: Client, me: User, folder: Path) -> None:
    client.post(ADDRESS, CSV)
    before = len(files(folder))

    answer = client.post(f"{ADDRESS}{SavedExport.objects.get().uid}/delete/")

    assert (before, answer.status_code) == (1, 302)
    assert files(folder) == []
    assert not SavedExport.objects.exists()


def test_it_goes_after_a_week_by_task_and_by_command(
    client: Client, me: User, queued: None, folder: Path
) -> None:
    client.post(ADDRESS, CSV)
    saved = SavedExport.objects.get()
    make_export.call(saved.pk)
    week = timedelta(days=7)
    later = DBTaskResult.objects.get(task_path__endswith="forget_exports")
    SavedExport.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    call_command("tidy", verbosity=0)
    kept = len(files(folder))
    SavedExport.objects.update(expires_at=timezone.now())
    call_command("tidy", verbosity=0)

    assert abs(later.run_after - timezone.now() - week) < timedelta(minutes=1)
    assert kept == 1
    assert files(folder) == []
    assert not SavedExport.objects.exists()


def test_what_a_dead_worker_left_is_said_to_have_stopped(
    client: Client, me: User, queued: None
) -> None:
    client.post(ADDRESS, CSV)
    SavedExport.objects.update(state="running", started_at=timezone.now() - timedelta(hours=7))

    call_command("tidy", verbosity=0)

    assert "The machine stopped before it was done." in client.get(ADDRESS).content.decode()
