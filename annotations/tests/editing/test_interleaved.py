"""An act that begins while another has written and not yet committed: what both leave is never at odds.

PostgreSQL only. SQLite lets one writer in at a time.
"""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from annotations.doctor.examination import examine
from annotations.editing.attribute import PartInput
from annotations.editing.change import Stale
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.join import join
from annotations.editing.place import Selection
from annotations.editing.review import approve
from annotations.editing.undo import undo
from annotations.editing.withdraw import bring_back
from annotations.models import Actor, Article, Placement, Response, Restatement, Statement
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests import factories
from annotations.tests.factories import (
    TEXT,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_restatement,
    make_statement,
    submit,
    usual,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,
]
QUOTE = "Nothing of the kind happened"
CORRECTED = TEXT.replace("Nothing of", "Something of")
Act = Callable[[], object]


def meet(first: Act, second: Act) -> list[Exception]:
    """What the two raised: the second runs against the first, which commits once the second waits or is over."""
    raised: list[Exception] = []

    def run(act: Act) -> None:
        try:
            act()
        except (Stale, ValidationError) as error:
            raised.append(error)

    def run_beside() -> None:
        try:
            run(second)
        finally:
            connection.close()

    beside = threading.Thread(target=run_beside)
    with transaction.atomic():
        run(first)
        beside.start()
        while beside.is_alive() and not somebody_waits():
            beside.join(timeout=0.02)
    beside.join(timeout=60)
    return raised


def somebody_waits() -> bool:
    """Whether another connection waits for a lock that this one holds.

    Not asked of pg_stat_activity: a transaction sees that as it first read it, without who came later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        (found,) = cursor.fetchone()
    return bool(found)


def in_order(one: Act, other: Act, is_turned: bool) -> list[Exception]:
    return meet(other, one) if is_turned else meet(one, other)


def broken() -> list[str]:
    """The rules of the domain that no longer hold."""
    return [outcome.invariant.name for outcome in examine("default") if outcome.number]


def is_approved_and_waits(statement: Statement) -> bool:
    waiting = Placement.objects.waiting().filter(span__statement=statement)
    return fresh(statement).is_approved and waiting.exists()


def deleted(article: Article) -> tuple[Statement, Act]:
    """Approved and deleted, and how it is brought back."""
    statement = delete(factories.approve(make_statement(article, QUOTE)))
    return statement, partial(
        bring_back, user=usual(EDITOR), record=statement, version=statement.version
    )


def submitted(article: Article) -> tuple[Statement, Act]:
    """Submitted, and how it is approved."""
    statement = submit(make_statement(article, QUOTE))
    return statement, partial(
        approve, user=usual(REVIEWER), record=statement, version=statement.version
    )


@pytest.mark.parametrize("is_turned", [False, True], ids=["corrected first", "corrected second"])
@pytest.mark.parametrize("make", [deleted, submitted], ids=["brought back", "approved"])
def test_no_words_are_approved_while_a_correction_leaves_them_waiting(
    make: Callable[[Article], tuple[Statement, Act]], is_turned: bool
) -> None:
    article = make_article()
    statement, act = make(article)

    in_order(lambda: correct_text(article, CORRECTED), act, is_turned)

    assert not is_approved_and_waits(statement)
    assert Article.objects.get(pk=article.pk).revision.number == 2
    assert broken() == []


def let_go(claim: Statement, accused: Actor) -> object:
    """The claim, which accuses this actor no more."""
    parts = [
        PartInput(row.part, row.actor, row.as_printed, row.title_as_printed, row.speaker_basis, row.uid)
        for row in claim.live_attributions()
        if row.actor != accused
    ]  # fmt: skip
    return revise(
        user=usual(EDITOR),
        statement=claim,
        version=claim.version,
        details=StatementDetails(form=claim.form, act=claim.act),
        parts=parts,
        points=[],
        selections=[Selection(span.role, 0, 0, "", span.uid) for span in claim.live_spans()],
        revision_number=1,
    )


@pytest.mark.parametrize("is_turned", [False, True], ids=["let go first", "answered first"])
def test_nobody_answers_for_whom_the_claim_lets_go(is_turned: bool) -> None:
    accused = make_actor()
    claim = make_statement(about=[accused, make_actor()])
    denial = make_statement(make_article(), "denied the claim", act="denial")

    raised = in_order(
        lambda: let_go(fresh(claim), accused),
        lambda: make_response(claim, denial, parties=[accused]),
        is_turned,
    )

    assert [type(error) for error in raised] == [ValidationError]
    assert broken() == []


def merged_away(end: Statement) -> Act:
    """The statement becomes part of another."""
    kept = make_statement(end.article, QUOTE)
    return partial(
        join,
        user=usual(EDITOR),
        statement=kept,
        version=kept.version,
        other=end,
        other_version=end.version,
    )


def undone(end: Statement) -> Act:
    """The statement's recording is undone."""
    change_id = end.history.latest().change_id
    return partial(undo, user=usual(EDITOR), change_id=change_id)


@pytest.mark.parametrize("is_turned", [False, True], ids=["gone first", "linked first"])
@pytest.mark.parametrize("go", [merged_away, undone])
@pytest.mark.parametrize("which", ["response", "by", "of"])
def test_no_link_is_written_to_a_statement_that_goes(
    which: str, go: Callable[[Statement], Act], is_turned: bool
) -> None:
    end, other = make_statement(), make_statement(make_article(), "denied the claim")
    going = go(end)
    link: dict[str, Act] = {
        "response": lambda: make_response(other, end),
        "by": lambda: make_restatement(other, end),
        "of": lambda: make_restatement(end, other),
    }

    raised = in_order(going, link[which], is_turned)

    is_refused = not is_turned or go is undone  # a merge takes along the link that was there first
    linked = [
        *Response.objects.values_list("claim", "response"),
        *Restatement.objects.values_list("of", "by"),
    ]
    ends = {key for keys in linked for key in keys}
    assert [type(error) for error in raised] == [ValidationError] * is_refused
    assert bool(ends) == is_turned
    assert fresh(end).is_withdrawn != (end.pk in ends)
    assert broken() == []
