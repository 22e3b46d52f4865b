"""Reviews: work is submitted, judged, deleted, brought back. Each is a step of its own."""

import uuid
from typing import Any

from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import permissions
from annotations.api.idempotency import idempotent
from annotations.api.v1.fields import Text, choices_of
from annotations.api.v1.parsing import Body, typed_in
from annotations.api.v1.replies import Replies
from annotations.api.v1.resources import Resource
from annotations.api.v1.responses import Responses
from annotations.api.v1.restatements import Restatements
from annotations.api.v1.schema import acts
from annotations.api.v1.shown import ReplyShown, ResponseShown, RestatementShown, StatementShown
from annotations.api.v1.statements import Statements
from annotations.editing import review, withdraw
from annotations.models import Statement
from annotations.models.history import Verb
from annotations.models.review import Reviewed

LONGEST_REASON = 10_000
STEPS = (
    Verb.SUBMITTED,
    Verb.APPROVED,
    Verb.CHANGES_REQUESTED,
    Verb.REJECTED,
    Verb.WITHDRAWN,
    Verb.BROUGHT_BACK,
)
WITH_REASON = (Verb.CHANGES_REQUESTED, Verb.REJECTED)


class ReviewBody(Body):
    """One step. A request for changes and a rejection carry a reason, which the author sees."""

    step = choices_of([str(step.value) for step in STEPS])
    reason = Text(max_length=LONGEST_REASON, allow_blank=True, default="")

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        if typed["reason"].strip() and typed["step"] not in WITH_REASON:
            said = serializers.ErrorDetail("Nobody would read a reason for this.", "invalid")
            raise serializers.ValidationError({"reason": [said]})
        return typed


class AnnotatesOrReviews(BasePermission):
    """Those who annotate submit, those who review judge; `editing` tells which step is whose."""

    message = "Your account may not do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return permissions.may_annotate(request.user) or permissions.may_review(request.user)


class Review(Resource):
    """A step of one kind of record; If-Match names the record's version."""

    permission_classes = (AnnotatesOrReviews,)
    versioned = ("POST",)

    def step(self, request: Request, uid: uuid.UUID) -> Response:
        """Take the step that the request names."""
        found = self.found(uid)
        version, typed = self.version(found), typed_in(request, ReviewBody)
        take_step(request.user, found, version, typed["step"], typed["reason"].strip())
        return self.answer(found)


class StatementReview(Review, Statements):
    """A statement's review."""

    @acts("review_statement", StatementShown, ReviewBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Submit the statement with its unsent links, judge it, delete it, or bring it back."""
        return self.step(request, uid)


class ResponseReview(Review, Responses):
    """A response's review."""

    @acts("review_response", ResponseShown, ReviewBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Submit the link, judge it, delete it, or bring it back."""
        return self.step(request, uid)


class RestatementReview(Review, Restatements):
    """A restatement's review."""

    @acts("review_restatement", RestatementShown, ReviewBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Submit the restatement, judge it, delete it, or bring it back."""
        return self.step(request, uid)


class ReplyReview(Review, Replies):
    """A reply record's review."""

    @acts("review_reply_record", ReplyShown, ReviewBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Submit the reply record, judge it, delete it, or bring it back."""
        return self.step(request, uid)


def take_step(
    user: permissions.User, record: Reviewed, version: int, step: str, reason: str
) -> None:
    """The step, by the function of `editing` for it."""
    if step == Verb.SUBMITTED and isinstance(record, Statement):
        review.submit_with_links(user=user, statement=record, version=version)
    elif step in WITH_REASON:
        judge = review.reject if step == Verb.REJECTED else review.request_changes
        judge(user=user, record=record, version=version, reason=reason)
    else:
        acts = {
            Verb.SUBMITTED: review.submit,
            Verb.APPROVED: review.approve,
            Verb.WITHDRAWN: withdraw.withdraw,
            Verb.BROUGHT_BACK: withdraw.bring_back,
        }
        acts[Verb(step)](user=user, record=record, version=version)
