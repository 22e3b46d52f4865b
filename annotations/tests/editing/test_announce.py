"""Webhooks are told what a change did: once it is whole, signed, tried again, and logged."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.editing.attribute import PointInput
from annotations.editing.change import noting
from annotations.editing.deliver import BACK_OFF, deliver, redeliver
from annotations.editing.review import submit_article
from annotations.editing.subscribe import subscribe
from annotations.editing.undo import undo
from annotations.models import Delivery, Webhook
from annotations.permissions import ADMINISTRATOR, EDITOR, REVIEWER
from annotations.tests.editing.acts import revised
from annotations.tests.editing.listening import Listener, listening
from annotations.tests.factories import (
    approve,
    correct_text,
    fresh,
    make_article,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
Whole = Callable[..., Any]  # what is done inside is committed, and what waited for that is done
EVENTS = ["submitted", "approved", "linked", "corrected"]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    with listening(monkeypatch) as listener:
        yield listener


@pytest.fixture
def whole(django_capture_on_commit_callbacks: Any) -> Whole:
    def committed() -> Any:
        return django_capture_on_commit_callbacks(execute=True)

    return committed


def hook(listener: Listener | None = None, owner: User | None = None, **more: Any) -> Webhook:
    values = {"url": listener.address if listener else "https://hooks.example.org/"} | more
    return Webhook.objects.create(
        owner=owner or make_user(ADMINISTRATOR),
        secret="nrw_secret",
        created_at=timezone.now(),
        **{"events": EVENTS} | values,
    )


def told() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each delivery's event with its records' kinds and states."""
    payloads = [json.loads(row.payload) for row in Delivery.objects.order_by("id")]
    return [
        (each["event"], [(row["type"], row.get("state", "")) for row in each["records"]])
        for each in payloads
    ]


def test_each_event_is_told_with_its_records() -> None:
    hook()
    article = make_article()
    claim = make_statement(article)
    link = make_response(claim)
    make_restatement(claim, make_statement(article, "crossed the border on Monday"))
    submit_article(user=usual(EDITOR), article=article)
    approve(claim)
    correct_text(article, article.revision.text.replace("the army crossed", "no army crossed"))

    assert told() == [
        ("linked", [("response", "draft")]),
        ("linked", [("restatement", "draft")]),
        (
            "submitted",
            [("statement", "submitted")] * 3
            + [("response", "submitted"), ("restatement", "submitted")],
        ),
        ("approved", [("statement", "approved")]),
        ("submitted", [("statement", "submitted")]),
        ("corrected", [("article", "")]),
    ]
    first, last = Delivery.objects.order_by("id")[0], Delivery.objects.order_by("-id")[0]
    [linked], [corrected] = (json.loads(row.payload)["records"] for row in (first, last))
    assert linked == {
        "type": "response",
        "uid": str(link.uid),
        "version": 1,
        "state": "draft",
        "claim": str(link.claim.uid),
        "response": str(link.response.uid),
    }
    assert (corrected["uid"], corrected["revision"]) == (str(article.uid), 2)


def test_only_what_listens_is_told() -> None:
    hook(events=["approved"])
    hook(is_active=False)
    gone = make_user(ADMINISTRATOR)
    hook(owner=gone)
    gone.groups.clear()

    statement = approve(make_statement())

    assert told() == [("approved", [("statement", "approved")])]
    assert str(statement.uid) in Delivery.objects.get().payload


def test_nothing_is_told_of_what_was_taken_back_before_it_was_whole() -> None:
    hook()
    statement = make_statement()

    with transaction.atomic():
        submit(statement)
        transaction.set_rollback(True)

    assert told() == []


def test_an_undo_that_approves_again_is_told() -> None:
    statement = approve(make_statement())
    with noting() as made:
        revised(fresh(statement), usual(EDITOR), points=[PointInput("It crossed the border")])
    hook()

    undo(user=usual(EDITOR), change_id=made[0].id)

    assert told() == [("approved", [("statement", "approved")])]


def test_it_is_sent_once_the_change_is_whole_signed_with_the_secret(
    listener: Listener, whole: Whole
) -> None:
    webhook = hook(listener)
    statement = make_statement()

    with whole():
        submit(statement)
        before = list(listener.came)

    delivery = Delivery.objects.get()
    [(headers, body)] = listener.came
    signed = headers["X-Newsroom-Timestamp"].encode() + b"." + body
    digest = hmac.new(webhook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert before == []
    assert headers["X-Newsroom-Signature"] == f"sha256={digest}"
    assert headers["X-Newsroom-Delivery"] == json.loads(body)["id"] == str(delivery.uid)
    assert headers["X-Newsroom-Event"] == "submitted"
    assert body == delivery.payload.encode()
    assert abs(int(headers["X-Newsroom-Timestamp"]) - timezone.now().timestamp()) < 60
    assert (delivery.status, delivery.attempts, delivery.answer_code, delivery.answer) == (
        "delivered",
        1,
        200,
        "thanks",
    )


def test_it_is_tried_again_with_back_off_and_then_given_up(listener: Listener) -> None:
    hook(listener)
    submit(make_statement())
    listener.code, listener.says = 503, b"\xff\x00 down"
    waits = []

    for _ in range(len(BACK_OFF) + 1):
        deliver.enqueue(Delivery.objects.get().pk)
        deliver.enqueue(Delivery.objects.get().pk)  # too early: it is not due
        row = Delivery.objects.get()
        if row.next_attempt_at and row.tried_at:
            waits.append(round((row.next_attempt_at - row.tried_at).total_seconds() / 60))
        Delivery.objects.filter(status="waiting").update(next_attempt_at=timezone.now())

    row = Delivery.objects.get()
    assert waits == [1, 5, 30, 120, 480]
    assert len(listener.came) == 6
    assert (row.status, row.attempts, row.answer_code, row.answer) == ("failed", 6, 503, "�� down")
    assert row.next_attempt_at is None


def test_a_redirect_is_not_followed(listener: Listener) -> None:
    hook(listener)
    submit(make_statement())
    listener.code, listener.leads_to = 307, listener.address

    deliver.enqueue(Delivery.objects.get().pk)

    assert len(listener.came) == 1
    assert Delivery.objects.get().status == "waiting"


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/x"]
)
def test_private_targets_are_not_reached(url: str) -> None:
    hook(url=url)
    submit(make_statement())

    deliver.enqueue(Delivery.objects.get().pk)

    row = Delivery.objects.get()
    assert (row.status, row.attempts, row.answer_code) == ("waiting", 1, None)
    assert row.answer == "This host is not on the public net."


def test_the_next_try_waits_for_the_worker_until_it_is_time(
    listener: Listener, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}
    hook(listener)
    submit(make_statement())
    listener.code = 500

    deliver.call(Delivery.objects.get().pk)

    again = DBTaskResult.objects.get()
    assert again.status == "READY"
    assert again.run_after == Delivery.objects.get().next_attempt_at


def test_what_a_dead_worker_left_is_tried_again_by_tidy(listener: Listener) -> None:
    hook(listener)
    submit(make_statement())

    call_command("tidy", verbosity=0)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    delivered = Delivery.objects.get().status
    call_command("tidy", verbosity=0)

    assert (len(listener.came), delivered) == (1, "delivered")
    assert not Delivery.objects.exists()


def test_a_webhook_that_was_switched_off_is_told_nothing_more(listener: Listener) -> None:
    webhook = hook(listener)
    submit(make_statement())
    Webhook.objects.filter(pk=webhook.pk).update(is_active=False)

    deliver.enqueue(Delivery.objects.get().pk)

    assert listener.came == []
    assert Delivery.objects.get().status == "failed"


def test_an_old_address_without_encryption_is_told_nothing_and_the_log_says_why() -> None:
    old = hook(url="http://hooks.example.org/")
    submit(make_statement())

    deliver.enqueue(Delivery.objects.get(webhook=old).pk)

    row = Delivery.objects.get()
    assert (row.status, row.attempts, row.next_attempt_at) == ("failed", 1, None)
    assert row.answer.startswith("The address must begin with https://")


def test_administrators_make_webhooks_and_see_the_secret_once(client: Client) -> None:
    client.force_login(make_user(ADMINISTRATOR))
    add = reverse("admin:annotations_webhook_add")
    typed = {"url": "https://hooks.example.org/x", "events": ["linked"], "is_active": "on"}

    refused = client.post(add, typed | {"url": "http://10.0.0.1:22/"}).content.decode()
    plain = client.post(add, typed | {"url": "http://hooks.example.org/x"}).content.decode()
    page = client.post(add, typed).content.decode()
    webhook = Webhook.objects.get()
    change_page = reverse("admin:annotations_webhook_change", args=[webhook.pk])
    shown = client.get(change_page).content.decode()
    client.post(change_page, {"url": "https://hooks.example.org/y", "events": ["approved"]})

    changed = Webhook.objects.get()
    assert "Only the ports 80 and 443 are used." in refused
    assert "The address must begin with https://" in plain
    assert page.count(webhook.secret) == 1
    assert webhook.secret.startswith("nrw_")
    assert webhook.secret not in shown
    assert (changed.url, changed.events, changed.is_active, changed.secret) == (
        "https://hooks.example.org/y",
        ["approved"],
        False,
        webhook.secret,
    )


def test_an_old_address_without_encryption_can_be_switched_off_only(client: Client) -> None:
    administrator = make_user(ADMINISTRATOR)
    old = hook(owner=administrator, url="http://hooks.example.org/")
    client.force_login(administrator)
    page = reverse("admin:annotations_webhook_change", args=[old.pk])
    typed = {"url": old.url, "events": ["linked"]}

    kept = client.post(page, typed | {"is_active": "on"})
    client.post(page, typed)

    old.refresh_from_db()
    assert "The address must begin with https://" in kept.content.decode()
    assert (old.url, old.is_active) == ("http://hooks.example.org/", False)


def test_a_delivery_is_sent_again_from_the_log(listener: Listener, client: Client) -> None:
    hook(listener)
    submit(make_statement())
    delivery = Delivery.objects.get()
    Delivery.objects.update(status="failed", attempts=6, next_attempt_at=None)
    client.force_login(make_user(ADMINISTRATOR))

    sent = {"action": "redeliver", "_selected_action": delivery.pk}
    answer = client.post(reverse("admin:annotations_delivery_changelist"), sent, follow=True)

    assert "1 delivery is sent again: its row says what comes of it." in answer.content.decode()
    assert [json.loads(body)["id"] for _headers, body in listener.came] == [str(delivery.uid)]
    assert Delivery.objects.get().status == "delivered"


def test_others_make_none_and_send_none() -> None:
    hook()
    submit(make_statement())

    with pytest.raises(PermissionDenied):
        subscribe(user=make_user(REVIEWER), url="https://hooks.example.org/", events=[])
    with pytest.raises(PermissionDenied):
        redeliver(user=make_user(REVIEWER), delivery=Delivery.objects.get())
    with pytest.raises(ValidationError) as refused:
        subscribe(user=make_user(ADMINISTRATOR), url="ftp://x/", events=["linked"])

    assert list(refused.value.message_dict) == ["url"]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_waits_in_the_database(listener: Listener, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}
    hook(listener)
    listener.code = 500

    submit(make_statement())
    for _ in range(2):
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        Delivery.objects.update(next_attempt_at=timezone.now())
        listener.code = 200

    assert [body for _headers, body in listener.came] == [
        Delivery.objects.get().payload.encode()
    ] * 2
    assert Delivery.objects.get().status == "delivered"
