"""What a page asks whose session ended: who is signed in, by which token it may go on, and the password."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db
AGAIN = "/sign-in/again/"
HTMX = {"HX-Request": "true"}
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def editor(db: None) -> User:
    return User.objects.create_user("editor", password=PASSWORD)


def test_a_script_whose_session_ended_is_told_so_and_led_nowhere(client: Client) -> None:
    answer = client.get("/articles/", headers=HTMX)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Session"
    assert answer.content == b""
    assert client.get("/articles/").status_code == 302


def test_who_is_signed_in_is_told_with_the_token(client: Client, editor: User) -> None:
    nobody = client.get(AGAIN).json()
    client.force_login(editor)
    answer = client.get(AGAIN)

    assert (nobody["user"], nobody["name"]) == (None, "")
    assert (answer.json()["user"], answer.json()["name"]) == (editor.pk, "editor")
    assert "no-store" in answer["Cache-Control"]


def test_signing_in_again_gives_a_session_and_the_token_it_needs(editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    before = browser.get(AGAIN).json()["token"]

    answer = send(browser, "editor", PASSWORD, token=before)

    assert answer.status_code == 200
    assert answer.json()["user"] == editor.pk
    fresh = {"X-CSRFToken": answer.json()["token"]}
    assert browser.post("/sign-out/", headers=fresh).status_code == 302


def test_without_the_token_nobody_signs_in_and_the_page_learns_why(editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = send(browser, "editor", PASSWORD)

    assert answer.status_code == 403
    assert answer["X-Refused"] == "token"
    assert browser.get(AGAIN).json()["user"] is None


def test_a_wrong_password_is_refused_and_five_lock_the_account_here_too(client: Client) -> None:
    answers = [send(client, "editor", "wrong").status_code for _ in range(5)]

    assert answers == [422, 422, 422, 422, 429]
    assert send(client, "editor", PASSWORD).status_code == 429
    page = client.post("/sign-in/", {"username": "editor", "password": PASSWORD})
    assert page.status_code == 429


def test_wrong_tries_on_the_sign_in_page_count_too(client: Client) -> None:
    for _ in range(4):
        client.post("/sign-in/", {"username": "editor", "password": "wrong"})

    assert send(client, "editor", "wrong").status_code == 429


def test_somebody_else_takes_the_session_over_whole(client: Client, editor: User) -> None:
    other = User.objects.create_user("other", password=PASSWORD)
    client.force_login(editor)
    session = client.session
    session["done"] = {"of": "the editor"}
    session.save()

    answer = send(client, "other", PASSWORD)

    assert answer.json()["user"] == other.pk
    assert "done" not in client.session


def send(browser: Client, name: str, password: str, token: str = "") -> Any:
    headers = HTMX | ({"X-CSRFToken": token} if token else {})
    return browser.post(AGAIN, {"username": name, "password": password}, headers=headers)
