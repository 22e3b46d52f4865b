"""Review: who judged what, and whether it is still what was judged."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q

from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, chunks, history_of, invariant
from annotations.models import (
    SENT_BACK,
    Attribution,
    ContactAttempt,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    ReviewState,
    Span,
    Statement,
)
from annotations.models.history import JUDGEMENTS, Verb

REVIEWED: tuple[type[Model], ...] = (Statement, Response, Restatement, ReplyRecord)
# What belongs to a record and is shown with it.
PARTS: tuple[tuple[type[Model], str, type[Model]], ...] = (
    (Statement, "statement", Span),
    (Statement, "statement", Attribution),
    (Statement, "statement", Point),
    (Response, "response", Span),
    (Response, "response", ResponseParty),
    (Response, "response", ResponsePoint),
    (ReplyRecord, "reply_record", Span),
    (ReplyRecord, "reply_record", ContactAttempt),
)
# Columns that may differ while what was approved is the same.
UNSEEN = {"version", "state", "changed_at", "reviewed_at", "reviewed_by_id", "review_reason"}
COPIES = {"folded", "article_day"}


@invariant
def sent_back_work_says_why(using: str) -> Iterator[Found]:
    """A rejection or a request for changes carries a reason that its author sees."""
    records = ("statement", "response", "restatement", "reply_record")
    return broken(using, *(f"{record}_goes_back_with_a_reason" for record in records))


@invariant
def judged_work_names_its_judge(using: str) -> Iterator[Found]:
    """What was approved or sent back says by whom and when."""
    judged = Q(state__in=[ReviewState.APPROVED, *SENT_BACK])
    nobody = Q(reviewed_by__isnull=True) | Q(reviewed_at__isnull=True)
    for model in REVIEWED:
        rows = model._default_manager.using(using).filter(judged & nobody)
        for pk, state in rows.values_list("pk", "state").iterator(CHUNK):
            yield Found(model, pk, f"It is {state}, and nothing says by whom or when.")


@invariant
def approved_work_was_approved_by_somebody_else(using: str) -> Iterator[Found]:
    """Nobody approves what they wrote or changed since its last approval."""
    for model in REVIEWED:
        approved = model._default_manager.filter(pk=OuterRef("id"), state=ReviewState.APPROVED)
        rows = history_of(model).objects.using(using).filter(Exists(approved))
        columns = rows.order_by("id", "history_id").values_list("id", "history_user_id", "verb")
        for pk, acts in groupby(columns.iterator(CHUNK), key=lambda row: row[0]):
            if (wrong := _own_approval((user, verb) for _, user, verb in acts)) is not None:
                yield Found(model, pk, wrong)


def _own_approval(acts: Iterator[tuple[int | None, str]]) -> str | None:
    """What is wrong with the last approval among these acts, or None."""
    authors: set[int | None] = set()
    wrong: str | None = "It is approved, and nobody approved it."
    for user, verb in acts:
        if verb == Verb.APPROVED:
            wrong = "Its own author approved it." if user in authors else None
            authors = set()
        elif verb not in JUDGEMENTS:
            authors.add(user)
    return wrong


@invariant
def approved_work_is_what_was_approved(using: str) -> Iterator[Found]:
    """Changing anything a reader sees sends approved work back: its columns are those of its approval."""
    for model in REVIEWED:
        kept = history_of(model)
        names = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
        columns = ["id", *(name for name in names if name not in UNSEEN | COPIES)]
        rows = model._default_manager.using(using).filter(state=ReviewState.APPROVED)
        for chunk in chunks(rows.order_by("pk").values_list(*columns).iterator(CHUNK)):
            now = {row[0]: row for row in chunk}
            approvals = kept.objects.using(using).filter(id__in=now, verb=Verb.APPROVED)
            in_order = approvals.order_by("history_id").values_list(*columns)
            for pk, then in {row[0]: row for row in in_order}.items():
                pairs = zip(columns, then, now[pk], strict=True)
                if changed := ", ".join(name for name, old, new in pairs if old != new):
                    yield Found(model, pk, f"Changed since its approval: {changed}.")


@invariant
def the_parts_of_approved_work_are_those_approved(using: str) -> Iterator[Found]:
    """Changing a span, an attribution, a point or a party sends approved work back, unless that was undone."""
    for model, owner, part in PARTS:
        later = history_of(part).objects.filter(
            id=OuterRef("pk"), history_date__gt=OuterRef(f"{owner}__reviewed_at")
        )
        approved = part._default_manager.using(using).filter(
            Exists(later), **{f"{owner}__state": ReviewState.APPROVED}
        )
        changed: set[int] = set()
        for row in approved.select_related(owner).order_by("pk").iterator(CHUNK):
            record = getattr(row, owner)
            if record.pk not in changed and not _is_as_then(row, record.reviewed_at, using):
                changed.add(record.pk)
                yield Found(
                    model,
                    record.pk,
                    f"A {part._meta.verbose_name} of it changed after its approval.",
                )


def _is_as_then(part: Any, moment: datetime, using: str) -> bool:
    """Whether the part is as it was at the moment; one that was not there yet is out of use."""
    rows = history_of(type(part)).objects.using(using).filter(id=part.pk, history_date__lte=moment)
    then = rows.order_by("-history_id").first()
    if then is None:
        return part.withdrawn_at is not None
    names = {field.attname for field in part._meta.concrete_fields} - {"withdrawn_at"}
    same = all(getattr(part, name) == getattr(then, name) for name in names)
    return same and (part.withdrawn_at is None) == (then.withdrawn_at is None)


@invariant
def the_words_of_approved_work_are_placed(using: str) -> Iterator[Found]:
    """What a reader would see without its words is not approved: it went back when the text changed."""
    waiting = Placement.objects.filter(
        state=Placement.State.NEEDS_PLACING,
        span__withdrawn_at__isnull=True,
        revision=F("revision__article__current_revision"),
    )
    for model, owner in (
        (Statement, "statement"),
        (Response, "response"),
        (ReplyRecord, "reply_record"),
    ):
        own = waiting.filter(**{f"span__{owner}": OuterRef("pk")})
        rows = model._default_manager.using(using).filter(Exists(own), state=ReviewState.APPROVED)
        for pk in rows.values_list("pk", flat=True).iterator(CHUNK):
            yield Found(
                model, pk, "It is approved, and words of it need placing in the newest text."
            )
