"""Signing in and out, and what stops the guessing of passwords."""

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from newsroom.lockout import ADDRESS_FAILURE_LIMIT

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

PASSWORD = "a long enough password"
HOME, AWAY = "192.0.2.1", "198.51.100.7"
LIMIT = 5


@pytest.fixture(autouse=True)
def editor(db: None) -> User:
    return User.objects.create_user("editor", password=PASSWORD)


def test_signing_in_leads_home(client: Client) -> None:
    answer = _sign_in(client, "editor", PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_changes_the_session_key(client: Client) -> None:
    session = client.session
    session["before"] = True
    session.save()

    _sign_in(client, "editor", PASSWORD)

    assert client.session.session_key != session.session_key


def test_nobody_is_led_to_another_site(client: Client) -> None:
    answer = client.post(
        "/sign-in/?next=https://example.com/", {"username": "editor", "password": PASSWORD}
    )

    assert answer["Location"] == "/"


def test_signing_out_takes_a_post(client: Client) -> None:
    _sign_in(client, "editor", PASSWORD)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_the_account_from_that_address(client: Client) -> None:
    answers = [_sign_in(client, "editor", "wrong") for _ in range(LIMIT)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert _sign_in(client, "editor", PASSWORD).status_code == 429


def test_a_stranger_cannot_lock_an_editor_out(client: Client) -> None:
    for _ in range(LIMIT):
        _sign_in(client, "editor", "wrong", AWAY)

    assert _sign_in(client, "editor", PASSWORD, HOME).status_code == 302


def test_a_colleague_at_the_same_address_can_still_sign_in(client: Client) -> None:
    for _ in range(LIMIT):
        _sign_in(client, "reviewer", "wrong")

    assert _sign_in(client, "editor", PASSWORD).status_code == 302


def test_an_address_that_tries_many_accounts_is_locked(client: Client) -> None:
    for number in range(ADDRESS_FAILURE_LIMIT):
        _sign_in(client, f"account {number}", "wrong", AWAY)

    assert _sign_in(client, "editor", PASSWORD, AWAY).status_code == 429
    assert _sign_in(client, "editor", PASSWORD, HOME).status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client) -> None:
    with time_machine.travel(1_700_000_000, tick=False) as clock:
        for _ in range(LIMIT):
            _sign_in(client, "editor", "wrong")
        clock.shift(15 * 60 - 1)
        assert _sign_in(client, "editor", PASSWORD).status_code == 429
        clock.shift(2)
        assert _sign_in(client, "editor", PASSWORD).status_code == 302


def test_a_forged_forwarding_header_changes_no_address(client: Client) -> None:
    for number in range(LIMIT):
        client.post(
            "/sign-in/",
            {"username": "editor", "password": "wrong"},
            headers={"x-forwarded-for": f"192.0.2.{number}"},
            REMOTE_ADDR=AWAY,
        )

    assert _sign_in(client, "editor", PASSWORD, AWAY).status_code == 429


def _sign_in(client: Client, name: str, password: str, address: str = HOME) -> "Answer":
    return client.post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=address)
