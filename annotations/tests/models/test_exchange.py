from typing import Any

import pytest

from annotations import permissions
from annotations.models import Statement
from annotations.models.answered import Answered, PartyStatus
from annotations.models.exchange import exchange, links_of
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    approve_all,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db
QUERIES = 16


def _statuses(claim: Statement, role: str = EDITOR) -> list[PartyStatus]:
    stored = Statement.objects.for_display().get(pk=claim.pk)
    return links_of([stored], usual(role)).statuses(stored)


def test_each_accused_party_has_its_own_status() -> None:
    silent, denying = make_actor(), make_actor()
    claim = make_statement(about=[silent, denying])
    make_response(claim, parties=[denying])

    statuses = {status.party: status.answered for status in _statuses(claim)}

    assert statuses == {silent: Answered.NONE_ON_RECORD, denying: Answered.ANSWERED}


def test_a_standing_position_is_no_answer() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    make_response(claim, parties=[accused], relation="standing_position")

    [status] = _statuses(claim)

    assert (status.answered, status.is_open) == (Answered.STANDING_POSITION_ONLY, True)


def test_points_that_no_answer_names_stay_open() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], points=["It crossed", "On Monday"])
    one, two = claim.live_points()
    make_response(claim, parties=[accused], answers=[one])

    [status] = _statuses(claim)

    assert status.answered == Answered.PARTLY_ANSWERED
    assert (status.answered_points, status.open_points) == ((one,), (two,))


def test_an_answer_that_names_no_point_closes_none() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], points=["It crossed"])
    make_response(claim, parties=[accused])

    [status] = _statuses(claim)

    assert (status.answered, len(status.open_points)) == (Answered.PARTLY_ANSWERED, 1)


def test_points_answered_one_by_one_are_all_answered() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], points=["It crossed", "On Monday"])
    for point in claim.live_points():
        make_response(claim, make_statement(), parties=[accused], answers=[point])

    [status] = _statuses(claim)

    assert (status.answered, status.open_points) == (Answered.ANSWERED, ())


def test_what_is_known_of_a_silence_stands_beside_what_the_links_say() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    make_reply_record(claim, status="declined")
    make_response(claim, parties=[accused])

    [status] = _statuses(claim)

    assert (status.answered, status.sought_label) == (Answered.ANSWERED, "declined to comment")


def test_without_a_record_no_reply_was_sought() -> None:
    claim = make_statement(about=[make_actor()])

    [status] = _statuses(claim)

    assert status.sought_label == "not sought"


def test_an_exchange_nests_what_answers_what() -> None:
    claim, denial, reply = make_statement(), make_statement(), make_statement()
    make_response(claim, denial)
    make_response(denial, reply)

    root = exchange(claim, usual(EDITOR))

    [first] = root.answers
    assert (first.statement, [turn.statement for turn in first.answers]) == (denial, [reply])


def test_mirror_accusations_are_walked_once() -> None:
    one, other = make_statement(), make_statement()
    make_response(one, other, relation="counter_accuses")
    make_response(other, one, relation="counter_accuses")

    root = exchange(one, usual(EDITOR))

    [answer] = root.answers
    [back] = answer.answers
    assert (back.statement, back.seen_above, back.answers) == (one, True, [])


def test_what_answers_a_restatement_is_in_the_exchange_of_the_fuller_claim() -> None:
    claim, again, denial = make_statement(), make_statement(), make_statement()
    row = make_restatement(claim, again)
    link = make_response(again, denial)

    root = exchange(claim, usual(EDITOR))

    [said_again] = root.answers
    assert (said_again.statement, said_again.restatement, said_again.is_fuller) == (
        again,
        row,
        False,
    )
    assert [turn.link for turn in said_again.answers] == [link]
    assert root.is_answered


def test_a_restatements_exchange_holds_the_fuller_claim() -> None:
    claim, again = make_statement(), make_statement()
    make_restatement(claim, again)
    link = make_response(claim, make_statement())

    root = exchange(again, usual(EDITOR))

    [fuller] = root.answers
    assert (fuller.statement, fuller.is_fuller) == (claim, True)
    assert [turn.link for turn in fuller.answers] == [link]


def test_responses_and_restatements_that_meet_are_walked_once() -> None:
    claim, again, denial = make_statement(), make_statement(), make_statement()
    make_restatement(claim, again)
    make_response(claim, denial)
    make_response(again, denial)
    make_response(denial, claim, relation="counter_accuses")

    root = exchange(claim, usual(EDITOR))

    [answer, said_again] = root.answers
    assert [(turn.statement, turn.seen_above) for turn in answer.answers] == [(claim, True)]
    assert [(turn.statement, turn.seen_above) for turn in said_again.answers] == [(denial, True)]


def test_a_claim_that_is_only_said_again_is_not_answered() -> None:
    claim = make_statement()
    make_restatement(claim, make_statement())

    root = exchange(claim, usual(EDITOR))

    assert (len(root.answers), root.is_answered) == (1, False)


@pytest.mark.parametrize("unapproved", ["link", "response"])
def test_a_reporter_is_not_told_that_a_party_is_silent_while_its_answer_waits(
    unapproved: str,
) -> None:
    accused, other = make_actor(), make_actor()
    claim = make_statement(about=[accused, other])
    link = make_response(claim, make_statement(), parties=[accused])
    approve_all(claim, link.response if unapproved == "link" else link)

    waiting, open_one = _statuses(claim, REPORTER)

    assert (waiting.is_open, waiting.answer, waiting.sought_label) == (False, None, "")
    assert waiting.label == "not settled yet"
    assert (open_one.is_open, open_one.label) == (True, "no approved reply on record")
    assert [status.is_open for status in _statuses(claim)] == [False, True]


@pytest.mark.parametrize(("state", "waits"), [("submitted", True), ("rejected", False)])
def test_a_reporter_is_not_told_not_sought_while_a_reply_record_waits(
    state: str, waits: bool
) -> None:
    claim = make_statement(about=[make_actor()])
    make_in_state(make_reply_record(claim), state)
    approve(claim)

    [status] = _statuses(claim, REPORTER)

    assert status.is_open
    assert status.sought_label == ("" if waits else "not sought")


def test_of_a_partly_approved_answer_no_point_is_called_open() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], points=["It crossed", "On Monday"])
    one, two = claim.live_points()
    shown = make_response(claim, make_statement(), parties=[accused], answers=[one])
    make_response(claim, make_statement(), parties=[accused], answers=[two])
    approve_all(claim, shown.response, shown)

    [status] = _statuses(claim, REPORTER)

    assert (status.answer, status.open_points) == (Answered.PARTLY_ANSWERED, ())


def test_deleted_links_and_statements_are_out_of_the_exchange() -> None:
    claim = make_statement()
    make_in_state(make_response(claim, make_statement()), "withdrawn")
    make_in_state(make_response(claim, make_statement()).response, "withdrawn")
    kept = make_response(claim, make_statement())

    root = exchange(claim, usual(EDITOR))

    assert [turn.link for turn in root.answers] == [kept]


def test_a_reporter_walks_approved_links_between_approved_statements_only() -> None:
    claim = make_statement()
    shown = make_response(claim, make_statement())
    draft_link = make_response(claim, make_statement())
    draft_end = make_response(claim, make_statement())
    approve_all(claim, shown.response, shown, draft_link.response, draft_end)

    root = exchange(claim, usual(REPORTER))

    assert [turn.link for turn in root.answers] == [shown]


def test_links_cost_the_same_for_one_statement_and_for_many(
    django_assert_num_queries: Any,
) -> None:
    article = make_article()
    claims = [make_statement(article, about=[make_actor()]) for _ in range(4)]
    for claim in claims:
        make_response(claim, parties=claim.accused(), marker="denied the claim")
        make_restatement(claim)
        make_reply_record(claim)
    user = usual(EDITOR)
    permissions.roles(user)
    counted = []

    for number in (1, 4):
        statements = list(
            Statement.objects.for_display().filter(pk__in=[c.pk for c in claims[:number]])
        )
        with django_assert_num_queries(QUERIES) as queries:
            links = links_of(statements, user)
            for statement in statements:
                links.statuses(statement)
        counted.append(len(queries))

    assert counted == [QUERIES, QUERIES]
