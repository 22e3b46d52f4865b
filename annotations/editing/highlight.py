"""A statement is recorded: its words in the text, who said it, what it says; later it is revised."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.anchoring.fold import fold
from annotations.editing.accuse import refuse_unaccused
from annotations.editing.attribute import PartInput, PointInput, attach_sources, attribute, divide
from annotations.editing.change import assign, change, send_back_to_review, store, take_editable
from annotations.editing.place import Owner, Selection, hold, place
from annotations.models import Article, Span, Statement
from annotations.models.article import EARLIEST
from annotations.models.history import Verb
from annotations.permissions import User


@dataclass(frozen=True)
class StatementDetails:
    """What a statement holds beside its words, actors and points."""

    form: str
    act: str
    gist: str = ""
    said_on: date | None = None
    said_on_precision: str = ""
    said_on_as_printed: str = ""
    venue: str = ""
    note: str = ""


def highlight(
    *,
    user: User,
    article: Article,
    revision_number: int,
    selections: Sequence[Selection],
    details: StatementDetails,
    parts: Sequence[PartInput],
    points: Sequence[PointInput] = (),
    uid: uuid.UUID | None = None,
) -> Statement:
    """The new statement, a draft; ValidationError names the field."""
    with change(Verb.HIGHLIGHTED, user) as act:
        statement = Statement(uid=uid or uuid.uuid4(), article=article, created_by=act.user)
        statement.article_day = article.published_on or EARLIEST
        assign(statement, details)
        store(statement)
        place(statement, article, selections, chosen_in=revision_number)
        require_content(statement)
        attribute(statement, parts)
        divide(statement, points)
        return store_folded(statement)


def revise(
    *,
    user: User,
    statement: Statement,
    version: int,
    details: StatementDetails,
    parts: Sequence[PartInput],
    points: Sequence[PointInput],
    selections: Sequence[Selection],
    revision_number: int,
) -> Statement:
    """The statement as it is now to be; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        hold(statement.article)
        statement = take_editable(statement, version, user)
        changed = [
            assign(statement, details),
            place(statement, statement.article, selections, chosen_in=revision_number),
            attribute(statement, parts),
            divide(statement, points),
        ]
        require_content(statement)
        refuse_unaccused([statement.pk])
        if any(changed):
            send_back_to_review(statement)
        return store_folded(statement)


def add_span(
    *,
    user: User,
    statement: Statement,
    version: int,
    selection: Selection,
    revision_number: int,
) -> Statement:
    """The statement with one more span; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        hold(statement.article)
        statement = take_editable(statement, version, user)
        kept = [
            Selection(span.role, 0, 0, "", span.uid)
            for span in statement.spans.filter(withdrawn_at__isnull=True)
        ]
        place(statement, statement.article, [*kept, selection], chosen_in=revision_number)
        store_changed(statement, selection.role)
        return statement


def require_content(statement: Statement) -> None:
    """ValidationError for a statement without any content."""
    if not statement.spans.filter(role=Span.Role.CONTENT, withdrawn_at__isnull=True).exists():
        raise no_content()


def no_content() -> ValidationError:
    """The refusal of a statement without any content."""
    return ValidationError({"spans": _("A statement needs its words: select what was said.")})


def store_changed(owner: Owner, role: str) -> Owner:
    """The owner, of whose spans some of the role were changed, saved; approved work goes back to submitted."""
    send_back_to_review(owner)
    if not isinstance(owner, Statement):
        return store(owner)
    if role == Span.Role.SOURCE:
        attach_sources(owner)
    return store_folded(owner)


def store_folded(statement: Statement) -> Statement:
    """The statement saved with the folded copy that searches read: quote, gist, the speakers' printed words.

    The speakers' names are searched where they are kept: they change without their statements.
    """
    fresh = Statement.objects.get(pk=statement.pk)
    printed = [row.as_printed for row in fresh.speakers()]
    statement.folded = fold(" ".join([fresh.quote(), statement.gist, *printed]))
    return store(statement)
