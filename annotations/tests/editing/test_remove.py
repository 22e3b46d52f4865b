"""A span is taken out of what it belongs to; undoing that puts it back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.highlight import add_span
from annotations.editing.remove import remove
from annotations.editing.resize import resize
from annotations.editing.undo import undo
from annotations.models import Placement, Response, Span
from annotations.models.history import Verb
from annotations.permissions import REVIEWER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
    usual,
)

pytestmark = pytest.mark.django_db
MARKER = "a spokesman said"


def marked() -> tuple[Span, Response]:
    """The marker of an approved link, and the link."""
    article = make_article()
    claim = approve(make_statement(article))
    answer = approve(make_statement(article, "Nothing of the kind happened"))
    link = approve(make_response(claim, answer, marker=MARKER))
    return Span.objects.get(response=link), fresh(link)


def removed() -> tuple[Span, Response]:
    span, link = marked()
    remove(user=usual("editor"), span=span, version=link.version)
    return fresh(span), fresh(link)


def test_a_removed_marker_leaves_the_link_and_its_history() -> None:
    span, link = removed()

    assert link.marker() == ""
    assert link.state == "submitted"
    assert [row.verb for row in span.history.order_by("history_id")] == [Verb.LINKED, Verb.REVISED]


def test_undoing_puts_it_back_where_it_stood() -> None:
    _, link = removed()

    undo(user=usual("editor"), change_id=link.history.latest().change_id)

    assert (fresh(link).marker(), fresh(link).state) == (MARKER, "approved")


def test_what_was_corrected_meanwhile_is_put_back_waiting() -> None:
    span, link = removed()
    correct_text(link.claim.article, TEXT.replace("spokesman", "spokeswoman"))

    undo(user=usual("editor"), change_id=link.history.latest().change_id)

    assert Placement.objects.waiting().filter(span=span).exists()
    assert fresh(link).state == "submitted"


def test_the_last_content_of_a_statement_stays() -> None:
    statement = make_statement()

    with pytest.raises(ValidationError, match="needs its words"):
        remove(user=usual("editor"), span=statement.spans.get(), version=statement.version)


def test_nothing_is_removed_twice() -> None:
    span, link = removed()

    with pytest.raises(ValidationError, match="removed already"):
        remove(user=usual("editor"), span=span, version=link.version)


def test_a_stale_removal_is_refused() -> None:
    span, link = marked()

    with pytest.raises(Stale):
        remove(user=usual("editor"), span=span, version=link.version - 1)


def test_a_reviewer_removes_nothing() -> None:
    span, link = marked()

    with pytest.raises(PermissionDenied):
        remove(user=make_user(REVIEWER), span=span, version=link.version)


def test_the_marker_of_a_link_whose_end_was_deleted_waits_for_nobody() -> None:
    span, link = marked()
    correct_text(link.claim.article, TEXT.replace("spokesman", "spokeswoman"))
    before = Placement.objects.waiting().filter(span=span).count()

    delete(link.claim)

    after = Placement.objects.waiting().filter(span=span).count()
    assert (before, after) == (1, 0)


def test_an_actor_is_named_by_the_source_words_that_are_left() -> None:
    statement = make_statement(source="a spokesman")
    speaker = statement.attributions.get(part="speaker")
    words = select(statement.article, "The ministry", "source")

    remove(user=usual("editor"), span=statement.live_spans("source")[0], version=statement.version)
    without = fresh(speaker).source_span
    added = add_span(
        user=usual("editor"),
        statement=statement,
        version=fresh(statement).version,
        selection=words,
        revision_number=1,
    )
    with_words = fresh(speaker).source_span

    assert without is None
    assert with_words == fresh(added).live_spans("source")[0]


def test_source_words_that_grow_over_a_printed_name_name_its_actor() -> None:
    statement = make_statement(source="spokesman", via=[make_actor()])
    row = statement.attributions.get(part="via")
    statement.attributions.filter(pk=row.pk).update(as_printed="a spokesman")

    resize(
        user=usual("editor"),
        span=statement.live_spans("source")[0],
        version=statement.version,
        selection=select(statement.article, "a spokesman said", "source"),
        chosen_in=1,
    )

    assert fresh(row).source_span == fresh(statement).live_spans("source")[0]
