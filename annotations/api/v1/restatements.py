"""Restatements: the same thing said again."""

import uuid
from typing import Any

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.fields import choices_of, text_of
from annotations.api.v1.filters import RestatementQuery
from annotations.api.v1.parsing import Body, typed_in
from annotations.api.v1.references import Existing
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.responses import complete_ends
from annotations.api.v1.schema import acts, lists
from annotations.api.v1.shown import RestatementShown
from annotations.editing.respond import restate, revise_restatement
from annotations.editing.withdraw import withdraw
from annotations.models import Restatement, Statement


class RestatementBody(Body):
    """How much is said again; the two ends stay."""

    scope = choices_of(Restatement.Scope)
    note = text_of(Restatement, "note", trim_whitespace=True)


class NewRestatementBody(RestatementBody):
    """A new restatement: `of` is the fullest wording."""

    of = Existing(Statement)
    by = Existing(Statement)


class Restatements(Resource):
    """Restatements."""

    shown_as = RestatementShown

    def visible(self) -> "QuerySet[Any]":
        return Restatement.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        rows = rows.select_related("created_by", "reviewed_by")
        return complete_ends(rows, ("of", "by"), self.asked.expand)


class RestatementList(Restatements, Listing):
    """Restatements, and new ones."""

    filtered_by = RestatementQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("restatements", RestatementShown, RestatementQuery, "Restatement")
    def get(self, request: Request) -> Response:
        """Restatements by their two ends and state."""
        return self.page(request)

    @acts("create_restatement", RestatementShown, NewRestatementBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Mark one statement as another said again, as a draft."""
        typed = typed_in(request, NewRestatementBody)
        link = restate(
            user=request.user,
            of=typed["of"],
            by=typed["by"],
            scope=typed["scope"],
            note=typed["note"],
        )
        return self.answer(link, status.HTTP_201_CREATED)


class RestatementDetail(Restatements):
    """One restatement."""

    @acts("read_restatement", RestatementShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The restatement."""
        return self.answer(self.found(uid))

    @acts("replace_restatement", RestatementShown, RestatementBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The restatement as it is to be; its two ends stay."""
        return self._revise(request, self.found(uid), {})

    @acts("change_restatement", RestatementShown, RestatementBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the restatement."""
        link = self.found(uid)
        return self._revise(request, link, {"scope": link.scope, "note": link.note})

    @acts("delete_restatement", RestatementShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Delete the restatement; its row and history are kept. A review brings it back."""
        link = self.found(uid)
        withdraw(user=request.user, record=link, version=self.version(link))
        return self.answer(link)

    def _revise(self, request: Request, link: Restatement, over: dict[str, Any]) -> Response:
        version = self.version(link)
        typed = typed_in(request, RestatementBody, over=over)
        revise_restatement(
            user=request.user,
            link=link,
            version=version,
            scope=typed["scope"],
            note=typed["note"],
        )
        return self.answer(link)
