"""No function of editing trusts its caller: who may not do it is refused and writes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from annotations.editing import (
    highlight,
    join,
    merge,
    name,
    recast,
    receive,
    record_reply,
    resize,
    respond,
    review,
    split,
    withdraw,
)
from annotations.editing.place import Selection
from annotations.models import Actor, Post, Statement
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_attempt,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    select,
    speaks,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
DETAILS = highlight.StatementDetails("direct", "denial")


def _statement() -> dict[str, Any]:
    statement = make_statement()
    return {"statement": statement, "version": statement.version}


def _record() -> dict[str, Any]:
    record = submit(make_statement())
    return {"record": record, "version": record.version}


def _actor() -> dict[str, Any]:
    return {"actor": make_actor(), "version": 1}


def _attempt() -> dict[str, Any]:
    attempt = make_attempt()
    return {"attempt": attempt, "version": attempt.reply_record.version}


def _post() -> Post:
    details = name.PostDetails("head", make_actor())
    return name.give_post(user=usual(EDITOR), holder=make_actor(), details=details)


def _article_details() -> receive.ArticleDetails:
    return receive.ArticleDetails(headline="Other")


def _reply() -> dict[str, Any]:
    record = make_reply_record()
    return {"record": record, "version": record.version}


def _whole_statement() -> dict[str, Any]:
    article = make_article()
    return {
        "article": article,
        "revision_number": 1,
        "selections": [select(article, "denied the claim")],
        "details": DETAILS,
        "parts": [speaks(make_actor())],
    }


def _revised() -> dict[str, Any]:
    given = _statement()
    kept = [Selection(s.role, 0, 0, "", s.uid) for s in given["statement"].live_spans()]
    parts = [speaks(make_actor())]
    return given | {
        "details": DETAILS,
        "parts": parts,
        "points": [],
        "selections": kept,
        "revision_number": 1,
    }


def _moved() -> dict[str, Any]:
    statement = make_statement()
    (span,) = statement.live_spans()
    words = select(statement.article, "denied the claim")
    return {"span": span, "version": 1, "selection": words, "chosen_in": 1}


def _recast() -> dict[str, Any]:
    statement = make_statement(cue="denied the claim")
    return {"span": statement.live_spans("cue")[0], "version": 1, "role": "source"}


def _parted() -> dict[str, Any]:
    given = _statement()
    words = [select(given["statement"].article, "crossed the border.")]
    return given | {"selections": words, "revision_number": 1}


def _joined() -> dict[str, Any]:
    given = _statement()
    other = make_statement(given["statement"].article, "denied the claim")
    return given | {"other": other, "other_version": 1}


def _link() -> dict[str, Any]:
    return {
        "claim": make_statement(),
        "response": make_statement(),
        "relation": "denies",
        "link_basis": "editor_inferred",
    }


def _relink() -> dict[str, Any]:
    link = make_response()
    return {
        "link": link,
        "version": link.version,
        "relation": "rebuts",
        "link_basis": "same_article",
        "parties": [],
        "answers": [],
        "marker": [],
    }


def _silence() -> dict[str, Any]:
    accused = make_actor()
    details = record_reply.ReplyDetails("declined")
    return {"claim": make_statement(about=[accused]), "party": accused, "details": details}


ANNOTATING: dict[Callable[..., object], Callable[[], dict[str, Any]]] = {
    receive.receive: lambda: {"text": "Text", "details": _article_details()},
    receive.describe: lambda: {
        "article": make_article(),
        "version": 1,
        "details": _article_details(),
    },
    receive.mark_zones: lambda: {"article": make_article(), "version": 1, "zones": []},
    highlight.highlight: _whole_statement,
    highlight.revise: _revised,
    highlight.add_span: lambda: (
        given := _statement(),
        given
        | {
            "revision_number": 1,
            "selection": select(given["statement"].article, "denied the claim"),
        },
    )[1],
    resize.resize: _moved,
    recast.recast: _recast,
    split.split: _parted,
    join.join: _joined,
    respond.respond: _link,
    respond.revise_response: _relink,
    respond.restate: lambda: {"of": make_statement(), "by": make_statement(), "scope": "part"},
    respond.revise_restatement: lambda: {
        "link": make_restatement(),
        "version": 1,
        "scope": "whole",
        "note": "",
    },
    record_reply.record_reply: _silence,
    record_reply.revise_reply: lambda: (
        _reply() | {"details": record_reply.ReplyDetails("declined"), "evidence": []}
    ),
    record_reply.attempt_contact: lambda: (
        _reply() | {"attempted_at": datetime(2026, 1, 1, tzinfo=UTC), "means": "phone"}
    ),
    record_reply.mend_attempt: lambda: (
        _attempt() | {"attempted_at": datetime(2026, 1, 1, tzinfo=UTC), "means": "letter"}
    ),
    name.name_actor: lambda: {"name": "Somebody", "kind": "person"},
    name.rename_actor: lambda: _actor() | {"name": "Other", "kind": "person", "aliases": []},
    name.give_post: lambda: {
        "holder": make_actor(),
        "details": name.PostDetails("head", make_actor()),
    },
    name.revise_post: lambda: {
        "post": _post(),
        "version": 1,
        "details": name.PostDetails("tail", make_actor()),
    },
    name.withdraw_post: lambda: {"post": _post(), "version": 1},
    merge.merge: lambda: _actor() | {"into": make_actor()},
    review.submit: lambda: (
        statement := make_statement(),
        {"record": statement, "version": statement.version},
    )[1],
    review.submit_with_links: _statement,
    review.submit_article: lambda: {"article": make_statement().article},
    withdraw.withdraw: _record,
}
JUDGING: dict[Callable[..., object], Callable[[], dict[str, Any]]] = {
    review.approve: _record,
    review.request_changes: lambda: _record() | {"reason": "Why?"},
    review.reject: lambda: _record() | {"reason": "No"},
}
IDS = {act: act.__name__ for act in (ANNOTATING | JUDGING)}


def _user(role: str) -> Any:
    if role == "anonymous":
        return AnonymousUser()
    user = make_user(EDITOR if role == "inactive" else role)
    user.is_active = role != "inactive"
    return user


def _history() -> tuple[int, int]:
    return Statement.history.count(), Actor.history.count()


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, "", "anonymous", "inactive"])
@pytest.mark.parametrize(("act", "given"), ANNOTATING.items(), ids=map(IDS.get, ANNOTATING))
def test_who_does_not_annotate_writes_nothing(
    act: Callable[..., object], given: Callable[[], dict[str, Any]], role: str
) -> None:
    arguments, user = given(), _user(role)
    before = _history()

    with pytest.raises(PermissionDenied):
        act(user=user, **arguments)

    assert _history() == before


@pytest.mark.parametrize("role", [EDITOR, REPORTER, "", "anonymous", "inactive"])
@pytest.mark.parametrize(("act", "given"), JUDGING.items(), ids=map(IDS.get, JUDGING))
def test_who_does_not_review_judges_nothing(
    act: Callable[..., object], given: Callable[[], dict[str, Any]], role: str
) -> None:
    arguments, user = given(), _user(role)
    before = _history()

    with pytest.raises(PermissionDenied):
        act(user=user, **arguments)

    assert _history() == before


@pytest.mark.parametrize("role", [EDITOR, ADMINISTRATOR])
@pytest.mark.parametrize(("act", "given"), ANNOTATING.items(), ids=map(IDS.get, ANNOTATING))
def test_editors_and_administrators_annotate(
    act: Callable[..., object], given: Callable[[], dict[str, Any]], role: str
) -> None:
    arguments = given()

    done = act(user=_user(role), **arguments)

    assert done


@pytest.mark.parametrize("role", [REVIEWER, ADMINISTRATOR])
@pytest.mark.parametrize(("act", "given"), JUDGING.items(), ids=map(IDS.get, JUDGING))
def test_reviewers_and_administrators_judge(
    act: Callable[..., object], given: Callable[[], dict[str, Any]], role: str
) -> None:
    arguments = given()

    done = act(user=_user(role), **arguments)

    assert done
