"""What a request says of a statement, read for `editing`; one statement, or up to 1,000 in one change."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from rest_framework import serializers

from annotations.api.v1.fields import PartialDay, Text, Uid, Whole, choices_of, text_of
from annotations.api.v1.parsing import Body, rows_of
from annotations.api.v1.problems import Fault, Refused, faults_in, refuse_fields, wrong_field
from annotations.api.v1.references import Existing, actor_called, uid_of
from annotations.api.v1.spans import MOST as MOST_SPANS
from annotations.api.v1.spans import SpanBody, selections
from annotations.editing.attribute import PartInput, PointInput, basis_of
from annotations.editing.highlight import highlight
from annotations.editing.highlight_many import NewStatement, Unfit, highlight_many, look_over
from annotations.forms.fields import PartialDate
from annotations.forms.statement import MOST, details_of
from annotations.models import Actor, Article, Attribution, Point, Revision, Span, Statement
from annotations.permissions import User

MOST_AT_ONCE = 1000


class AttributionBody(Body):
    """An actor's part: the actor by uid, or by name where exactly one is called so."""

    uid = Uid(required=False)
    part = choices_of(Attribution.Kind)
    actor = Existing(Actor, required=False)
    name = Text(max_length=300, required=False)
    as_printed = text_of(Attribution, "as_printed", trim_whitespace=True)
    title_as_printed = text_of(Attribution, "title_as_printed", trim_whitespace=True)
    speaker_basis = choices_of(["", *Attribution.Basis.values], default="", allow_blank=True)

    def validate(self, part: dict[str, Any]) -> dict[str, Any]:
        if ("actor" in part) == ("name" in part):
            said = serializers.ErrorDetail("Send either actor, a uid, or name.", "required")
            raise serializers.ValidationError({"actor": [said]})
        if part["speaker_basis"] and part["part"] != Attribution.Kind.SPEAKER:
            said = serializers.ErrorDetail("Only a speaker has a basis.", "invalid")
            raise serializers.ValidationError({"speaker_basis": [said]})
        return part


class PointBody(Body):
    """One separately answerable allegation."""

    uid = Uid(required=False)
    text = text_of(Point, "text", trim_whitespace=True)


class StatementBody(Body):
    """A statement as it is to be. `revision` is the number of the text that the words were chosen in."""

    revision = Whole(min_value=1, required=False)
    spans = rows_of(SpanBody, MOST_SPANS)
    form = choices_of(Statement.Form)
    act = choices_of(Statement.Act)
    gist = text_of(Statement, "gist", trim_whitespace=True)
    said_on = PartialDay(default=PartialDate(None, ""))
    said_on_as_printed = text_of(Statement, "said_on_as_printed", trim_whitespace=True)
    venue = text_of(Statement, "venue", trim_whitespace=True)
    note = text_of(Statement, "note", trim_whitespace=True)
    attributions = rows_of(AttributionBody, MOST)
    points = rows_of(PointBody, MOST, default=list)


class NewStatementBody(StatementBody):
    """A new statement."""

    article = Existing(Article)


class StatementsBody(Body):
    """Many new statements."""

    statements = rows_of(NewStatementBody, MOST_AT_ONCE, min_length=1)


def record(user: User, typed: dict[str, Any], context: dict[str, Any]) -> Statement:
    """The new statement; Refused (422) with all that is wrong with its words and actors."""
    revision = revision_in(typed["article"], typed.get("revision"))
    return highlight(
        user=user,
        article=typed["article"],
        revision_number=revision.number,
        **told(typed, revision, context),
    )


def record_all(
    user: User, rows: Sequence[dict[str, Any]], context: dict[str, Any]
) -> list[Statement]:
    """The new statements, in one change; Refused (422) with what is wrong in each row, and none is there."""
    new, faults = _read(rows, context)
    sent = sorted(new)
    statements = [new[index] for index in sent]
    made: list[Statement] = []
    errors: Mapping[int, Invalid] = {}
    try:
        if faults:  # what is wrong with the others is told too, and nothing written for it
            errors = look_over(user=user, statements=statements)
        else:
            made = highlight_many(user=user, statements=statements)
    except Unfit as unfit:
        errors = unfit.errors
    faults |= {sent[number]: faults_in(error) for number, error in errors.items()}
    refuse_fields([each.under("statements", i) for i in sorted(faults) for each in faults[i]])
    return made


def _read(
    rows: Sequence[dict[str, Any]], context: dict[str, Any]
) -> tuple[dict[int, NewStatement], dict[int, list[Fault]]]:
    """The rows as `editing` takes them and what is wrong with the others, by number; one text in memory."""
    new: dict[int, NewStatement] = {}
    faults: dict[int, list[Fault]] = {}
    for (article, number), indexes in _by_text(rows).items():
        try:
            revision = revision_in(article, number)
        except Refused as refused:
            faults |= dict.fromkeys(indexes, refused.faults)
            continue
        for index in indexes:
            try:
                new[index] = _new(rows[index], revision, context, str(index))
            except Refused as refused:
                faults[index] = refused.faults
        revision.forget_text()
    return new, faults


def _by_text(rows: Sequence[dict[str, Any]]) -> dict[tuple[Article, int | None], list[int]]:
    """The numbers of the rows whose words are chosen in the same text."""
    found: dict[tuple[Article, int | None], list[int]] = defaultdict(list)
    for index, typed in enumerate(rows):
        found[typed["article"], typed.get("revision")].append(index)
    return found


def _new(
    typed: dict[str, Any], revision: Revision, context: dict[str, Any], place: str
) -> NewStatement:
    return NewStatement(
        uid=uuid.uuid4(),
        place=place,
        article=typed["article"],
        chosen_in=revision.number,
        **told(typed, revision, context),
    )


def revision_in(article: Article, number: int | None) -> Revision:
    """The text that words were chosen in, the newest where none is named; Refused (422) where there is none."""
    if number in (None, article.revision.number):
        return article.revision
    found = article.revisions.filter(number=number).first()
    if found is None:
        detail = f"The article has no revision {number}."
        raise wrong_field(("revision",), detail, "does_not_exist")
    return found


def told(
    typed: dict[str, Any],
    revision: Revision,
    context: dict[str, Any],
    stored: Iterable[Span] = (),
) -> dict[str, Any]:
    """What `highlight` and `revise` are given; Refused (422) with all that is wrong."""
    chosen, faults = selections(typed["spans"], revision, stored)
    parts: list[PartInput] = []
    for index, part in enumerate(typed["attributions"]):
        try:
            parts.append(_part(part, context, index))
        except Refused as refused:
            faults += refused.faults
    refuse_fields(faults)
    return {
        "selections": chosen,
        "details": details_of(typed),
        "parts": parts,
        "points": [PointInput(point["text"], point.get("uid")) for point in typed["points"]],
    }


def _part(part: dict[str, Any], context: dict[str, Any], index: int) -> PartInput:
    at = ("attributions", index, "name")
    actor = part["actor"] if "actor" in part else actor_called(part["name"], context, at)
    return PartInput(
        part=part["part"],
        actor=actor,
        as_printed=part["as_printed"],
        title_as_printed=part["title_as_printed"],
        speaker_basis=basis_of(part["part"], part["speaker_basis"]),
        uid=part.get("uid"),
    )


def as_sent(statement: Statement) -> dict[str, Any]:
    """What a request would hold that leaves the statement as it is."""
    return {
        "spans": [{"uid": str(span.uid), "role": span.role} for span in statement.live_spans()],
        "form": statement.form,
        "act": statement.act,
        "gist": statement.gist,
        "said_on": str(PartialDate(statement.said_on, statement.said_on_precision)),
        "said_on_as_printed": statement.said_on_as_printed,
        "venue": statement.venue,
        "note": statement.note,
        "attributions": [
            {
                "uid": str(row.uid),
                "part": row.part,
                "actor": uid_of(row.actor),
                "as_printed": row.as_printed,
                "title_as_printed": row.title_as_printed,
                "speaker_basis": row.speaker_basis,
            }
            for row in statement.live_attributions()
        ],
        "points": [{"uid": str(p.uid), "text": p.text} for p in statement.live_points()],
    }
