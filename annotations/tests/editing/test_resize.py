"""The ends of a piece are moved: in the newest text, on record, undone as one step."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.place import Owner, Selection
from annotations.editing.resize import resize
from annotations.editing.undo import undo
from annotations.models import Placement, Span, Statement
from annotations.models.history import Verb
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    fresh,
    make_response,
    make_statement,
    make_user,
    select,
    usual,
)

pytestmark = pytest.mark.django_db


def content(statement: Statement) -> Span:
    return statement.spans.get(role="content", withdrawn_at__isnull=True)


def resized(statement: Statement, words: str = "said the army", **more: Any) -> Owner:
    given: dict[str, Any] = {"user": usual(EDITOR), "chosen_in": 1}
    if "selection" not in more:
        given["selection"] = select(statement.article, words)
    given["version"] = fresh(statement).version
    if "span" not in more:
        given["span"] = content(statement)
    return resize(**given | more)


def test_the_words_reach_elsewhere_and_approved_work_goes_back() -> None:
    statement = approve(make_statement(exact="the army crossed the border."))

    resized(statement, "The ministry said the army crossed the border.")

    now = fresh(statement)
    assert now.quote() == "The ministry said the army crossed the border."
    assert (now.state, now.folded) == ("submitted", now.quote().lower())
    assert now.history.latest().verb == Verb.RESIZED


def test_undoing_puts_the_ends_back() -> None:
    statement = approve(make_statement())
    before = statement.quote()
    resized(statement)

    undo(user=usual(EDITOR), change_id=fresh(statement).history.latest().change_id)

    assert (fresh(statement).quote(), fresh(statement).state) == (before, "approved")


def test_earlier_texts_keep_what_they_had() -> None:
    statement = make_statement()
    article = correct_text(statement.article, TEXT + "More.")

    resized(statement, selection=select(article, "said the army"), chosen_in=2)

    places = Placement.objects.filter(span=content(statement)).order_by("revision__number")
    assert [row.exact for row in places] == ["the army crossed the border.", "said the army"]


def test_the_marker_of_a_link_is_moved_too() -> None:
    link = make_response(marker="denied the claim")

    resized(
        link.claim,
        "The army denied the claim.",
        span=link.spans.get(),
        version=fresh(link).version,
    )

    assert fresh(link).marker() == "The army denied the claim."


def test_two_pieces_may_touch_but_not_lie_over_each_other() -> None:
    statement = make_statement(exact=["the army crossed the border.", "denied the claim."])
    second = statement.live_spans("content")[1]

    resized(statement, "The army denied the claim.", span=second)
    with pytest.raises(ValidationError, match="is content of it already"):
        resized(statement, "border. The army denied the claim.", span=second)


def test_a_cue_may_lie_in_the_content() -> None:
    statement = make_statement(exact="denied the claim", cue="denied")

    resized(statement, "The army denied the claim.")

    assert fresh(statement).quote() == "The army denied the claim."


def test_other_words_than_those_that_stand_there_are_refused() -> None:
    with pytest.raises(ValidationError, match="does not stand there"):
        resized(make_statement(), selection=Selection("content", 0, 4, "What"))


def test_words_of_a_corrected_text_are_chosen_again() -> None:
    statement = make_statement()
    words = select(statement.article, "said the army")
    correct_text(statement.article, "New. " + TEXT)

    with pytest.raises(ValidationError, match="corrected meanwhile"):
        resized(statement, selection=words)


def test_words_that_wait_are_placed_first() -> None:
    statement = make_statement(exact="Nothing of the kind happened")
    article = correct_text(statement.article, TEXT.replace("Nothing", "Something"))

    with pytest.raises(ValidationError, match="need placing first"):
        resized(statement, selection=select(article, "Something"), chosen_in=2)


def test_a_stale_move_and_a_reviewers_are_refused() -> None:
    statement = make_statement()

    with pytest.raises(Stale):
        resized(statement, version=statement.version - 1)
    with pytest.raises(PermissionDenied):
        resized(statement, user=make_user(REVIEWER))


def test_the_same_ends_leave_the_version_but_a_stale_one_is_told() -> None:
    statement = make_statement()

    same = resized(statement, statement.quote())

    assert (fresh(statement).version, same.version) == (statement.version, statement.version)
    with pytest.raises(Stale):
        resized(statement, statement.quote(), version=statement.version - 1)
