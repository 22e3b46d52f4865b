"""Keyed POSTs under load: twenty who send the same at once, and processes killed in the middle of one."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle

from annotations.editing.issue import issue
from annotations.models import Actor, IdempotencyKey
from annotations.permissions import EDITOR
from annotations.tests.factories import make_user

pytestmark = [
    pytest.mark.long,
    pytest.mark.postgresql,  # on SQLite one writes at a time, whoever asks
    pytest.mark.django_db(transaction=True),
]

SENDERS, KEYS, KILLS = 20, 50, 200
PATIENCE = 120  # seconds until an answer other than “in flight”
SEED = int(os.environ.get("KILLS_SEED", "1"))


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    rates = {"user": None, "token": None, "anon": None}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    user = make_user(EDITOR)
    return issue(user=user, name="load", scope="write", lasts=timedelta(days=1)).secret


@pytest.fixture
def room() -> Iterator[None]:
    """A connection for each sender: the server's threads have one each, too."""
    pool: Any = connection.pool  # type: ignore[attr-defined]
    pool.resize(1, SENDERS + 1)
    yield
    pool.resize(pool.min_size, 4)


def send(token: str, number: int) -> Any:
    """The answer to the actor of this number under its key."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"key-{number}"}
    body = {"name": called(number), "kind": "person", "although_near": True}
    return Client().post("/api/v1/actors/", body, "application/json", headers=headers)


def called(number: int) -> str:
    return f"Person {number}"


def told(token: str, number: int) -> tuple[Any, int]:
    """The answer that is not “in flight”, and how often it was that before."""
    waited, until = 0, time.monotonic() + PATIENCE
    while (answer := send(token, number)).status_code == 409 and time.monotonic() < until:
        waited += 1
        time.sleep(0.05)
    return answer, waited


@pytest.mark.usefixtures("room")
def test_what_twenty_send_at_once_is_done_once(token: str) -> None:
    def all_keys(sender: int) -> list[tuple[int, int, bytes, int]]:
        order = random.Random(sender).sample(range(KEYS), KEYS) if sender % 2 else range(KEYS)
        try:
            found = [(number, *told(token, number)) for number in order]
        finally:
            connections.close_all()
        return [(number, a.status_code, a.content, waited) for number, a, waited in found]

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = [each for got in pool.map(all_keys, range(SENDERS)) for each in got]

    print(f"{len(answers)} answers, {sum(each[3] for each in answers)} times in flight")
    assert Counter(status for _, status, _, _ in answers) == {201: SENDERS * KEYS}
    assert len({(number, content) for number, _, content, _ in answers}) == KEYS
    names = Actor.objects.filter(name__startswith="Person").values_list("name", flat=True)
    assert Counter(names) == Counter(map(called, range(KEYS)))
    assert Actor.history.filter(name__startswith="Person").count() == KEYS


def killed_while_sending(token: str, number: int, after: float) -> bool:
    """A process of its own sends the request and is killed after so many seconds; whether it was not done by then."""
    for each in connections.all(initialized_only=True):  # no two processes write to one connection
        each.close()
        each.close_pool()  # type: ignore[attr-defined]
    child = os.fork()
    if not child:
        try:
            send(token, number)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    until = time.monotonic() + PATIENCE
    while others() and time.monotonic() < until:  # the server still does what it was told last
        time.sleep(0.01)
    return os.WIFSIGNALED(status)


def others() -> int:
    """How many other connections are at something."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def test_what_a_killed_process_began_is_done_once_by_who_sends_it_again(token: str) -> None:
    send(token, KILLS)  # the first one takes longer than those after it
    began = time.monotonic()
    send(token, KILLS + 1)
    takes, chance = time.monotonic() - began, random.Random(SEED)
    left: Counter[str] = Counter()

    for number in range(KILLS):
        was_killed = killed_while_sending(token, number, chance.uniform(0, 4 * takes))
        row = IdempotencyKey.objects.filter(key=f"key-{number}").first()
        done = Actor.objects.filter(name=called(number)).count()
        state = "answered" if row and row.status else "claimed" if row else "free"
        left[f"{'killed' if was_killed else 'ended'}, {state}"] += 1
        assert done == (state == "answered")
        soon = send(token, number)
        assert soon.status_code == (409 if state == "claimed" else 201)
        IdempotencyKey.objects.filter(status=None).update(
            claimed_at=timezone.now() - timedelta(minutes=3)  # as if so long had passed
        )
        assert send(token, number).status_code == 201
        assert Actor.objects.filter(name=called(number)).count() == 1

    print(f"seed {SEED}, a request takes {takes:.2f} s:", dict(left))
    assert not IdempotencyKey.objects.filter(status=None).exists()
    assert left["killed, claimed"]
