"""Two people on one record: whatever they do at the same moment, exactly one write wins."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from annotations.editing.change import Deleted, Stale
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.merge import merge
from annotations.editing.name import rename_actor
from annotations.editing.place import Selection
from annotations.editing.receive import ArticleDetails, describe
from annotations.editing.record_reply import ReplyDetails, revise_reply
from annotations.editing.respond import restate, revise_response
from annotations.editing.review import approve, reject, submit
from annotations.editing.withdraw import withdraw
from annotations.models import Actor, Article, ReplyRecord, Response, Restatement, Statement
from annotations.models.record import Record
from annotations.permissions import REVIEWER
from annotations.tests import factories
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
    speaks,
)

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
Act = Callable[[Any, User, int], object]


def _at_once(acts: list[Callable[[], object]]) -> list[BaseException | None]:
    """What each of the acts raised, all of them begun at the same moment in a thread of its own."""
    begin = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(number: int) -> None:
        try:
            begin.wait(timeout=30)
            acts[number]()
        except BaseException as error:
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def _revise(statement: Statement, user: User, number: int) -> object:
    return revise(
        user=user,
        statement=statement,
        version=statement.version,
        details=StatementDetails("direct", "denial", gist=f"Writer {number}"),
        parts=[speaks(statement.speakers()[0].actor)],
        points=[],
        selections=[Selection(s.role, 0, 0, "", s.uid) for s in statement.live_spans()],
        revision_number=1,
    )


def _relink(link: Response, user: User, number: int) -> object:
    return revise_response(
        user=user,
        link=link,
        version=link.version,
        relation="rebuts",
        link_basis=link.link_basis,
        parties=[],
        answers=[],
        marker=[],
        note=f"Writer {number}",
    )


def _record_again(record: ReplyRecord, user: User, number: int) -> object:
    details = ReplyDetails("declined", note=f"Writer {number}")
    return revise_reply(
        user=user, record=record, version=record.version, details=details, evidence=[]
    )


def _rename(actor: Actor, user: User, number: int) -> object:
    return rename_actor(
        user=user,
        actor=actor,
        version=actor.version,
        name=f"Writer {number}",
        kind="person",
        aliases=[],
    )


def _describe(article: Article, user: User, number: int) -> object:
    details = ArticleDetails(headline=f"Writer {number}")
    return describe(user=user, article=article, version=article.version, details=details)


def _delete_or_submit(statement: Statement, user: User, number: int) -> object:
    act = withdraw if number % 2 else submit
    return act(user=user, record=statement, version=statement.version)


WRITES: dict[str, tuple[Callable[[], Any], Act]] = {
    "a statement is revised": (make_statement, _revise),
    "a statement is deleted and submitted": (make_statement, _delete_or_submit),
    "a response is revised": (make_response, _relink),
    "a reply record is revised": (make_reply_record, _record_again),
    "an actor is renamed": (make_actor, _rename),
    "an article is described": (make_article, _describe),
}


@pytest.mark.parametrize(("make", "act"), WRITES.values(), ids=WRITES)
def test_one_of_eight_writers_wins_and_the_others_are_told(
    make: Callable[[], Record], act: Act
) -> None:
    record: Any = make()
    users = [make_user() for _ in range(WRITERS)]
    kept = record.history.count()

    raised = _at_once(
        [lambda n=n, user=user: act(record, user, n) for n, user in enumerate(users)]  # type: ignore[misc]
    )

    after: Any = type(record)._default_manager.get(pk=record.pk)
    assert [error for error in raised if error and not isinstance(error, Stale | Deleted)] == []
    assert raised.count(None) == 1
    winner = users[raised.index(None)]
    own_rows = after.history.filter(history_user=winner).count()
    assert (after.version, after.history.count()) == (record.version + 1, kept + own_rows)


def test_an_approval_and_a_change_at_once_never_approve_the_changed_words() -> None:
    statement = factories.submit(make_statement())
    reviewer, editor = make_user(REVIEWER), make_user()

    raised = _at_once(
        [
            lambda: approve(user=reviewer, record=statement, version=statement.version),
            lambda: _revise(statement, editor, 1),
        ]
    )

    after = Statement.objects.get()
    assert {type(error) for error in raised} == {type(None), Stale}
    assert (after.state, after.gist) in {("approved", ""), ("submitted", "Writer 1")}


def test_two_judgements_at_once_end_as_one() -> None:
    statement = factories.submit(make_statement())
    one, other = make_user(REVIEWER), make_user(REVIEWER)

    raised = _at_once(
        [
            lambda: approve(user=one, record=statement, version=statement.version),
            lambda: reject(user=other, record=statement, version=statement.version, reason="No"),
        ]
    )

    after = Statement.objects.get()
    assert {type(error) for error in raised} == {type(None), Stale}
    assert (after.state, after.reviewed_by) in {("approved", one), ("rejected", other)}


def test_two_restatements_at_once_close_no_circle() -> None:
    first, second = make_statement(), make_statement()
    user = make_user()

    raised = _at_once(
        [
            lambda: restate(user=user, of=first, by=second, scope="part"),
            lambda: restate(user=user, of=second, by=first, scope="part"),
        ]
    )

    assert [type(error).__name__ for error in raised if error] == ["ValidationError"]
    assert Restatement.objects.count() == 1


def test_two_merges_at_once_stay_one_level_deep() -> None:
    first, second, third = make_actor(), make_actor(), make_actor()
    user = make_user()

    _at_once(
        [
            lambda: merge(user=user, actor=first, version=1, into=second),
            lambda: merge(user=user, actor=second, version=1, into=third),
        ]
    )

    chains = [
        actor
        for actor in Actor.objects.filter(merged_into__isnull=False)
        if actor.resolved.merged_into_id
    ]
    assert chains == []


def test_the_same_link_made_twice_at_once_is_one_link() -> None:
    claim = make_statement()
    response = make_statement(claim.article, "denied the claim")
    users = [make_user() for _ in range(2)]

    raised = _at_once(
        [lambda user=user: make_response(claim, response, user=user) for user in users]  # type: ignore[misc]
    )

    [refused] = [error for error in raised if error]
    assert isinstance(refused, ValidationError)
    assert Response.objects.count() == 1
