"""What the views of all records have in common: how a record is found, shown, and given its version."""

import uuid
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.requests import ReadsOrAnnotates
from annotations.api.v1 import paging
from annotations.api.v1.asking import Asked, Shown, asked_of, refuse_unknown
from annotations.api.v1.filters import Filters, refuse_wrong
from annotations.api.v1.parsing import BoundedJSON
from annotations.api.v1.problems import answer_problem
from annotations.api.v1.versions import etag_of, named_version


class Resource(APIView):
    """One kind of record, shown by `shown_as`."""

    permission_classes: Any = (ReadsOrAnnotates,)
    parser_classes = (BoundedJSON,)
    shown_as: ClassVar[type[Shown]]
    asked: Asked = Asked()

    def get_exception_handler(self) -> Any:
        return answer_problem

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)  # raises, before what is asked is looked at
        if request.method == "DELETE":
            refuse_unknown(request.query_params, [])
        elif request.method != "OPTIONS":
            self.asked = asked_of(request, self.shown_as, self.parameters(request))

    def parameters(self, request: Request) -> list[str]:
        """What may be asked besides `fields` and `expand`."""
        return []

    def visible(self) -> "QuerySet[Any]":
        """The records that the user sees."""
        raise NotImplementedError

    def complete(self, rows: Any) -> Any:
        """The records with what an answer shows of them, in a fixed number of queries."""
        return rows

    def rows(self) -> "QuerySet[Any]":
        """The records that the user sees, complete."""
        complete: QuerySet[Any] = self.complete(self.visible())
        return complete

    def found(self, uid: uuid.UUID) -> Any:
        """The record of this uid; Http404 where the user does not see one."""
        return get_object_or_404(self.rows(), uid=uid)

    def version(self, record: Any) -> int:
        """The version that the request names; Refused or Stale where it names none of the record's."""
        return named_version(self.request, record)

    def shown(self, record: Any) -> dict[str, Any]:
        """The record as it is stored now, as answers show it."""
        shown: dict[str, Any] = self._serialized(self.rows().get(pk=record.pk))
        return shown

    def answer(self, record: Any, code: int = status.HTTP_200_OK) -> Response:
        """The record as it is stored now, with its version; a new one with its address."""
        fresh = self.rows().get(pk=record.pk)
        headers = {"ETag": etag_of(fresh)}
        if code == status.HTTP_201_CREATED:
            headers["Location"] = self.request.build_absolute_uri(self.address(fresh))
        return Response(self._serialized(fresh), code, headers=headers)

    def address(self, record: Any) -> str:
        """Where the record is found."""
        return f"{self.request.path}{record.uid}/"

    def _serialized(self, given: Any, **how: Any) -> Any:
        context = {"asked": self.asked, "user": self.request.user}
        return self.shown_as(given, context=context, **how).data


class Listing(Resource):
    """A kind of record as a list. `filtered_by` has the names that may be asked, and the orders."""

    filtered_by: ClassVar[type[Filters]]
    filters: Filters

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS and request.method != "OPTIONS":
            refuse_wrong(self.filters)

    def parameters(self, request: Request) -> list[str]:
        if request.method not in SAFE_METHODS:
            return []
        self.filters = self.filtered_by(request.query_params, request=request._request)
        filters: django_filters.FilterSet = self.filters
        return [*filters.filters, *paging.NAMES]

    def page(self, request: Request) -> Response:
        """The page asked for, of the rows that the filters leave."""
        rows = self.complete(self.filters.found())
        page, following, previous = paging.page_asked(
            request, rows, self.filters.columns, self.filters.anchors()
        )
        return Response(
            {
                "results": self._serialized(page.rows, many=True),
                "next": following,
                "previous": previous,
                "notices": self.filters.notices,
            }
        )
