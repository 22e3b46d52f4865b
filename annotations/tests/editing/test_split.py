"""Words of a statement become a statement of their own, in one change."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.doctor import examine
from annotations.editing.change import Stale
from annotations.editing.split import Along, Link, Parted, split
from annotations.editing.undo import undo
from annotations.models import Actor, Statement
from annotations.models.history import Verb
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.editing.acts import rows
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    select,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
WORDS = "the army crossed the border. The army denied the claim."


def make_claim(**more: Any) -> Statement:
    given: dict[str, Any] = {
        "exact": WORDS,
        "speaker": make_actor("Ann"),
        "about": [make_actor("Army")],
        "source": "The ministry",
        "points": ["It crossed."],
        "said_on": date(2026, 3, 1),
        "venue": "Kabul",
        "gist": "A gist",
        "note": "A note",
    }
    return make_statement(**given | more)


def parted(statement: Statement, words: str = "The army denied the claim.", **more: Any) -> Parted:
    given: dict[str, Any] = {
        "user": usual(EDITOR),
        "statement": statement,
        "version": fresh(statement).version,
        "revision_number": 1,
    }
    if "selections" not in more:
        given["selections"] = [select(statement.article, words)]
    return split(**given | more)


def along(link: Link) -> Along:
    return Along(link, fresh(link).version)


def told(statement: Statement) -> dict[str, Any]:
    now = fresh(statement)
    return {
        "quote": now.quote(),
        "spans": [(span.role, span.exact()) for span in now.live_spans("source")],
        "parts": [(row.part, row.actor.name, row.as_printed) for row in now.live_attributions()],
        "named_by": [
            row.source_span and row.source_span.statement_id == now.pk for row in now.speakers()
        ],
        "points": [point.text for point in now.live_points()],
        "details": (now.form, now.act, now.said_on, now.venue, now.gist, now.note),
        "state": now.state,
    }


def test_the_words_go_and_all_that_belongs_to_both_stands_in_both() -> None:
    claim = approve(make_claim())

    both = parted(claim)

    same = {
        "spans": [("source", "The ministry")],
        "parts": [("speaker", "Ann", "The ministry"), ("about", "Army", "")],
        "named_by": [True],
    }
    details = ("indirect", "accusation", date(2026, 3, 1), "Kabul")
    assert told(both.first) == same | {
        "quote": "the army crossed the border.",
        "points": ["It crossed."],
        "details": (*details, "A gist", "A note"),
        "state": "submitted",
    }
    assert told(both.second) == same | {
        "quote": "The army denied the claim.",
        "points": [],
        "details": (*details, "", ""),
        "state": "draft",
    }
    assert both.second.folded == "the army denied the claim. the ministry"
    assert both.second.created_by == usual(EDITOR)


def test_it_is_one_change_and_undone_as_one() -> None:
    claim = approve(make_claim())
    before = rows()
    both = parted(claim, "crossed the border. The")

    change = {both.first.history.latest().change_id, both.second.history.latest().change_id}
    after = (fresh(both.first).quote(), both.second.history.latest().verb)
    undo(user=usual(EDITOR), change_id=change.pop())

    assert change == set()
    assert after == ("the army … army denied the claim.", Verb.SPLIT)
    assert fresh(both.second).is_withdrawn
    kept = {key: row for key, row in rows().items() if key in before}
    assert kept == before


def test_a_whole_piece_goes_as_it_is() -> None:
    claim = make_claim(exact=["the army crossed the border.", "Nothing of the kind happened"])

    both = parted(claim, "“Nothing of the kind happened,”")

    quotes = (fresh(both.first).quote(), fresh(both.second).quote())
    assert quotes == ("the army crossed the border.", "Nothing of the kind happened")


def test_links_stay_but_for_those_that_are_named() -> None:
    army: Actor = make_actor("Army")
    claim = make_claim(about=[army])
    stays, goes = (make_response(claim, make_statement(act="denial")) for _ in range(2))
    points = claim.live_points()
    answered = approve_all_of(
        make_response(claim, make_statement(act="denial"), answers=points, parties=[army])
    )
    again, record = make_restatement(claim, make_statement(claim.article)), make_reply_record(claim)

    both = parted(claim, links=[along(row) for row in (goes, answered, again, record)])

    assert fresh(stays).claim == both.first
    assert {fresh(goes).claim, fresh(answered).claim, fresh(again).of, fresh(record).claim} == {
        both.second
    }
    assert fresh(answered).live_answers() == []
    assert fresh(answered).state == "submitted"
    assert [o.findings for o in examine("default") if o.findings] == []


def approve_all_of(link: Any) -> Any:
    for record in (link.claim, link.response, link):
        approve(record)
    return link


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("a spokesman said", "Choose words of this statement"),
        (WORDS, "all the words that it has"),
        (WORDS[:-1], "all the words that it has"),
    ],
)
def test_other_words_and_all_words_are_refused(words: str, why: str) -> None:
    claim = make_claim()
    before = rows()

    with pytest.raises(ValidationError, match=why):
        parted(claim, words)

    assert rows() == before


def test_a_link_of_another_statement_does_not_go_along() -> None:
    claim, other = make_claim(), make_response()

    with pytest.raises(ValidationError, match="not at this statement any more"):
        parted(claim, links=[along(other)])


def test_a_link_that_somebody_changed_since_does_not_go_along() -> None:
    claim = make_claim()
    link = make_response(claim)
    known = Along(link, link.version)
    submit(link)

    with pytest.raises(Stale):
        parted(claim, links=[known])

    assert fresh(link).claim == claim
    assert not fresh(claim).history.filter(verb=Verb.SPLIT).exists()


def test_a_stale_split_a_corrected_text_and_a_reviewer_are_refused() -> None:
    claim = make_claim()
    words = [select(claim.article, "denied the claim.")]

    with pytest.raises(Stale):
        parted(claim, version=claim.version - 1)
    with pytest.raises(PermissionDenied):
        parted(claim, user=make_user(REVIEWER))
    correct_text(claim.article, TEXT.replace("denied the claim.", "denied that claim."))
    with pytest.raises(ValidationError, match="corrected meanwhile"):
        parted(claim, selections=words)


def test_earlier_texts_keep_the_whole() -> None:
    claim = make_claim(article=make_article())
    article = correct_text(claim.article, TEXT + "More.")

    both = parted(
        claim, selections=[select(article, "The army denied the claim.")], revision_number=2
    )

    (span,) = fresh(both.first).live_spans("content")
    exacts = [row.exact for row in span.placements.order_by("revision__number")]
    assert exacts == [WORDS, "the army crossed the border."]
    assert [o.findings for o in examine("default") if o.findings] == []
