"""What people type is text wherever the admin shows it."""

from typing import Any

import pytest
from django.utils import timezone

from annotations.editing.name import PostDetails, give_post
from annotations.editing.record_reply import ReplyDetails, attempt_contact, record_reply
from annotations.models import Actor, Article, Statement
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.admin.acting import address, sign_in, told
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    reject,
    select,
    usual,
)

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_escaped(payload: str) -> None:
    rows = evil_rows(payload)
    client = sign_in(make_user(REVIEWER, username=payload))

    pages = [
        client.get(address(row, page), asked)
        for row in rows
        for page, asked in (
            ("changelist", {"state": "all"} if hasattr(row, "state") else {}),
            ("changelist", {"q": payload}),
            ("change", {}),
            ("history", {}),
        )
    ]

    assert {page.status_code for page in pages} == {200}
    assert [page.request["PATH_INFO"] for page in pages if payload.encode() in page.content] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_message_is_escaped(payload: str) -> None:
    statement = next(row for row in evil_rows(payload) if isinstance(row, Statement))

    answer = sign_in(make_user(REVIEWER)).post(
        address(statement), {"action": "approve", "_selected_action": [statement.pk]}, follow=True
    )

    assert payload[:8] in told(answer)[0]
    assert payload.encode() not in answer.content


def evil_rows(payload: str) -> list[Any]:
    """One record of each kind with the payload in each text that people type."""
    user = make_user(EDITOR, username=f"{payload} editor")
    actor = make_actor(payload, aliases=[f"also {payload}"], user=user)
    article = _article(payload, actor)
    claim, response = (_statement(article, actor, payload) for _ in range(2))
    links = [
        make_response(claim, response, note=payload, marker=payload),
        make_restatement(claim, response, note=payload),
    ]
    post = give_post(
        user=user, holder=actor, details=PostDetails(payload, make_actor(f"{payload} office"))
    )
    record = _reply(claim, actor, payload)
    for each in (claim, *links, record):
        reject(fresh(each), payload)
    return [fresh(each) for each in (article, actor, claim, *links, post, record)] + [
        record.attempts.get()
    ]


def _article(payload: str, outlet: Actor) -> Article:
    return make_article(
        text=f"Before. {payload} After.",
        headline=f"Headline {payload}",
        outlet=outlet,
        url="https://example.org/?q=%3Cscript%3E",
        dateline=payload,
    )


def _statement(article: Article, actor: Actor, payload: str) -> Statement:
    return make_statement(
        article,
        selections=[select(article, payload)],
        speaker=actor,
        about=[actor],
        source=payload,
        points=[payload],
        gist=payload,
        said_on_as_printed=payload,
        venue=payload,
        note=payload,
    )


def _reply(claim: Statement, actor: Actor, payload: str) -> Any:
    details = ReplyDetails(
        "sought",
        claimant=actor,
        claimant_as_printed=payload,
        title_as_printed=payload,
        note=payload,
    )
    evidence = [select(claim.article, payload, "evidence")]
    user = usual(EDITOR)
    record = record_reply(user=user, claim=claim, party=actor, details=details, evidence=evidence)
    return attempt_contact(
        user=user,
        record=record,
        version=record.version,
        attempted_at=timezone.now(),
        means="phone",
        outcome=payload,
    )
