from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale, change, take_out
from annotations.editing.merge import merge
from annotations.editing.withdraw import bring_back, withdraw
from annotations.models import Response, Statement
from annotations.models.history import Verb
from annotations.models.review import ReviewState
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
EVERY_KIND = [make_statement, make_response, make_restatement, make_reply_record]
STATES = ["draft", "submitted", "approved", "changes_requested", "rejected"]


@pytest.mark.parametrize("make", EVERY_KIND)
def test_what_is_deleted_keeps_its_row_and_history(make: Any) -> None:
    record = make()

    gone = withdraw(user=make_user(), record=record, version=record.version)

    assert fresh(gone).state == ReviewState.WITHDRAWN
    assert gone.history.latest().verb == "withdrawn"
    assert gone not in type(record).objects.live()


@pytest.mark.parametrize("state", STATES)
def test_what_is_brought_back_has_the_state_it_had(state: str) -> None:
    statement = make_in_state(make_statement(), state)
    gone = delete(statement)

    back = bring_back(user=usual("editor"), record=gone, version=gone.version)

    assert back.state == state
    assert back.review_reason == statement.review_reason


@pytest.mark.parametrize("make", EVERY_KIND)
def test_deleting_and_bringing_back_twice_ends_where_it_began(make: Any) -> None:
    record = submit(make())

    for _ in range(2):
        gone = delete(record)
        record = bring_back(user=usual("editor"), record=gone, version=gone.version)

    assert record.state == ReviewState.SUBMITTED


def test_links_of_a_deleted_statement_are_out_of_every_list_and_come_back_with_it() -> None:
    link = make_response()
    gone = delete(link.claim)
    hidden = link in Response.objects.live()

    bring_back(user=usual("editor"), record=gone, version=gone.version)

    assert (hidden, link in Response.objects.live()) == (False, True)


def test_what_is_deleted_is_not_deleted_again() -> None:
    gone = delete(make_statement())

    with pytest.raises(PermissionDenied):
        withdraw(user=usual("editor"), record=gone, version=gone.version)


def test_what_is_not_deleted_is_not_brought_back() -> None:
    statement = make_statement()

    with pytest.raises(ValidationError, match="It is not deleted"):
        bring_back(user=usual("editor"), record=statement, version=statement.version)


def test_a_link_whose_place_was_taken_stays_deleted() -> None:
    link = delete(make_response())
    make_response(link.claim, link.response)

    with pytest.raises(ValidationError, match="linked to this claim already"):
        bring_back(user=usual("editor"), record=link, version=link.version)

    assert fresh(link).state == ReviewState.WITHDRAWN


def test_a_reply_record_stays_deleted_where_a_merged_party_has_one() -> None:
    chosen, standing = make_actor("Kabul"), make_actor("Afghanistan")
    claim = make_statement(about=[chosen, standing])
    gone = delete(make_reply_record(claim, chosen))
    make_reply_record(claim, standing)
    merge(user=usual("editor"), actor=chosen, version=chosen.version, into=standing)

    with pytest.raises(ValidationError, match="has a reply record on this claim already"):
        bring_back(user=usual("editor"), record=gone, version=gone.version)

    assert fresh(gone).state == ReviewState.WITHDRAWN


@pytest.mark.parametrize("act", [withdraw, bring_back])
def test_a_stale_act_is_refused(act: Any) -> None:
    statement = make_statement()
    before = statement.version
    delete(statement) if act is bring_back else submit(statement)

    with pytest.raises(Stale):
        act(user=usual("editor"), record=statement, version=before)


def test_the_row_is_never_removed() -> None:
    delete(make_statement())

    assert Statement.objects.count() == 1


def test_what_a_correction_left_without_a_place_comes_back_for_review() -> None:
    article = make_article()
    statement = delete(approve(make_statement(article, "Nothing of the kind happened")))
    correct_text(article, TEXT.replace("Nothing", "Something"))

    back = bring_back(user=usual(EDITOR), record=statement, version=statement.version)

    assert back.state == ReviewState.SUBMITTED


@pytest.mark.parametrize("make", [make_response, make_reply_record])
def test_what_names_somebody_no_longer_accused_stays_deleted(make: Any) -> None:
    bob = make_actor("Bob")
    claim = make_statement(about=[bob, make_actor("Eve")])
    named = {"parties": [bob]} if make is make_response else {"party": bob}
    gone = delete(make(claim, **named))
    (row,) = claim.attributions.filter(actor=bob)
    with change(Verb.REVISED, usual(EDITOR)):
        take_out(row)

    with pytest.raises(ValidationError, match="Bob, whom the claim would no longer accuse"):
        bring_back(user=usual(EDITOR), record=gone, version=gone.version)
