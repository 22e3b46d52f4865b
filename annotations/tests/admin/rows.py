"""One kind of record after another, for tests that hold for each of them."""

from collections.abc import Callable
from typing import Any

from annotations.editing.name import PostDetails, give_post
from annotations.models import Post
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_attempt,
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


KINDS: dict[str, Callable[[], Any]] = {
    "article": make_article,
    "actor": lambda: make_actor(aliases=["Another name"]),
    "post": make_post,
    "statement": lambda: submit(make_statement(about=[make_actor()], points=["One point."])),
    "response": lambda: submit(make_response()),
    "restatement": lambda: submit(make_restatement()),
    "reply": lambda: submit(make_reply_record()),
    "attempt": lambda: make_attempt(outcome="rang out"),
}


def make_rows(kind: str, number: int) -> list[Any]:
    """This many records of the kind, each in an article and with actors of its own."""
    return [fresh(KINDS[kind]()) for _ in range(number)]
