from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.change import Stale
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.models import Attribution, Span, Statement
from annotations.models.review import ReviewState
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    select,
    speaks,
)

pytestmark = pytest.mark.django_db


def _revise(statement: Statement, **other: Any) -> Statement:
    """The statement with what is given changed and the rest as it is."""
    given: dict[str, Any] = {
        "user": statement.created_by,
        "version": statement.version,
        "details": StatementDetails(form=statement.form, act=statement.act),
        "parts": _parts(statement),
        "points": [PointInput(point.text, point.uid) for point in statement.live_points()],
        "selections": _kept(statement),
        "revision_number": 1,
    } | other
    return revise(statement=statement, **given)


def _parts(statement: Statement) -> list[PartInput]:
    return [
        PartInput(
            row.part, row.actor, row.as_printed, row.title_as_printed, row.speaker_basis, row.uid
        )
        for row in statement.live_attributions()
    ]


def _kept(statement: Statement) -> list[Selection]:
    return [Selection(span.role, 0, 0, "", span.uid) for span in statement.live_spans()]


def test_details_are_changed_and_the_version_goes_up() -> None:
    statement = make_statement()

    changed = _revise(statement, details=StatementDetails("direct", "denial", gist="No"))

    assert (changed.form, changed.act, changed.gist) == ("direct", "denial", "No")
    assert changed.version == statement.version + 1


def test_a_kept_span_keeps_its_row_and_a_dropped_one_is_withdrawn() -> None:
    statement = make_statement(source="The ministry", cue="said the army")
    content = statement.live_spans("content")[0]
    kept = [selection for selection in _kept(statement) if selection.role != "cue"]

    changed = _revise(statement, selections=kept)

    assert [span.role for span in changed.live_spans()] == ["content", "source"]
    assert changed.live_spans("content")[0].pk == content.pk
    assert Span.objects.filter(statement=statement, withdrawn_at__isnull=False).count() == 1


def test_a_span_of_another_statement_is_not_taken_along() -> None:
    statement, other = make_statement(), make_statement()
    foreign = Selection("content", 0, 0, "", other.live_spans()[0].uid)

    with pytest.raises(ValidationError):
        _revise(statement, selections=[*_kept(statement), foreign])

    assert len(fresh(other).live_spans()) == 1


def test_the_printed_words_stay_when_the_actor_is_another() -> None:
    first, second = make_actor(), make_actor()
    statement = make_statement(speaker=first, source="The ministry")
    row = statement.speakers()[0]

    changed = _revise(statement, parts=[replace(_parts(statement)[0], actor=second)])

    [after] = changed.speakers()
    assert (after.pk, after.actor, after.as_printed) == (row.pk, second, "The ministry")


def test_a_part_that_is_dropped_is_withdrawn_not_removed() -> None:
    accused = make_actor()
    statement = make_statement(about=[accused])

    changed = _revise(statement, parts=_parts(statement)[:1])

    assert changed.accused() == []
    assert Attribution.objects.filter(actor=accused, withdrawn_at__isnull=False).count() == 1


def test_an_actor_that_was_dropped_can_come_back() -> None:
    accused = make_actor()
    statement = make_statement(about=[accused])
    without = _revise(statement, parts=_parts(statement)[:1])

    again = _revise(without, parts=[*_parts(without), PartInput("about", accused)])

    assert again.accused() == [accused]


def test_the_chain_of_via_keeps_the_order_it_is_given_in() -> None:
    first, second = make_actor(), make_actor()
    statement = make_statement(via=[first, second])
    speaker, *via = _parts(statement)

    changed = _revise(statement, parts=[speaker, *reversed(via)])

    assert [row.actor for row in changed.live_attributions("via")] == [second, first]


def test_a_new_first_link_of_the_chain_stands_first() -> None:
    first, second = make_actor(), make_actor()
    statement = make_statement(via=[first])
    speaker, via = _parts(statement)

    changed = _revise(statement, parts=[speaker, PartInput("via", second), via])

    assert [row.actor for row in changed.live_attributions("via")] == [second, first]


def test_a_reworded_point_keeps_its_row_and_a_dropped_one_is_withdrawn() -> None:
    statement = make_statement(points=["It crossed", "It was the army"])
    first = statement.live_points()[0]

    changed = _revise(statement, points=[PointInput("It crossed on Monday", first.uid)])

    assert [(p.pk, p.text) for p in changed.live_points()] == [(first.pk, "It crossed on Monday")]
    assert changed.points.count() == 2


def test_a_dropped_point_is_no_longer_answered() -> None:
    claim = make_statement(points=["It crossed", "It was the army"])
    first, second = claim.live_points()
    link = make_response(claim, answers=[first, second])

    _revise(claim, points=[PointInput(first.text, first.uid)])

    assert [point.text for point in fresh(link).live_answers()] == ["It crossed"]


def test_approved_work_that_changes_goes_back_to_submitted() -> None:
    statement = approve(make_statement())

    changed = _revise(statement, details=StatementDetails("direct", statement.act))

    assert changed.state == ReviewState.SUBMITTED


def test_approved_work_that_does_not_change_stays_approved() -> None:
    statement = approve(make_statement(source="The ministry", points=["It crossed"]))

    same = _revise(statement)

    assert same.state == ReviewState.APPROVED


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "rejected"])
def test_work_in_another_state_keeps_it(state: str) -> None:
    statement = make_in_state(make_statement(), state)

    changed = _revise(statement, details=StatementDetails("direct", statement.act))

    assert changed.state == state


def test_any_editor_may_change_it_and_is_then_one_of_its_authors() -> None:
    statement, another = make_statement(), make_user()

    changed = _revise(statement, user=another, details=StatementDetails("direct", "denial"))

    assert changed.author_ids() == {statement.created_by_id, another.pk}
    assert changed.created_by == statement.created_by


def test_deleted_work_is_not_changed() -> None:
    statement = delete(make_statement())

    with pytest.raises(PermissionDenied):
        _revise(statement)


def test_a_write_based_on_an_older_version_is_refused_with_the_current_one() -> None:
    statement = make_statement()
    _revise(statement, details=StatementDetails("direct", "denial"))

    with pytest.raises(Stale) as refused:
        _revise(statement, details=StatementDetails("mixed", "denial"))

    assert (refused.value.version, refused.value.current.version) == (1, 2)
    assert fresh(statement).form == "direct"


def test_what_is_refused_leaves_nothing_behind() -> None:
    statement = make_statement()

    with pytest.raises(ValidationError):
        _revise(statement, details=StatementDetails("direct", "denial"), parts=[])

    after = fresh(statement)
    assert (after.form, after.version, after.history.count()) == (
        statement.form,
        statement.version,
        statement.history.count(),
    )


def test_the_folded_copy_follows() -> None:
    statement = make_statement()
    words = select(statement.article, "an expert called it likely")

    changed = _revise(statement, selections=[words], parts=[speaks(make_actor("Nöl"), "An expert")])

    assert changed.folded == "an expert called it likely an expert"


def test_whom_a_response_answers_for_stays_accused() -> None:
    bob = make_actor("Bob")
    statement = make_statement(about=[bob])
    make_response(statement, parties=[bob])
    parts = [part for part in _parts(statement) if part.part != "about"]

    with pytest.raises(ValidationError, match="A response answers for Bob"):
        _revise(statement, parts=parts)

    assert fresh(statement).accused() == [bob]
