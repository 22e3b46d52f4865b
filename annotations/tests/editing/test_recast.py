"""What a piece carries is changed: content, source, cue."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.recast import recast
from annotations.editing.undo import undo
from annotations.models import Span, Statement
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
    usual,
)

pytestmark = pytest.mark.django_db


def pieces(statement: Statement) -> list[tuple[str, str]]:
    return [(span.role, span.exact()) for span in fresh(statement).live_spans()]


def span_of(statement: Statement, role: str) -> Span:
    return statement.spans.get(role=role, withdrawn_at__isnull=True)


def recasted(statement: Statement, role: str, to: str) -> Statement:
    span = span_of(statement, role)
    return recast(user=usual(EDITOR), span=span, version=fresh(statement).version, role=to)


def make_sourced() -> Statement:
    return make_statement(exact="an expert called it", source="The ministry", cue="repeated that")


def test_a_cue_becomes_content_in_the_order_of_the_text() -> None:
    statement = approve(make_sourced())

    recasted(statement, "cue", "content")

    now = fresh(statement)
    assert now.quote() == "repeated that … an expert called it"
    assert (now.state, now.history.latest().verb) == ("submitted", Verb.RECAST)
    assert now.folded.startswith("repeated that")


def test_an_actor_is_named_by_source_words_only() -> None:
    statement = make_sourced()

    recasted(statement, "source", "cue")
    without = statement.attributions.get(part="speaker").source_span
    back = statement.spans.filter(withdrawn_at__isnull=True, role="cue").get(
        placements__exact="The ministry"
    )
    recast(user=usual(EDITOR), span=back, version=fresh(statement).version, role="source")

    named = statement.attributions.get(part="speaker").source_span
    assert (without, named and named.exact()) == (None, "The ministry")


def test_it_keeps_its_places_in_every_text_and_undoing_gives_the_role_back() -> None:
    statement = make_sourced()
    before = pieces(statement)
    correct_text(statement.article, TEXT + "More.")
    recasted(statement, "cue", "source")

    after = pieces(statement)
    numbers = [
        [row.revision.number for row in span.placements.order_by("pk")]
        for span in fresh(statement).live_spans("source")
    ]
    undo(user=usual(EDITOR), change_id=fresh(statement).history.latest().change_id)

    assert [role for role, _ in after] == ["content", "source", "source"]
    assert numbers == [[1, 2], [1, 2]]
    assert pieces(statement) == before


def test_the_last_content_stays() -> None:
    with pytest.raises(ValidationError, match="all the words that the statement has"):
        recasted(make_statement(), "content", "source")


def test_a_piece_does_not_become_what_lies_over_it() -> None:
    statement = make_statement(exact="denied the claim", cue="denied")

    with pytest.raises(ValidationError, match="is content of it already"):
        recasted(statement, "cue", "content")


def test_a_marker_carries_nothing_else_and_a_removed_piece_nothing() -> None:
    link, statement = make_response(marker="denied the claim"), make_sourced()
    cue = span_of(statement, "cue")
    recasted(statement, "cue", "source")

    for span, version in ((link.spans.get(), 1), (cue, fresh(statement).version)):
        with pytest.raises(ValidationError, match=r"carry nothing else|removed meanwhile"):
            recast(user=usual(EDITOR), span=span, version=version, role="content")


def test_a_stale_change_and_a_reviewers_are_refused() -> None:
    statement = make_sourced()
    span = span_of(statement, "cue")

    with pytest.raises(Stale):
        recast(user=usual(EDITOR), span=span, version=statement.version - 1, role="source")
    with pytest.raises(PermissionDenied):
        recast(user=make_user(REVIEWER), span=span, version=statement.version, role="source")


def test_the_same_role_leaves_the_version_but_a_stale_one_is_told() -> None:
    statement = make_sourced()

    same = recasted(statement, "cue", "cue")

    assert (fresh(statement).version, same.version) == (statement.version, statement.version)
    cue = span_of(statement, "cue")
    with pytest.raises(Stale):
        recast(user=usual(EDITOR), span=cue, version=statement.version - 1, role="cue")
