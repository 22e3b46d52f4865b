"""What every answer carries, and how long a session lasts."""

import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

PAGE = "/sign-out/"  # one that takes no template: a GET is answered 405
HOUR = 60 * 60
DAY = 24 * HOUR
START = 1_700_000_000


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_user("editor"))
    return client


def test_pages_run_no_inline_scripts_or_styles(signed_in: Client) -> None:
    policy = _policy(signed_in, PAGE)

    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


def test_a_page_allows_the_nonce_of_its_own_scripts(client: Client, db: None) -> None:
    first, second = (_policy(client, "/sign-in/")["script-src"] for _ in range(2))

    assert re.fullmatch(r"'self' 'nonce-[\w+/=]{20,}'", first)
    assert first != second


def test_the_admin_alone_may_style_inline(signed_in: Client) -> None:
    policy = _policy(signed_in, "/admin/login/")

    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert "unsafe" not in policy["script-src"]


def test_what_a_signed_in_person_sees_is_never_cached(signed_in: Client) -> None:
    assert signed_in.get(PAGE)["Cache-Control"] == "private, no-store"


def test_every_answer_names_its_request(client: Client, db: None) -> None:
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))

    assert len(first) == 32
    assert first != second


def test_every_answer_tells_browsers_to_be_strict(client: Client, db: None) -> None:
    answer = client.get("/healthz")

    assert {
        name: answer[name]
        for name in (
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


@pytest.mark.django_db
def test_a_session_ends_twelve_hours_after_its_last_use(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(User.objects.create_user("editor"))
        assert _is_signed_in(client)
        clock.shift(11 * HOUR)
        assert _is_signed_in(client)
        clock.shift(11 * HOUR)
        assert _is_signed_in(client)
        clock.shift(12 * HOUR + 1)
        assert not _is_signed_in(client)


@pytest.mark.django_db
def test_a_session_ends_after_seven_days_however_much_it_is_used(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(User.objects.create_user("editor"))
        for _ in range(14):
            assert _is_signed_in(client)
            clock.shift(DAY // 2 - 1)
        assert _is_signed_in(client)
        clock.shift(14)
        assert not _is_signed_in(client)


@pytest.mark.django_db
def test_reading_does_not_write_the_session_more_than_once_an_hour(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(User.objects.create_user("editor"))
        client.get(PAGE)
        clock.shift(HOUR - 1)
        assert not client.get(PAGE).cookies
        clock.shift(1)
        assert settings.SESSION_COOKIE_NAME in client.get(PAGE).cookies


def _policy(client: Client, page: str) -> dict[str, str]:
    header = client.get(page)["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def _is_signed_in(client: Client) -> bool:
    return bool(client.get(PAGE).wsgi_request.user.is_authenticated)
