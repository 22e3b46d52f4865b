"""Every address × method × role × own, another's, unapproved, approved and absent record."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product, zip_longest
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Aggregate, Max, Sum
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from annotations.permissions import EDITOR
from annotations.tests.matrix.addresses import (
    ANONYMOUS,
    EVERYBODY,
    METHODS,
    ROLES,
    SEE_EVERYTHING,
    SUPERUSER,
    TABLE,
    Line,
    expected,
    walk,
)
from annotations.tests.matrix.world import STATES, WORK, Answers, World, fill, make_world

pytestmark = pytest.mark.django_db(databases=["default", "export"])
ADDRESSES = walk()
HIDDEN = ("own", "other", "unapproved")
PUBLIC = {
    "sign-in",
    "sign-in-again",
    "sign-out",
    "healthz",
    "language",
    "words",
    "admin:login",
    "vocabulary",
    "vocabulary_jsonld",
}  # admin:login leads to sign-in


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once, and taken back at the end; each request is taken back after its answer."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        made = make_world()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@contextmanager
def taken_back() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def send(client: Client, method: str, address: str) -> Any:
    """The answer to a request that holds nothing but, as every form's does, a token's field."""
    sent: dict[str, Any] = {"data": {"csrfmiddlewaretoken": "x"}} if method == "POST" else {}
    if address.startswith("/api/"):
        sent |= {"content_type": "application/json"}
    return getattr(client, method.lower())(address, **sent)


def ask(world: World, role: str, method: str, address: str, **more: Any) -> Any:
    """The answer, its work taken back."""
    with taken_back():
        answer = send(world.client(role, **more), method, address)
        if answer.streaming:
            list(answer.streaming_content)
        return answer


def ask_all(world: World, name: str) -> Answers:
    """The address and its answer, for every role, method and case; each asked once for all the tests of a name."""
    if name not in world.answers:
        world.answers.clear()  # the tests of one name stand side by side
        line = TABLE[name]
        asked: Answers = {}
        for role, method in product(ROLES, methods(name)):
            for case in cases(line, method):
                address = address_of(name, line, world, role, case)
                asked[role, method, case] = (address, ask(world, role, method, address))
        world.answers[name] = asked
    return world.answers[name]


def cases(line: Line, method: str) -> Iterator[tuple[str, str, str]]:
    """(work, kind, state) of the records that the address is asked for; one empty case without."""
    works = WORK if line.of == "work" else {"": line.of}
    tried = method == "GET" or (method == "POST" and line.post is not None)
    for work, kind in works.items():
        for state in (states() if tried else ("approved",)) if kind else ("",):
            yield work, kind, state


def states() -> tuple[str, ...]:
    """Every state of a record; on the second database the two that tell most.

    What a role may do is decided in Python, alike on both; what it is shown is asked of both, state by
    state, in models/test_visibility.py.
    """
    return STATES if connection.vendor == "sqlite" else ("unapproved", "absent")


def methods(name: str) -> tuple[str, ...]:
    """Every method; of pages, on the second database, those that forms send: the others ask no row."""
    everything = connection.vendor == "sqlite" or ADDRESSES[name].startswith("api/v1/")
    return METHODS if everything else ("GET", "POST")


def address_of(name: str, line: Line, world: World, role: str, case: tuple[str, str, str]) -> str:
    work, kind, state = case
    record = world.record(role, state, kind) if state else None
    address = fill(ADDRESSES[name], record, work)
    if line.needs:
        second = world.record(role, "approved" if state == "absent" else state, "second")
        address += f"?{line.needs}={second.uid}"
    return address


def test_every_address_has_a_line() -> None:
    assert set(ADDRESSES) == set(TABLE)


def test_public_addresses_are_few() -> None:
    assert {name for name, line in TABLE.items() if ANONYMOUS in line.who} == PUBLIC


@pytest.mark.parametrize("name", sorted(TABLE), scope="module")
def test_answers_are_those_of_the_table(name: str, world: World) -> None:
    line = TABLE[name]
    wrong = {}

    for (role, method, case), (_, answer) in ask_all(world, name).items():
        promised = expected(line, role, method, case[2])
        if answer.status_code != promised:
            wrong[role, method, *case] = f"{answer.status_code}, not {promised}"

    assert wrong == {}


@pytest.mark.parametrize("name", sorted(TABLE), scope="module")
def test_what_is_not_seen_and_what_is_not_there_answer_alike(name: str, world: World) -> None:
    asked = ask_all(world, name)
    unlike = []

    for (role, method, case), (address, answer) in asked.items():
        work, kind, state = case
        absent = asked.get((role, method, (work, kind, "absent")))
        if absent and role not in SEE_EVERYTHING and state in HIDDEN:
            pair = [traits(answer, address), traits(absent[1], absent[0])]
            if pair[0] != pair[1]:
                unlike.append((role, method, case, *difference(*pair)))

    assert unlike == []


@pytest.mark.parametrize("name", sorted(TABLE), scope="module")
def test_every_answer_carries_the_protecting_headers(name: str, world: World) -> None:
    admin = TABLE[name].door == "admin"
    lacking = {}

    for (role, method, case), (_, answer) in ask_all(world, name).items():
        missing = lacks(answer, signed_in=role != ANONYMOUS, admin=admin)
        if missing:
            lacking[role, method, *case] = missing

    assert lacking == {}


def traits(answer: Any, address: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers without what differs from request to request."""
    passing = {"X-Request-ID", "Set-Cookie", "Content-Length", "Expires", "Last-Modified"}
    headers = {key: _bare(value, address) for key, value in answer.items() if key not in passing}
    return answer.status_code, _bare(answer.content.decode(), address), headers


def difference(one: tuple[Any, ...], other: tuple[Any, ...]) -> list[tuple[str, str]]:
    """The lines in which the two answers differ."""
    lines = [
        [str(status), *body.splitlines(), *map(str, headers.items())]
        for status, body, headers in (one, other)
    ]
    return [pair for pair in zip_longest(*lines, fillvalue="") if pair[0] != pair[1]]


def _bare(text: str, address: str) -> str:
    text = re.sub(r"nonce[-=]\"?[\w+/=-]+", "(nonce)", text)
    text = text.replace(address, "(address)")
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "(uid)", text)
    text = re.sub(r"/\d+/", "/(key)/", text)
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "(token)", text)


def rows() -> dict[str, tuple[int, ...]]:
    """How many rows each table has, its highest key and, where it has one, the sum of its versions."""
    kept = {}
    for model in [*apps.get_app_config("annotations").get_models(), *_auth_models()]:
        sums: dict[str, Aggregate] = {"top": Max("pk")}
        if any(field.name == "version" for field in model._meta.fields):
            sums["versions"] = Sum("version")
        found = model._default_manager.aggregate(**sums)
        kept[model.__name__] = (model._default_manager.count(), *(v or 0 for v in found.values()))
    return kept


def _auth_models() -> list[Any]:
    return [*apps.get_app_config("auth").get_models(), User.groups.through]


@pytest.mark.parametrize("role", [ANONYMOUS, EDITOR, SUPERUSER])
def test_reading_changes_no_row(role: str, world: World) -> None:
    before = rows()

    for name, line in TABLE.items():
        for method in ("GET", "HEAD", "OPTIONS"):
            for case in cases(line, "GET"):
                if case[2] in ("", "own", "approved"):
                    address = address_of(name, line, world, role, case)
                    getattr(world.client(role), method.lower())(address)

    assert rows() == before


@pytest.mark.parametrize("role", [EDITOR, SUPERUSER])
def test_writing_without_the_token_is_refused(role: str, world: World) -> None:
    client = world.client(role, enforce_csrf_checks=True)
    before = rows()

    answers = {
        (name, method): send(client, method, address_of(name, line, world, role, case)).status_code
        for name, line in TABLE.items()
        for method in ("POST", "PUT", "PATCH", "DELETE")
        for case in list(cases(line, method))[:1]
    }

    assert {asked: status for asked, status in answers.items() if status != 403} == {}
    assert rows() == before


def lacks(answer: Any, *, signed_in: bool, admin: bool) -> list[str]:
    """What an answer should say to the browser and does not."""
    policy = answer.get("Content-Security-Policy", "")
    scripts = re.search(r"script-src ([^;]*)", policy)
    promised = {
        "frame-ancestors": "frame-ancestors 'none'" in policy,
        "default-src": "default-src 'self'" in policy,
        "scripts": bool(scripts) and "unsafe" not in scripts.group(1),  # type: ignore[union-attr]
        "eval": "unsafe-eval" not in policy,
        "inline styles": admin or "unsafe-inline" not in policy,
        "nosniff": answer.get("X-Content-Type-Options") == "nosniff",
        "frames": answer.get("X-Frame-Options") == "DENY",
        "referrer": answer.get("Referrer-Policy") == "same-origin",
        "no-store": not signed_in or "no-store" in answer.get("Cache-Control", ""),
        "private": not signed_in or "private" in answer.get("Cache-Control", ""),
    }
    return [name for name, kept in promised.items() if not kept]


def test_every_role_is_tried() -> None:
    assert frozenset(ROLES) == EVERYBODY
