"""What an open claim is, in the domain's words; the filter and the statuses compute the same."""

from typing import Any

import pytest

from annotations.editing.merge import merge, unmerge
from annotations.editing.respond import revise_response
from annotations.models import Actor, Relation, Response, Statement
from annotations.models.exchange import links_of
from annotations.models.review import ReviewState
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_in_state,
    make_response,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db
CLOSES = {
    "denies",
    "disputes",
    "rebuts",
    "undercuts",
    "counter_claims",
    "counter_accuses",
    "concedes",
    "partly_concedes",
    "justifies",
    "apologises",
    "corrects",
}
COUNTS = {"draft", "submitted", "approved", "changes_requested"}
STATES = ["draft", "submitted", "approved", "changes_requested", "rejected", "withdrawn"]


def _is_open(claim: Statement) -> bool:
    """Whether the claim is open; the list's filter and the page's statuses say the same."""
    listed = claim in Statement.objects.open()
    answered = claim in Statement.objects.answered()
    stored = Statement.objects.for_display().get(pk=claim.pk)
    statuses = links_of([stored], usual(EDITOR)).statuses(stored)
    on_page = any(status.is_open for status in statuses)
    assert listed == on_page
    assert answered == (bool(statuses) and not listed)
    return listed


def _now(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


def _merge(actor: Actor, into: Actor) -> Actor:
    return merge(user=usual(EDITOR), actor=actor, version=_now(actor).version, into=into)


def test_a_statement_that_accuses_nobody_is_neither_open_nor_answered() -> None:
    statement = make_statement()

    assert not _is_open(statement)
    assert statement not in Statement.objects.answered()


def test_an_accusation_without_any_response_is_open() -> None:
    claim = make_statement(about=[make_actor()])

    assert _is_open(claim)


@pytest.mark.parametrize("relation", Relation.values)
def test_only_what_denies_counters_or_accepts_closes(relation: str) -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])

    make_response(claim, parties=[accused], relation=relation)

    assert _is_open(claim) == (relation not in CLOSES)


@pytest.mark.parametrize("state", STATES)
def test_a_link_that_is_rejected_or_deleted_closes_nothing(state: str) -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])

    make_in_state(make_response(claim, parties=[accused]), state)

    assert _is_open(claim) == (state not in COUNTS)


@pytest.mark.parametrize("state", STATES)
def test_a_statement_that_is_rejected_or_deleted_answers_nothing(state: str) -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    link = make_response(claim, parties=[accused])

    make_in_state(link.response, state)

    assert _is_open(claim) == (state not in COUNTS)


def test_a_suggested_link_closes_nothing() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    link = make_response(claim, parties=[accused])

    Response.objects.filter(pk=link.pk).update(state=ReviewState.SUGGESTED)

    assert _is_open(claim)


def test_a_third_partys_comment_closes_nothing() -> None:
    claim = make_statement(about=[make_actor()])

    make_response(claim, parties=[])

    assert _is_open(claim)


def test_all_of_the_accused_have_to_be_answered_for() -> None:
    first, second = make_actor(), make_actor()
    claim = make_statement(about=[first, second])
    make_response(claim, parties=[first])
    half = _is_open(claim)

    make_response(claim, parties=[second])

    assert (half, _is_open(claim)) == (True, False)


def test_a_party_that_is_taken_out_again_opens_the_claim() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused])
    link = make_response(claim, parties=[accused])

    revise_response(
        user=usual(EDITOR),
        link=link,
        version=link.version,
        relation=link.relation,
        link_basis=link.link_basis,
        parties=[],
        answers=[],
        marker=[],
    )

    assert _is_open(claim)


def test_an_answer_to_another_claim_closes_nothing() -> None:
    accused = make_actor()
    claim, other = make_statement(about=[accused]), make_statement(about=[accused])

    make_response(other, parties=[accused])

    assert (_is_open(claim), _is_open(other)) == (True, False)


def test_an_answer_for_the_actor_that_the_accused_was_merged_into_counts() -> None:
    accused, standing = make_actor(), make_actor()
    claim = make_statement(about=[accused])
    _merge(accused, standing)

    make_response(claim, parties=[_now(standing)])

    assert not _is_open(claim)


def test_a_merge_joins_an_answer_with_its_claim_and_unmerging_parts_them() -> None:
    accused, standing = make_actor(), make_actor()
    claim = make_statement(about=[accused, standing])
    make_response(claim, parties=[standing])
    before = _is_open(claim)

    merged = _merge(accused, standing)
    joined = _is_open(claim)
    unmerge(user=usual(EDITOR), actor=merged, version=merged.version)

    assert (before, joined, _is_open(claim)) == (True, False, True)


def test_the_answering_party_may_be_the_merged_one() -> None:
    accused, standing = make_actor(), make_actor()
    claim = make_statement(about=[accused])
    make_response(claim, parties=[accused])

    _merge(accused, standing)

    assert not _is_open(claim)


def test_an_accused_that_is_taken_out_leaves_no_open_claim() -> None:
    from annotations.editing.attribute import attribute
    from annotations.editing.change import change
    from annotations.models.history import Verb
    from annotations.tests.factories import speaks

    claim = make_statement(about=[make_actor()])

    with change(Verb.REVISED, usual(EDITOR)):
        attribute(claim, [speaks(make_actor())])

    assert not _is_open(fresh(claim))


def test_for_a_reporter_only_approved_answers_make_a_claim_answered() -> None:
    accused = make_actor()
    pending, answered = make_statement(about=[accused]), make_statement(about=[accused])
    make_response(pending, parties=[accused])
    link = make_response(answered, parties=[accused])
    make_in_state(link.response, "approved")
    make_in_state(link, "approved")

    found = set(Statement.objects.answered([ReviewState.APPROVED]))

    assert found == {answered}


def test_the_filter_costs_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make_statement(about=[make_actor()])

    with django_assert_num_queries(1):
        found = list(Statement.objects.open())

    assert len(found) == 3
