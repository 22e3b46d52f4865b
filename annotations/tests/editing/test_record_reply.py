from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.change import Stale
from annotations.editing.merge import merge
from annotations.editing.record_reply import (
    ReplyDetails,
    attempt_contact,
    mend_attempt,
    revise_reply,
)
from annotations.models import ContactAttempt, ReplyRecord
from annotations.models.chronicle import tell
from annotations.models.review import ReviewState
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_attempt,
    make_reply_record,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def _revise(record: ReplyRecord, **other: Any) -> ReplyRecord:
    given: dict[str, Any] = {
        "user": record.created_by,
        "version": record.version,
        "details": ReplyDetails(status=record.status),
        "evidence": [],
    } | other
    return revise_reply(record=record, **given)


def test_a_reported_silence_keeps_its_evidence_and_claimant() -> None:
    claimant = make_actor()

    record = make_reply_record(
        status="reported_no_response",
        evidence="Nothing of the kind happened",
        claimant=claimant,
        title_as_printed="the minister",
    )

    assert record.evidence() == "Nothing of the kind happened"
    assert (record.claimant, record.title_as_printed) == (claimant, "the minister")
    assert (record.as_of, record.state) == (None, ReviewState.DRAFT)


def test_a_party_that_is_not_accused_has_no_record() -> None:
    claim, stranger = make_statement(about=[make_actor()]), make_actor("The Stranger")

    with pytest.raises(ValidationError, match="The Stranger is not accused in this claim"):
        make_reply_record(claim, stranger)


def test_a_party_has_one_record_on_a_claim() -> None:
    record = make_reply_record()

    with pytest.raises(ValidationError, match="reply record on this claim already"):
        make_reply_record(record.claim, record.party)


def test_a_deleted_record_makes_room_for_another() -> None:
    record = delete(make_reply_record())

    again = make_reply_record(record.claim, record.party)

    assert again.pk != record.pk


def test_a_merged_party_counts_as_the_one_it_was_merged_into() -> None:
    accused, other = make_actor(), make_actor()
    claim = make_statement(about=[accused])
    merge(user=usual("editor"), actor=other, version=1, into=accused)

    record = make_reply_record(claim, type(other).objects.get(pk=other.pk))

    assert record.party.resolved == accused


def test_a_deleted_statement_gets_no_record() -> None:
    accused = make_actor()
    claim = delete(make_statement(about=[accused]))

    with pytest.raises(ValidationError, match="bring it back first"):
        make_reply_record(claim, accused)


def test_an_approved_record_that_changes_goes_back_to_submitted() -> None:
    record = approve(make_reply_record(status="sought"))

    changed = _revise(record, details=ReplyDetails("declined", as_of=date(2026, 1, 2)))

    assert (changed.status, changed.as_of) == ("declined", date(2026, 1, 2))
    assert changed.state == ReviewState.SUBMITTED


def test_an_approved_record_that_does_not_change_stays_approved() -> None:
    record = approve(make_reply_record())

    same = _revise(record)

    assert same.state == ReviewState.APPROVED


def test_a_contact_attempt_is_a_row_of_its_own() -> None:
    record = make_reply_record()
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

    changed = attempt_contact(
        user=record.created_by,
        record=record,
        version=record.version,
        attempted_at=at,
        means="phone",
        outcome="nobody answered",
    )

    attempt = changed.attempts.get()
    assert (attempt.attempted_at, attempt.means, attempt.outcome, attempt.attempted_by) == (
        at,
        "phone",
        "nobody answered",
        record.created_by,
    )


def _mend(attempt: ContactAttempt, **other: Any) -> ReplyRecord:
    given: dict[str, Any] = {
        "user": attempt.reply_record.created_by,
        "version": attempt.reply_record.version,
        "attempted_at": attempt.attempted_at,
        "means": attempt.means,
        "outcome": attempt.outcome,
    } | other
    return mend_attempt(attempt=attempt, **given)


def test_a_mended_attempt_keeps_its_row_and_who_made_it() -> None:
    attempt, other = make_attempt(), make_user(EDITOR)

    changed = _mend(attempt, user=other, means="email", outcome="no answer")

    mended = changed.attempts.get()
    assert (mended.pk, mended.means, mended.outcome) == (attempt.pk, "email", "no answer")
    assert mended.attempted_by == attempt.attempted_by != other


def test_an_approved_record_goes_back_to_submitted_only_where_its_attempt_was_changed() -> None:
    same, other = make_attempt(), make_attempt()
    approve(same.reply_record)
    approve(other.reply_record)

    unchanged, changed = _mend(fresh(same)), _mend(fresh(other), outcome="no answer")

    assert (unchanged.state, changed.state) == (ReviewState.APPROVED, ReviewState.SUBMITTED)


def test_a_mended_attempt_is_told_in_the_history_of_its_record() -> None:
    attempt = make_attempt(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), outcome="rang out")
    changed = _mend(attempt, outcome="no answer")

    told = tell(ReplyRecord, changed.history.order_by("-history_id"))[0]

    at = "attempt (phone, 2026-01-02 03:04 UTC)"
    assert told.parts == (f"{at}: “rang out” → {at}: “no answer”",)


def test_a_stale_mending_is_refused() -> None:
    attempt = make_attempt()
    _revise(attempt.reply_record, details=ReplyDetails("declined"))

    with pytest.raises(Stale):
        _mend(attempt, means="letter")

    assert fresh(attempt).means == "phone"


def test_a_stale_change_is_refused() -> None:
    record = make_reply_record(status="sought")
    _revise(record, details=ReplyDetails("declined"))

    with pytest.raises(Stale):
        _revise(record, details=ReplyDetails("unreachable"))

    assert fresh(record).status == "declined"


def test_a_merged_party_has_one_record_on_a_claim() -> None:
    chosen, standing = make_actor("Kabul"), make_actor("Afghanistan")
    claim = make_statement(about=[chosen])
    make_reply_record(claim, chosen)
    merge(user=usual("editor"), actor=chosen, version=chosen.version, into=standing)

    with pytest.raises(ValidationError, match="has a reply record on this claim already"):
        make_reply_record(fresh(claim), standing)
