"""Statements: read, recorded in one request, revised, deleted."""

import uuid
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.actors import complete_actors
from annotations.api.v1.articles import complete_articles
from annotations.api.v1.asking import Shown
from annotations.api.v1.filters import StatementQuery
from annotations.api.v1.parsing import typed_in
from annotations.api.v1.recording import (
    NewStatementBody,
    StatementBody,
    StatementsBody,
    as_sent,
    record,
    record_all,
    revision_in,
    told,
)
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.api.v1.shown import StatementShown, StatementsShown
from annotations.editing.highlight import revise
from annotations.editing.withdraw import withdraw
from annotations.models import Statement


class Statements(Resource):
    """Statements."""

    shown_as: ClassVar[type[Shown]] = StatementShown

    def visible(self) -> "QuerySet[Any]":
        return Statement.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        rows = rows.for_display()
        if "article" in self.asked.expand:
            rows = complete_articles(rows, self.request.user, "article__")
        if "actors" in self.asked.expand:
            rows = complete_actors(rows, self.request.user, "attributions__actor__")
        return rows


class StatementList(Statements, Listing):
    """Statements, and new ones."""

    filtered_by = StatementQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("statements", StatementShown, StatementQuery, "Statement")
    def get(self, request: Request) -> Response:
        """Statements by what they say, who has which part in them, and how they are answered."""
        return self.page(request)

    @acts("create_statement", StatementShown, NewStatementBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record a statement, as a draft: its words, who said it, what it alleges."""
        context: dict[str, Any] = {}
        typed = typed_in(request, NewStatementBody, context=context)
        return self.answer(record(request.user, typed, context), status.HTTP_201_CREATED)


class StatementBulk(Statements):
    """Many statements at once."""

    shown_as = StatementsShown
    tagged: tuple[str, ...] = ()

    @acts("create_statements", StatementsShown, StatementsBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record up to 1,000 statements in one change, all of them or none; errors name their row."""
        context: dict[str, Any] = {}
        typed = typed_in(request, StatementsBody, context=context)
        made = record_all(request.user, typed["statements"], context)
        return Response(self._serialized({"statements": made}), status.HTTP_201_CREATED)


class StatementDetail(Statements):
    """One statement."""

    @acts("read_statement", StatementShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The statement with its words, actors and points."""
        return self.answer(self.found(uid))

    @acts("replace_statement", StatementShown, StatementBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The statement as it is to be; approved work goes back to submitted."""
        return self._revise(request, self.found(uid), {})

    @acts("change_statement", StatementShown, StatementBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different; a list that is sent replaces the whole list."""
        statement = self.found(uid)
        return self._revise(request, statement, as_sent(statement))

    @acts("delete_statement", StatementShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Delete the statement: out of every list, its row and history kept. A review brings it back."""
        statement = self.found(uid)
        withdraw(user=request.user, record=statement, version=self.version(statement))
        return self.answer(statement)

    def _revise(self, request: Request, statement: Statement, over: dict[str, Any]) -> Response:
        version = self.version(statement)
        context: dict[str, Any] = {}
        typed = typed_in(request, StatementBody, over=over, context=context)
        revision = revision_in(statement.article, typed.get("revision"))
        given = told(typed, revision, context, statement.live_spans())
        revise(
            user=request.user,
            statement=statement,
            version=version,
            revision_number=revision.number,
            **given,
        )
        return self.answer(statement)
