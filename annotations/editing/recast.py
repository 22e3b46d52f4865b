"""What words carry is changed: content, source or cue."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.attribute import attach_sources
from annotations.editing.bring_words import copy_places
from annotations.editing.change import (
    change,
    hold_editable,
    send_back_to_review,
    take,
    take_out,
)
from annotations.editing.highlight import store_folded
from annotations.editing.place import hold, new_span, refuse_overlap
from annotations.models import Span, Statement
from annotations.models.history import Verb
from annotations.models.record import LIVE
from annotations.permissions import User

ROLES = (Span.Role.CONTENT, Span.Role.SOURCE, Span.Role.CUE)


def recast(*, user: User, span: Span, version: int, role: str) -> Statement:
    """The statement, in which the span's words carry this from now on.

    The span goes out and a new one of the role comes in at its places, since a span is numbered among
    those of its role. The actors' source words follow. Approved work goes back to submitted. Stale;
    ValidationError for what is no statement's, for the last content, for a piece that lies over another.
    """
    with change(Verb.RECAST, user):
        if span.statement is None or role not in ROLES:
            raise ValidationError(_("These words carry nothing else."))
        hold(span.statement.article)
        statement = hold_editable(span.statement, version, user)
        was = statement.spans.get(pk=span.pk)
        if was.withdrawn_at is not None:
            raise ValidationError(_("These words were removed meanwhile."))
        if was.role == role:
            return statement
        statement = take(statement, version)
        _refuse_last_content(statement, was)
        _refuse_over(statement, was, role)
        take_out(was)
        copy_places(was, new_span(statement, role))
        attach_sources(statement)
        send_back_to_review(statement)
        return store_folded(statement)


def _refuse_last_content(statement: Statement, span: Span) -> None:
    content = statement.spans.filter(LIVE, role=Span.Role.CONTENT)
    if not content.exclude(pk=span.pk).exists():
        raise ValidationError(
            _("These are all the words that the statement has: add others as content first.")
        )


def _refuse_over(statement: Statement, span: Span, role: str) -> None:
    for row in span.placements.filter(start__isnull=False):
        refuse_overlap(statement, role, row)
