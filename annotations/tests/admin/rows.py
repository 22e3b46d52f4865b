"""One kind of record after another, for tests that hold for each of them."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from annotations.editing.name import PostDetails, give_post
from annotations.editing.record_reply import attempt_contact
from annotations.models import ContactAttempt, Post
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    submit,
    usual,
)


def make_post() -> Post:
    details = PostDetails("spokesman", make_actor(kind="organisation"))
    return give_post(user=usual(EDITOR), holder=make_actor(), details=details)


def make_attempt() -> ContactAttempt:
    record = make_reply_record()
    attempt_contact(
        user=usual(EDITOR),
        record=record,
        version=record.version,
        attempted_at=timezone.now(),
        means="phone",
        outcome="rang out",
    )
    return ContactAttempt.objects.latest("id")


KINDS: dict[str, Callable[[], Any]] = {
    "article": make_article,
    "actor": lambda: make_actor(aliases=["Another name"]),
    "post": make_post,
    "statement": lambda: submit(make_statement(about=[make_actor()], points=["One point."])),
    "response": lambda: submit(make_response()),
    "restatement": lambda: submit(make_restatement()),
    "reply": lambda: submit(make_reply_record()),
    "attempt": make_attempt,
}


def make_rows(kind: str, number: int) -> list[Any]:
    """This many records of the kind, each in an article and with actors of its own."""
    return [fresh(KINDS[kind]()) for _ in range(number)]
