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
    NOONE,
    ROLES,
    SEE_EVERYTHING,
    SUPERUSER,
    TABLE,
    Line,
    expected,
    walk,
)
from annotations.tests.matrix.world import STATES, WORK, Answers, Case, World, fill, make_world

pytestmark = pytest.mark.django_db(databases=["default", "export"])
ADDRESSES = walk()
each_address = pytest.mark.parametrize(
    ("name", "whole"),
    [
        pytest.param(
            name, whole, id=f"{name}-whole" if whole else name, marks=[pytest.mark.long] * whole
        )
        for name in sorted(TABLE)
        for whole in (False, True)
    ],
    scope="module",
)
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


def ask_all(world: World, name: str, *, whole: bool) -> Answers:
    """The address and its answer, for every role, method and case; each asked once for all the tests of a name."""
    if (name, whole) not in world.answers:
        world.answers.clear()  # the tests of one name stand side by side
        line = TABLE[name]
        asked: Answers = {}
        for role, method in product(ROLES, METHODS):
            for case in cases(name, role, method, whole=whole):
                address = address_of(name, line, world, role, case)
                asked[role, method, case] = (address, ask(world, role, method, address))
        world.answers[name, whole] = asked
    return world.answers[name, whole]


def cases(name: str, role: str, method: str, *, whole: bool) -> Iterator[Case]:
    """(work, kind, state) of the records that the address is asked for; one empty case without."""
    of = TABLE[name].of
    tried = STATES if whole else states(name, role, method)
    for work, kind in (WORK if of == "work" else {"": of}).items():
        for state in tried if kind else [""] if tried else []:
            yield work, kind, state


def states(name: str, role: str, method: str) -> tuple[str, ...]:
    """The states that tell something; the long test asks for all of them.

    Whom no record is shown and who sees all of them is answered alike in every state but “absent”. A method
    that an address does not take is refused before a record is looked up; of pages, to the superuser as to all.
    """
    line = TABLE[name]
    if {"GET": line.get, "POST": line.post}.get(method) is None:
        of_forms = method in ("GET", "POST") or ADDRESSES[name].startswith("api/v1/")
        asked = role in (ANONYMOUS, SUPERUSER) and connection.vendor == "sqlite"  # it asks no row
        return ("approved",) if of_forms or asked else ()
    if role not in line.who | (line.writers or NOONE):
        return ("own", "absent")
    # What a role may do is decided in Python, alike on both databases; what it is shown is asked of both,
    # state by state, in models/test_visibility.py.
    all_tell = role not in SEE_EVERYTHING and connection.vendor == "sqlite"
    return STATES if all_tell else ("unapproved", "absent")


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


@each_address
def test_answers_are_those_of_the_table(name: str, whole: bool, world: World) -> None:
    line = TABLE[name]
    wrong = {}

    for (role, method, case), (_, answer) in ask_all(world, name, whole=whole).items():
        promised = expected(line, role, method, case[2])
        if answer.status_code != promised:
            wrong[role, method, *case] = f"{answer.status_code}, not {promised}"

    assert wrong == {}


@each_address
def test_what_is_not_seen_and_what_is_not_there_answer_alike(
    name: str, whole: bool, world: World
) -> None:
    asked = ask_all(world, name, whole=whole)
    unlike = []

    for (role, method, case), (address, answer) in asked.items():
        work, kind, state = case
        absent = asked.get((role, method, (work, kind, "absent")))
        if absent and role not in SEE_EVERYTHING and state in HIDDEN:
            pair = [traits(answer, address), traits(absent[1], absent[0])]
            if pair[0] != pair[1]:
                unlike.append((role, method, case, *difference(*pair)))

    assert unlike == []


@each_address
def test_every_answer_carries_the_protecting_headers(name: str, whole: bool, world: World) -> None:
    admin = TABLE[name].door == "admin"
    lacking = {}

    for (role, method, case), (_, answer) in ask_all(world, name, whole=whole).items():
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
@pytest.mark.parametrize(
    ("methods", "tried"),
    [
        (("GET",), ("", "own")),
        pytest.param(("GET", "HEAD", "OPTIONS"), ("", *STATES), marks=pytest.mark.long),
    ],
    ids=["read", "whole"],
)
def test_reading_changes_no_row(
    role: str, methods: tuple[str, ...], tried: tuple[str, ...], world: World
) -> None:
    before = rows()

    for (name, line), method in product(TABLE.items(), methods):
        for case in cases(name, role, "GET", whole=True):
            if case[2] in tried:
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
        for case in list(cases(name, role, method, whole=True))[:1]
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
