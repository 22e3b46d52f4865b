from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.change import Deleted, Stale
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.editing.review import (
    OwnWork,
    approve,
    reject,
    request_changes,
    submit,
    submit_article,
    submit_with_links,
)
from annotations.models import Statement
from annotations.models.review import Reviewed, ReviewState
from annotations.permissions import ADMINISTRATOR, REVIEWER
from annotations.tests import factories
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    speaks,
    usual,
)

pytestmark = pytest.mark.django_db


def _reword(statement: Statement, user: Any) -> Statement:
    return revise(
        user=user,
        statement=statement,
        version=fresh(statement).version,
        details=StatementDetails("direct", "denial", gist="Reworded"),
        parts=[speaks(make_actor())],
        points=[],
        selections=[Selection(s.role, 0, 0, "", s.uid) for s in statement.live_spans()],
        revision_number=1,
    )


@pytest.mark.parametrize("state", ["draft", "changes_requested", "rejected"])
def test_unsent_work_is_submitted(state: str) -> None:
    statement = make_in_state(make_statement(), state)

    sent = submit(user=usual("editor"), record=statement, version=statement.version)

    assert (sent.state, sent.version) == (ReviewState.SUBMITTED, statement.version + 1)


@pytest.mark.parametrize("state", ["submitted", "approved", "withdrawn"])
def test_other_work_is_not_submitted(state: str) -> None:
    statement = make_in_state(make_statement(), state)

    with pytest.raises(ValidationError):
        submit(user=usual("editor"), record=statement, version=statement.version)

    assert fresh(statement).state == state


@pytest.mark.parametrize(
    "make", [make_statement, make_response, make_restatement, make_reply_record]
)
def test_each_kind_of_work_is_approved_with_its_reviewer_and_time(make: Any) -> None:
    record: Reviewed = factories.submit(make())
    reviewer = make_user(REVIEWER)

    approved = approve(user=reviewer, record=record, version=record.version)

    assert (approved.state, approved.reviewed_by) == (ReviewState.APPROVED, reviewer)
    assert approved.reviewed_at


@pytest.mark.parametrize("state", ["draft", "approved", "changes_requested", "rejected"])
def test_only_submitted_work_is_approved(state: str) -> None:
    statement = make_in_state(make_statement(), state)

    with pytest.raises(ValidationError, match="cannot become approved now"):
        approve(user=make_user(REVIEWER), record=statement, version=statement.version)


def test_deleted_work_is_not_judged() -> None:
    statement = factories.delete(make_statement())

    with pytest.raises((ValidationError, OwnWork)):
        approve(user=make_user(REVIEWER), record=statement, version=statement.version)

    assert fresh(statement).state == ReviewState.WITHDRAWN


@pytest.mark.parametrize("judge", [request_changes, reject])
def test_what_goes_back_carries_its_reason(judge: Any) -> None:
    statement = factories.submit(make_statement())

    sent_back = judge(
        user=make_user(REVIEWER), record=statement, version=statement.version, reason="Who?"
    )

    assert (sent_back.is_sent_back, sent_back.review_reason) == (True, "Who?")


@pytest.mark.parametrize("judge", [request_changes, reject])
def test_nothing_goes_back_without_a_reason(judge: Any) -> None:
    statement = factories.submit(make_statement())

    with pytest.raises(ValidationError, match="Say why it goes back"):
        judge(user=make_user(REVIEWER), record=statement, version=statement.version, reason="")

    assert fresh(statement).state == ReviewState.SUBMITTED


def test_an_approval_clears_an_earlier_reason() -> None:
    statement = factories.request_changes(make_statement())

    approved = factories.approve(statement)

    assert approved.review_reason == ""


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_approves_what_they_wrote(superuser: bool) -> None:
    author = make_user(ADMINISTRATOR, superuser=superuser)
    statement = factories.submit(make_statement(user=author))

    with pytest.raises(OwnWork):
        approve(user=author, record=statement, version=statement.version)

    assert fresh(statement).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_approves_what_they_changed(superuser: bool) -> None:
    changing = make_user(ADMINISTRATOR, superuser=superuser)
    statement = factories.submit(_reword(make_statement(), changing))

    with pytest.raises(OwnWork):
        approve(user=changing, record=statement, version=statement.version)


def test_a_change_before_the_last_approval_does_not_count() -> None:
    earlier = make_user(ADMINISTRATOR)
    statement = factories.approve(_reword(make_statement(), earlier))
    changed = _reword(statement, make_user())

    approved = approve(user=earlier, record=changed, version=changed.version)

    assert approved.state == ReviewState.APPROVED


def test_submitting_makes_nobody_an_author() -> None:
    sending = make_user(ADMINISTRATOR)
    statement = factories.submit(make_statement(), user=sending)

    approved = approve(user=sending, record=statement, version=statement.version)

    assert approved.state == ReviewState.APPROVED


def test_who_brought_deleted_work_back_does_not_approve_it() -> None:
    from annotations.editing.withdraw import bring_back

    bringing = make_user(ADMINISTRATOR)
    gone = factories.delete(factories.submit(make_statement()))
    back = bring_back(user=bringing, record=gone, version=gone.version)

    with pytest.raises(OwnWork):
        approve(user=bringing, record=back, version=back.version)


def test_a_judgement_on_an_older_version_is_refused() -> None:
    statement = factories.submit(make_statement())
    _reword(statement, make_user())

    with pytest.raises(Stale):
        approve(user=make_user(REVIEWER), record=statement, version=statement.version)

    assert fresh(statement).state == ReviewState.SUBMITTED


def test_a_statement_goes_with_its_unsent_links_and_records() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    sent = [
        make_response(claim),
        make_restatement(claim),
        make_reply_record(claim),
    ]
    elsewhere = make_response()

    submit_with_links(user=usual("editor"), statement=claim, version=claim.version)

    assert {fresh(record).state for record in [claim, *sent]} == {ReviewState.SUBMITTED}
    assert fresh(elsewhere).state == ReviewState.DRAFT


def test_a_statement_that_waits_for_nothing_is_not_submitted() -> None:
    statement = factories.approve(make_statement())

    with pytest.raises(ValidationError, match="Nothing here waits to be submitted"):
        submit_with_links(user=usual("editor"), statement=statement, version=statement.version)

    assert fresh(statement).version == statement.version


def test_approved_links_are_left_where_they_are() -> None:
    link = factories.approve(make_response())

    submit_with_links(user=usual("editor"), statement=link.claim, version=link.claim.version)

    assert fresh(link).state == ReviewState.APPROVED


@pytest.mark.parametrize("send_back", [factories.request_changes, factories.reject])
def test_what_was_sent_back_does_not_go_with_its_article(send_back: Any) -> None:
    back = send_back(make_statement())

    count = submit_article(user=make_user(), article=back.article)

    assert (count, fresh(back).state, fresh(back).review_reason) == (
        0,
        back.state,
        back.review_reason,
    )


def test_an_article_goes_with_all_its_drafts() -> None:
    article = make_article()
    claim = make_statement(article, about=[make_actor()])
    link = make_response(claim)
    factories.approve(make_statement(article, "an expert called it likely"))
    other = make_statement()

    count = submit_article(user=usual("editor"), article=article)

    states = {fresh(record).state for record in (claim, link, link.response)}
    assert (count, states) == (3, {ReviewState.SUBMITTED})
    assert fresh(other).state == ReviewState.DRAFT


def test_deleted_work_is_refused_as_deleted_to_who_did_not_write_it() -> None:
    gone = factories.delete(make_statement())

    with pytest.raises(Deleted):
        approve(user=make_user(REVIEWER), record=gone, version=gone.version)


def test_the_queryset_names_the_same_authors_as_the_record() -> None:
    author, changing = make_user(ADMINISTRATOR), make_user(ADMINISTRATOR)
    own = make_statement(user=author)
    changed = _reword(factories.approve(make_statement(user=author)), changing)
    approved = factories.approve(make_statement(user=author))
    everybody = Statement.objects.filter(pk__in=[own.pk, changed.pk, approved.pk])

    written = {user.pk: set(everybody.written_by(user)) for user in (author, changing)}

    assert written == {author.pk: {own}, changing.pk: {changed}}
    assert written == {
        user.pk: {row for row in everybody if user.pk in row.author_ids()}
        for user in (author, changing)
    }
