"""Two statements of an article are merged, in one change."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.doctor import examine
from annotations.editing.bring_links import refusal
from annotations.editing.change import Stale
from annotations.editing.differ import closes_circle, unlike
from annotations.editing.join import join
from annotations.editing.undo import undo
from annotations.models import Article, Statement
from annotations.models.history import Verb
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.editing.acts import in_use, rows
from annotations.tests.factories import (
    approve,
    approve_all,
    delete,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
FIRST = "the army crossed the border."
SECOND = "The army denied the claim."


def joined(kept: Statement, gone: Statement, **more: Any) -> Statement:
    given: dict[str, Any] = {
        "user": usual(EDITOR),
        "version": fresh(kept).version,
        "other_version": fresh(gone).version,
    }
    return join(statement=kept, other=gone, **given | more)


def sound() -> bool:
    return not [outcome for outcome in examine("default") if outcome.findings]


def two(article: Article | None = None, **second: Any) -> tuple[Statement, Statement]:
    article = article or make_article()
    return make_statement(article, FIRST, gist="First"), make_statement(article, SECOND, **second)


def test_words_actors_and_points_come_over_each_once() -> None:
    article, ann, bob, army = make_article(), *(make_actor(name) for name in ("Ann", "Bob", "Army"))
    kept = approve(
        make_statement(article, FIRST, speaker=ann, about=[army], points=["It crossed."])
    )
    gone = make_statement(
        article, "Nothing of the kind happened", speaker=ann, about=[bob, army], via=[bob],
        points=["it CROSSED.", "It shot."], venue="Kabul", note="A note", source="a spokesman",
    )  # fmt: skip

    now = joined(kept, gone)

    assert fresh(now).quote() == "the army crossed the border. … Nothing of the kind happened"
    assert [span.exact() for span in fresh(now).live_spans("source")] == ["a spokesman"]
    parts = [(row.part, row.actor.name) for row in fresh(now).live_attributions()]
    assert parts == [("speaker", "Ann"), ("via", "Bob"), ("about", "Army"), ("about", "Bob")]
    assert [point.text for point in fresh(now).live_points()] == ["It crossed.", "It shot."]
    assert (now.venue, now.note, now.state) == ("Kabul", "A note", "submitted")
    assert fresh(gone).is_withdrawn
    assert {row.history.latest().verb for row in (now, fresh(gone))} == {Verb.JOINED}
    assert sound()


@pytest.mark.parametrize(
    ("first", "second", "quote"),
    [
        (FIRST, SECOND, f"{FIRST} {SECOND}"),  # they touch
        (SECOND, FIRST, f"{FIRST} {SECOND}"),
        (FIRST, "crossed the border. The army", f"{FIRST} The army"),
        (FIRST, "crossed the border. The", f"{FIRST} The"),
        (
            "said the army",
            "The ministry said the army crossed",
            "The ministry said the army crossed",
        ),
        ([FIRST, "denied the claim."], "border. The army denied", f"{FIRST} {SECOND}"),
    ],
)
def test_pieces_that_touch_or_lie_over_each_other_become_one(
    first: Any, second: str, quote: str
) -> None:
    article = make_article()
    kept, gone = make_statement(article, first), make_statement(article, second)

    joined(kept, gone)

    assert fresh(kept).quote() == quote
    assert sound()


def test_links_and_records_stand_at_the_first_and_none_of_them_twice() -> None:
    article, army, navy = make_article(), make_actor("Army"), make_actor("Navy")
    kept = make_statement(article, FIRST, about=[army], points=["It crossed."])
    gone = make_statement(article, SECOND, about=[army, navy], points=["It crossed.", "It lied."])
    answer, other = make_statement(), make_statement()
    approve_all(kept, gone, answer, other)
    there = approve(make_response(kept, answer, note="One"))
    twice = make_response(
        gone, answer, answers=gone.live_points(), parties=[army, navy], note="Two"
    )
    comes = make_response(gone, other, answers=gone.live_points()[1:], parties=[navy])
    between = make_response(kept, gone, relation="counter_claims")
    told, again = make_restatement(kept, gone), make_restatement(gone, other)
    sought, silent = make_reply_record(kept, army), make_reply_record(gone, army, note="Late")
    navys = make_reply_record(gone, navy)
    assert (unlike(kept, gone), closes_circle(kept, gone)) == ([], False)

    joined(kept, gone)

    states = [fresh(row).state for row in (there, twice, comes, between, told, again)]
    assert states == ["submitted", "withdrawn", "draft", "withdrawn", "withdrawn", "draft"]
    points = {point.text for point in fresh(there).live_answers()}
    assert points == {"It crossed.", "It lied."}
    assert set(fresh(there).live_parties()) == {army, navy}
    assert fresh(there).note == "One\nTwo"
    assert [point.statement for point in fresh(comes).live_answers()] == [kept]
    assert (fresh(comes).claim, fresh(again).of, fresh(navys).claim) == (kept, kept, kept)
    assert (fresh(silent).state, fresh(sought).note) == ("withdrawn", "Late")
    assert sound()


def test_what_a_record_of_the_other_knows_fills_what_is_empty() -> None:
    article, army, ann = make_article(), make_actor("Army"), make_actor("Ann")
    kept, gone = (make_statement(article, words, about=[army]) for words in (FIRST, SECOND))
    stays, day = make_reply_record(kept, army, as_of=date(2026, 3, 1)), date(2026, 3, 4)
    make_reply_record(gone, army, due_on=day, claimant=ann, title_as_printed="Minister")

    joined(kept, gone)

    now = fresh(stays)
    assert (now.as_of, now.due_on, now.claimant) == (date(2026, 3, 1), day, ann)
    assert (now.status, now.title_as_printed) == ("sought", "Minister")


@pytest.mark.parametrize(
    ("make", "first", "second", "why"),
    [
        (make_reply_record, {"status": "sought"}, {"status": "declined"}, "status: reply sought / declined"),
        (make_reply_record, {"due_on": date(2026, 3, 1)}, {"due_on": date(2026, 3, 4)}, "due on: 1 March 2026 / 4"),
        (make_response, {"link_basis": "anaphora"}, {"link_basis": "machine"}, "link basis: anaphora / machine"),
        (make_restatement, {"scope": "whole"}, {"scope": "part"}, "scope: whole / part"),
    ],
)  # fmt: skip
def test_what_would_be_there_twice_and_differs_is_refused(
    make: Any, first: dict[str, Any], second: dict[str, Any], why: str
) -> None:
    article, army = make_article(), make_actor("Army")
    kept, gone = (make_statement(article, words, about=[army]) for words in (FIRST, SECOND))
    end = army if make is make_reply_record else make_statement(make_article(), "called it likely")
    make(kept, end, **first)
    make(gone, end, **second)
    before = rows()

    foreseen = [refusal(each) for each in unlike(kept, gone)]
    with pytest.raises(ValidationError, match=why) as refused:
        joined(kept, gone)

    assert foreseen == refused.value.messages
    assert rows() == before


def test_undoing_gives_both_back() -> None:
    kept, gone = two(about=[make_actor("Army")], points=["It lied."])
    approve_all(kept, gone)
    link = make_response(gone, make_statement(), answers=gone.live_points())
    make_restatement(kept, gone)
    make_reply_record(gone)
    before = rows()
    joined(kept, gone)

    undo(user=usual(EDITOR), change_id=fresh(kept).history.latest().change_id)

    assert in_use(rows(), before) == before
    assert fresh(link).claim == gone
    assert sound()


def test_a_circle_of_restatements_is_refused() -> None:
    kept, gone = two()
    middle = make_statement(kept.article, "an expert called it likely")
    make_restatement(kept, middle)
    last = make_restatement(middle, gone)
    before = rows()
    foreseen = closes_circle(kept, gone), closes_circle(gone, kept), closes_circle(kept, middle)

    with pytest.raises(ValidationError, match="closes a circle"):
        joined(kept, gone)

    assert foreseen == (True, True, False)

    assert rows() == before
    delete(last)
    assert not closes_circle(kept, gone)


def test_itself_another_articles_and_a_deleted_one_are_refused() -> None:
    kept, gone = two()

    for other in (kept, make_statement()):
        with pytest.raises(ValidationError, match=r"this one is itself|different articles"):
            joined(kept, other)
    joined(kept, gone)
    with pytest.raises(ValidationError, match="deleted meanwhile"):
        joined(kept, gone)


def test_a_stale_merge_and_a_reviewers_are_refused() -> None:
    kept, gone = two()

    for stale in ("version", "other_version"):
        with pytest.raises(Stale):
            joined(kept, gone, **{stale: 0})
    with pytest.raises(PermissionDenied):
        joined(kept, gone, user=make_user(REVIEWER))
