"""A POST that is sent again under its key is answered again and done once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import Http404
from django.test import Client
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.idempotency import idempotent
from annotations.editing.name import name_actor
from annotations.models import Actor, IdempotencyKey
from annotations.models.idempotency import InFlight
from annotations.permissions import EDITOR
from annotations.tests.factories import make_user

HEADERS = {"Idempotency-Key": "7f3c"}
begun, go_on = threading.Event(), threading.Event()


class Once(APIView):
    """Names an actor; then refuses, fails or waits, as it is told."""

    @idempotent
    def post(self, request: Request) -> Response:
        sent: Any = request.data
        name = sent["name"]
        actor = name_actor(user=request.user, name=name, kind="person", although_near=True)
        if name == "fails":
            raise ZeroDivisionError
        if name == "absent":
            raise Http404
        if name == "refused":
            return Response({"detail": "No “really”."}, 409)
        if name == "waits":
            begun.set()
            go_on.wait(20)
        where = {"Location": f"/actors/{actor.uid}/", "ETag": '"1"', "X-Other": "other"}
        return Response({"uid": str(actor.uid), "name": "دری"}, 201, headers=where)


urlpatterns = [path("once/", Once.as_view()), path("twice/", Once.as_view())]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("addresses"),
]


@pytest.fixture
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        each for each in settings.MIDDLEWARE if "annotations" not in each and "newsroom" not in each
    ]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(EDITOR))
    return client


def send(client: Client, name: str = "Ann", *, to: str = "/once/", **headers: str) -> Any:
    asked = HEADERS | headers
    return client.post(to, {"name": name}, content_type="application/json", headers=asked)


def names() -> list[str]:
    return sorted(Actor.objects.values_list("name", flat=True))


def test_a_replay_answers_the_same_and_writes_nothing(editor: Client) -> None:
    first, again = send(editor), send(editor)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    for name in ("Content-Type", "Location", "ETag"):
        assert first[name] == again[name]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert "X-Other" not in again
    assert names() == ["Ann"]


def test_without_a_key_each_is_done(editor: Client) -> None:
    for _ in range(2):
        editor.post("/once/", {"name": "Ann"}, content_type="application/json")

    assert names() == ["Ann", "Ann"]
    assert not IdempotencyKey.objects.exists()


def test_the_key_with_another_request_is_422(editor: Client) -> None:
    first = send(editor)
    answers = [send(editor, "Bob"), send(editor, to="/twice/"), send(editor, to="/once/?x=1")]

    assert first.status_code == 201
    assert [answer.status_code for answer in answers] == [422] * 3
    assert names() == ["Ann"]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é"])
def test_what_is_no_key_is_400(editor: Client, key: str) -> None:
    assert send(editor, **{"Idempotency-Key": key}).status_code == 400
    assert names() == []


def test_keys_are_each_persons_own(editor: Client) -> None:
    other = Client()
    other.force_login(make_user(EDITOR))

    assert [send(editor).status_code, send(other, "Bob").status_code] == [201, 201]
    assert names() == ["Ann", "Bob"]


def test_a_refusal_is_kept_and_what_it_wrote_is_not(editor: Client) -> None:
    first, again = send(editor, "refused"), send(editor, "refused")

    assert [first.status_code, again.status_code] == [409, 409]
    assert first.content == again.content == '{"detail":"No “really”."}'.encode()
    assert names() == []


def test_what_the_view_raises_is_kept_too(editor: Client) -> None:
    first, again = send(editor, "absent"), send(editor, "absent")

    assert [first.status_code, again.status_code] == [404, 404]
    assert again["Idempotency-Replayed"] == "true"
    assert first.content == again.content


def test_a_failure_keeps_neither_the_write_nor_an_answer(editor: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        send(editor, "fails")

    assert names() == []
    assert not IdempotencyKey.objects.exists()


def test_a_key_in_flight_is_409_until_its_process_must_be_dead(editor: Client) -> None:
    send(editor)
    rows = IdempotencyKey.objects.all()
    rows.update(status=None)  # as a process that died while it was at it leaves it

    soon = send(editor)
    rows.update(claimed_at=timezone.now() - timedelta(minutes=3))
    later = send(editor)

    assert (soon.status_code, soon["Retry-After"]) == (409, "1")
    assert later.status_code == 201
    assert names() == ["Ann", "Ann"]  # the first one stands for what died before it was stored


def test_an_answer_whose_claim_was_taken_is_not_kept(editor: Client) -> None:
    send(editor)
    row = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(status=None)
    slow = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(claimed_at=timezone.now() - timedelta(minutes=3))
    now = timezone.now()
    quick = IdempotencyKey.objects.claim(row.owner_id, row.key, row.fingerprint, now)

    with pytest.raises(InFlight), transaction.atomic():
        slow.answer(201, {}, "slow")
    quick.answer(201, {}, "quick")

    assert IdempotencyKey.objects.get().body == "quick"


def test_after_a_day_the_key_is_free_and_tidied(editor: Client) -> None:
    send(editor)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=24))

    again = send(editor)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=24))
    call_command("tidy", verbosity=0)

    assert "Idempotency-Replayed" not in again
    assert names() == ["Ann", "Ann"]
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_done_once(editor: Client) -> None:
    begun.clear()
    go_on.clear()
    answers: list[Any] = []

    def first() -> None:
        try:
            answers.append(send(editor, "waits"))
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(20)
    meanwhile = send(editor, "waits")
    was_going = not answers
    go_on.set()
    thread.join(20)
    after = send(editor, "waits")

    assert (meanwhile.status_code, was_going) == (409, True)  # at once, on SQLite too
    assert [answer.status_code for answer in answers] == [201]
    assert after.content == answers[0].content
    assert names() == ["waits"]
