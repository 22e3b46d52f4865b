"""Programs sign in with a token: what it lets them do, when it lets nobody in, and that nothing else keeps it."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle

from annotations.editing.issue import Issued, issue, revoke
from annotations.models import Actor, Token
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import make_actor, make_user
from newsroom.logs import JsonFormatter

pytestmark = pytest.mark.django_db
ADDRESS = "/api/actors/"
NEW = {"name": "Somebody", "kind": "person"}


def token(user: User | None = None, scope: str = "write", days: int = 1) -> Issued:
    owner = user or make_user(EDITOR)
    return issue(user=owner, name="desk", scope=scope, lasts=timedelta(days=days))


def bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def post(client: Client, secret: str) -> Any:
    return client.post(ADDRESS, NEW, content_type="application/json", headers=bearing(secret))


def test_a_token_reads_and_writes_as_its_owner_without_a_session_or_csrf() -> None:
    owner = make_user(EDITOR)
    client = Client(enforce_csrf_checks=True)

    answer = post(client, token(owner).secret)

    assert answer.status_code == 201
    assert Actor.objects.get(name="Somebody").history.get().history_user == owner
    assert not client.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_token_for_reading_is_refused_every_other_method(client: Client) -> None:
    secret = token(scope="read").secret

    read = client.get(ADDRESS, headers=bearing(secret))
    refused = [
        client.generic(method, ADDRESS, "{}", "application/json", headers=bearing(secret))
        for method in ("POST", "PUT", "PATCH", "DELETE")
    ]

    assert read.status_code == 200
    assert [answer.status_code for answer in refused] == [403] * 4
    assert not Actor.objects.exists()


def test_a_token_gives_no_more_than_its_owner_has(client: Client) -> None:
    assert post(client, token(make_user(REPORTER)).secret).status_code == 403


def test_what_lets_nobody_in_is_401_at_once_and_says_how_to_sign_in(client: Client) -> None:
    revoked, expired, closed, roleless = (token(make_user(EDITOR)) for _ in range(4))
    before = [client.get(ADDRESS, headers=bearing(each.secret)).status_code for each in (revoked,)]
    revoke(user=revoked.token.owner, token=revoked.token)
    past = timezone.now() - timedelta(days=2)
    Token.objects.filter(pk=expired.token.pk).update(created_at=past, expires_at=timezone.now())
    User.objects.filter(pk=closed.token.owner_id).update(is_active=False)
    roleless.token.owner.groups.clear()

    sent = [
        revoked.secret,
        expired.secret,
        closed.secret,
        "nrt_" + "0" * 64,
        "",
        "x" * 300,
        "nrt_\xe9",
    ]
    answers = [client.get(ADDRESS, headers=bearing(secret)) for secret in sent]

    assert before == [200]
    assert [answer.status_code for answer in answers] == [401] * 7
    assert {answer["WWW-Authenticate"] for answer in answers} == {'Bearer realm="api"'}
    assert client.get(ADDRESS, headers=bearing(roleless.secret)).status_code == 403
    assert client.get(ADDRESS).status_code == 401


def test_a_session_beside_a_bad_token_does_not_help(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    assert client.get(ADDRESS, headers=bearing("nrt_no")).status_code == 401
    assert client.get(ADDRESS, headers={"Authorization": "Basic eA=="}).status_code == 200


def test_a_token_signs_nobody_in_on_the_pages(client: Client) -> None:
    answer = client.get("/articles/", headers=bearing(token().secret))

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/articles/")


def test_its_use_is_noted_once_a_minute(client: Client) -> None:
    issued = token()

    for _ in range(2):
        client.get(ADDRESS, headers=bearing(issued.secret))
    first = Token.objects.get().last_used_at
    Token.objects.update(last_used_at=timezone.now() - timedelta(hours=1))
    client.get(ADDRESS, headers=bearing(issued.secret))

    used = Token.objects.get().last_used_at
    assert first
    assert used
    assert used > first


@pytest.fixture
def log() -> Iterator[StringIO]:
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_the_secret_is_in_no_row_and_no_log(client: Client, log: StringIO) -> None:
    make_actor()
    issued = token()
    client.get(ADDRESS, headers=bearing(issued.secret))
    client.get(ADDRESS + issued.secret, headers=bearing(issued.secret))
    logging.getLogger("newsroom").error("It said %s", issued.secret)
    try:
        raise ValueError(issued.secret)
    except ValueError:
        logging.getLogger("newsroom").exception("It failed")

    rows = serializers.serialize("json", Token.objects.all())

    assert issued.secret not in rows
    assert issued.secret not in log.getvalue()
    assert [json.loads(line)["message"] for line in log.getvalue().splitlines()][-2:] == [
        "It said nrt_…",
        "It failed",
    ]


def test_each_token_and_each_account_has_its_limit(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"anon": "1/minute", "user": "3/minute", "token": "2/minute"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    owner = make_user(EDITOR)
    one, other = token(owner), token(owner)

    answers = [client.get(ADDRESS, headers=bearing(each.secret)) for each in [one] * 3 + [other]]
    by_session = Client()
    by_session.force_login(owner)

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert by_session.get(ADDRESS).status_code == 429
