"""Reply records: what is known of one accused party's silence, or sought reply, on one claim."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.actors import complete_actors
from annotations.api.v1.fields import Day, Moment, Whole, choices_of, text_of
from annotations.api.v1.filters import ReplyQuery
from annotations.api.v1.parsing import Body, rows_of, typed_in
from annotations.api.v1.problems import refuse_fields
from annotations.api.v1.recording import revision_in
from annotations.api.v1.references import Existing, uid_of
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.responses import complete_ends
from annotations.api.v1.schema import acts, lists
from annotations.api.v1.shown import ReplyShown
from annotations.api.v1.spans import MOST as MOST_SPANS
from annotations.api.v1.spans import WordsBody, selections
from annotations.editing.record_reply import (
    ReplyDetails,
    attempt_contact,
    mend_attempt,
    record_reply,
    revise_reply,
)
from annotations.editing.withdraw import withdraw
from annotations.models import Actor, Article, ContactAttempt, ReplyRecord, Statement
from annotations.models.record import LIVE


class ReplyBody(Body):
    """What is known. `evidence` are words of the article `evidence_in`: that of the claim where none is given."""

    status = choices_of(ReplyRecord.Status)
    as_of = Day(allow_null=True, default=None)
    due_on = Day(allow_null=True, default=None)
    claimant = Existing(Actor, allow_null=True, default=None)
    claimant_as_printed = text_of(ReplyRecord, "claimant_as_printed", trim_whitespace=True)
    title_as_printed = text_of(ReplyRecord, "title_as_printed", trim_whitespace=True)
    evidence = rows_of(WordsBody, MOST_SPANS, default=list)
    evidence_in = Existing(Article, required=False)
    evidence_revision = Whole(min_value=1, required=False)
    note = text_of(ReplyRecord, "note", trim_whitespace=True)


class NewReplyBody(ReplyBody):
    """A new reply record, of a party that the claim accuses."""

    claim = Existing(Statement)
    party = Existing(Actor)


class AttemptBody(Body):
    """One attempt to get a reply."""

    attempted_at = Moment()
    means = choices_of(ContactAttempt.Means)
    outcome = text_of(ContactAttempt, "outcome", trim_whitespace=True)


class Replies(Resource):
    """Reply records."""

    shown_as = ReplyShown

    def visible(self) -> "QuerySet[Any]":
        return ReplyRecord.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        rows = rows.for_display().select_related("created_by", "reviewed_by")
        rows = complete_ends(rows, ("claim",), self.asked.expand)
        for actor in sorted(self.asked.expand & {"party", "claimant"}):
            rows = complete_actors(rows, self.request.user, f"{actor}__")
        return rows


class ReplyList(Replies, Listing):
    """Reply records, and new ones."""

    filtered_by = ReplyQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("reply_records", ReplyShown, ReplyQuery, "ReplyRecord")
    def get(self, request: Request) -> Response:
        """Reply records by claim, party, status and state."""
        return self.page(request)

    @acts("create_reply_record", ReplyShown, NewReplyBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record what is known of a party's reply, as a draft."""
        typed = typed_in(request, NewReplyBody)
        claim = typed["claim"]
        record = record_reply(
            user=request.user, claim=claim, party=typed["party"], **_told(typed, claim)
        )
        return self.answer(record, status.HTTP_201_CREATED)


class ReplyDetail(Replies):
    """One reply record."""

    @acts("read_reply_record", ReplyShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The reply record with its evidence and the attempts to get a reply."""
        return self.answer(self.found(uid))

    @acts("replace_reply_record", ReplyShown, ReplyBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The reply record as it is to be; claim, party and attempts stay."""
        return self._revise(request, self.found(uid), {})

    @acts("change_reply_record", ReplyShown, ReplyBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the reply record."""
        record = self.found(uid)
        return self._revise(request, record, _as_sent(record))

    @acts("delete_reply_record", ReplyShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Delete the reply record; its row and history are kept. A review brings it back."""
        record = self.found(uid)
        withdraw(user=request.user, record=record, version=self.version(record))
        return self.answer(record)

    def _revise(self, request: Request, record: ReplyRecord, over: dict[str, Any]) -> Response:
        version = self.version(record)
        typed = typed_in(request, ReplyBody, over=over)
        given = _told(typed, record.claim, record)
        revise_reply(user=request.user, record=record, version=version, **given)
        return self.answer(record)


class AttemptList(Replies):
    """Attempts to get a reply."""

    versioned = ("POST",)

    @acts("create_attempt", ReplyShown, AttemptBody, 201)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """The reply record, which If-Match names, with one more attempt to get a reply."""
        record = self.found(uid)
        version, typed = self.version(record), typed_in(request, AttemptBody)
        attempt_contact(user=request.user, record=record, version=version, **_attempted(typed))
        return self.answer(record, status.HTTP_201_CREATED)

    def address(self, record: Any) -> str:
        return self.request.path.removesuffix("attempts/")


class AttemptDetail(Replies):
    """One attempt to get a reply."""

    @acts("replace_attempt", ReplyShown, AttemptBody)
    def put(self, request: Request, uid: uuid.UUID, attempt: uuid.UUID) -> Response:
        """The reply record, which If-Match names, with the attempt as it is to be."""
        record = self.found(uid)
        found = get_object_or_404(record.attempts.filter(LIVE), uid=attempt)
        version, typed = self.version(record), typed_in(request, AttemptBody)
        mend_attempt(user=request.user, attempt=found, version=version, **_attempted(typed))
        return self.answer(record)


def _attempted(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: typed[name] for name in ("attempted_at", "means", "outcome")}


def _told(
    typed: dict[str, Any], claim: Statement, record: ReplyRecord | None = None
) -> dict[str, Any]:
    """What `editing` is given; Refused (422) with all that is wrong with the evidence."""
    article = typed.get("evidence_in", claim.article)
    revision = revision_in(article, typed.get("evidence_revision"))
    stored = record.spans.all() if record else []
    evidence, faults = selections(
        typed["evidence"], revision, stored, role="evidence", at="evidence"
    )
    refuse_fields(faults)
    details = ReplyDetails(
        status=typed["status"],
        as_of=typed["as_of"],
        due_on=typed["due_on"],
        claimant=typed["claimant"],
        claimant_as_printed=typed["claimant_as_printed"],
        title_as_printed=typed["title_as_printed"],
        note=typed["note"],
    )
    return {
        "details": details,
        "evidence": evidence,
        "evidence_in": article,
        "evidence_revision": revision.number,
    }


def _as_sent(record: ReplyRecord) -> dict[str, Any]:
    return {
        "status": record.status,
        "as_of": record.as_of and record.as_of.isoformat(),
        "due_on": record.due_on and record.due_on.isoformat(),
        "claimant": uid_of(record.claimant),
        "claimant_as_printed": record.claimant_as_printed,
        "title_as_printed": record.title_as_printed,
        "evidence": [{"uid": str(span.uid)} for span in record.spans.all()],
        "note": record.note,
    }
