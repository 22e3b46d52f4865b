"""The contract in OpenAPI: what drf-spectacular cannot read off the views by itself."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import django_filters
from django.utils import translation
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers

from annotations.api import idempotency
from annotations.api.v1 import problems, versions
from annotations.api.v1.asking import Reference, Shown
from annotations.api.v1.paging import MOST, USUAL
from annotations.api.v1.parsing import Body

F = TypeVar("F", bound=Callable[..., Any])
FAULT = {
    "type": "object",
    "required": ["detail", "code"],
    "properties": {
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "field": {"type": "string", "description": "Where in the body, such as `spans[0].exact`."},
        "pointer": {"type": "string", "description": "The same as a JSON Pointer."},
        "parameter": {"type": "string"},
        "header": {"type": "string"},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": FAULT},
        "versions": {
            "type": "object",
            "description": "With 412: the version that was sent and the one that is stored.",
            "properties": {
                "sent": {"type": ["integer", "null"]},
                "current": {"type": "integer"},
            },
        },
        "current": {"type": "object", "description": "With 412: the record as it is stored."},
    },
}
ETAG = {"description": "The record's version, for If-Match.", "schema": {"type": "string"}}
CONTENT_ETAG = {"description": "For If-None-Match.", "schema": {"type": "string"}}
UNCHANGED = {
    "description": "It is as it was under the ETag named.",
    "headers": {"ETag": CONTENT_ETAG},
}
LOCATION = {
    "description": "Where the new record is found.",
    "schema": {"type": "string", "format": "uri"},
}
WITH_BODY = {"409", "413", "415", "422"}
WITH_VERSION = {"409", "412", "422", "428"}


class Contract(AutoSchema):
    """Each operation with the header and the refusals that it shares with others of its kind."""

    def names_version(self) -> bool:
        """Whether the operation asks for If-Match."""
        names = getattr(self.view, "versioned", ("PUT", "PATCH", "DELETE"))
        return self.method in names

    def get_tags(self) -> list[str]:
        """The kind of record: what the address begins with."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_summary(self) -> str:
        """The first sentence of what the operation says of itself."""
        first: str = re.split(r"[.:;]", self.get_description())[0]
        return first

    def get_override_parameters(self) -> list[Any]:
        if not self._is_ours():
            return []
        is_shaped = self.method != "DELETE" and not hasattr(self.view, "is_file")
        parameters = [*_shaping(self.view)] if is_shaped else []
        if self.names_version():
            parameters.append(
                OpenApiParameter(
                    "If-Match",
                    {"type": "string", "pattern": '^"[0-9a-f-]{36}-[1-9][0-9]{0,8}"$'},
                    OpenApiParameter.HEADER,
                    required=True,
                    description=versions.DESCRIPTION,
                )
            )
        if self._is_conditional():
            parameters.append(
                OpenApiParameter(
                    "If-None-Match",
                    {"type": "string"},
                    OpenApiParameter.HEADER,
                    description="The ETag that you have seen: where it still holds, the answer is 304.",
                )
            )
        if self.method == "POST":
            parameters.append(
                OpenApiParameter(
                    idempotency.HEADER,
                    {"type": "string", "pattern": "^[!-~]{1,255}$"},
                    OpenApiParameter.HEADER,
                    description="Sent again within a day, the request is answered again and done once.",
                )
            )
        return parameters

    def _is_conditional(self) -> bool:
        return self.method == "GET" and hasattr(self.view, "is_conditional")

    def _is_ours(self) -> bool:
        return hasattr(self.view, "shown_as")

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if not self._is_ours():
            return bodies
        etag = CONTENT_ETAG if self._is_conditional() else ETAG
        for code, body in bodies.items():
            is_made = code == "201" and self.method in self._tagged()
            if code in ("200", "201") and self.method in self._tagged():
                body["headers"] = {"ETag": etag, **({"Location": LOCATION} if is_made else {})}
        if self._is_conditional():
            bodies["304"] = UNCHANGED
        return {**bodies, **{code: _refusal(code) for code in sorted(self._refusals())}}

    def _tagged(self) -> tuple[str, ...]:
        """The methods whose answers have an ETag."""
        every = ("GET", "POST", "PUT", "PATCH", "DELETE")
        return () if hasattr(self.view, "is_file") else getattr(self.view, "tagged", every)

    def _refusals(self) -> set[str]:
        codes = {"400", "401", "403", "406", "429"}
        if "{" in self.path:
            codes.add("404")
        if self.method in ("POST", "PUT", "PATCH"):
            codes |= WITH_BODY
        if self.names_version():
            codes |= WITH_VERSION
        return codes

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # drf-spectacular has no types
        if isinstance(serializer, Body):
            schema["additionalProperties"] = False
        if isinstance(serializer, Shown):
            schema.pop("required", None)  # `fields` may leave out any of them
        return schema

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        if isinstance(field, Reference):
            whole = self.resolve_serializer(field.shown, direction).ref
            uid = {"type": "string", "format": "uuid"}
            options = [uid, whole, *([{"type": "null"}] if field.allow_null else [])]
            return {"oneOf": options, "readOnly": True}
        return super()._map_serializer_field(  # type: ignore[no-untyped-call]  # drf-spectacular has no types
            field, direction, bypass_extensions
        )


def _refusal(code: str) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/Problem{code}"}


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What every operation refers to for its refusals; drf-spectacular calls this last."""
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["schemas"]["Problem"] = PROBLEM
    result["components"]["responses"] = {
        f"Problem{code}": {"description": problems.TITLES[name], "content": content}
        for code, name in sorted(BY_CODE.items())
    }
    return result


BY_CODE = {
    **{str(status): name for status, name in problems.BY_STATUS.items()},
    "409": "near_duplicate",
    "412": "stale",
    "428": "no_version",
}


def _shaping(view: Any) -> list[OpenApiParameter]:
    """`fields` and, where something can be expanded, `expand`."""
    names = list(view.shown_as().fields)
    found = [_listed("fields", names, "Only these members of the answer.")]
    if view.shown_as.expansions:
        said = "What is to be whole instead of a uid."
        found.append(_listed("expand", list(view.shown_as.expansions), said))
    return found


def _listed(name: str, values: list[str], description: str) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": values}, "minItems": 1}
    return OpenApiParameter(name, schema, description=description, style="form", explode=False)


def paged(shown: type[Shown], name: str) -> Any:
    """A page of these in a list's answer."""
    return inline_serializer(
        f"{name}Page",
        {
            "results": shown(many=True),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "notices": serializers.ListField(child=serializers.CharField()),
        },
    )


def lists(what: str, shown: type[Shown], filters: Any, name: str) -> Callable[[F], F]:
    """The operation that gives a page of records."""
    return extend_schema(
        operation_id=f"list_{what}",
        parameters=[*parameters_of(filters), *_places()],
        responses=paged(shown, name),
    )


def acts(operation: str, shown: Any, body: Any = None, code: int = 200) -> Callable[[F], F]:
    """An operation on one record."""
    return extend_schema(operation_id=operation, request=body, responses={code: shown})


def _places() -> list[OpenApiParameter]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return [
        OpenApiParameter("limit", limit, description="Rows on a page."),
        OpenApiParameter(
            "cursor",
            {"type": "string", "minLength": 1},
            description="From `next` or `previous` of another page.",
        ),
    ]


def parameters_of(filters: Any) -> list[OpenApiParameter]:
    """A parameter for each filter, in English whoever reads it."""
    with translation.override("en-gb"):
        return [
            OpenApiParameter(name, _schema_of(each), description=str(each.label))
            for name, each in filters.base_filters.items()
        ]


def _schema_of(each: Any) -> dict[str, Any]:
    if isinstance(each, django_filters.ChoiceFilter):
        choices = [str(value) for value, label in each.extra["choices"]]
        return {"type": "string", "enum": choices}
    formats = {
        django_filters.UUIDFilter: "uuid",
        django_filters.IsoDateTimeFilter: "date-time",
        django_filters.DateFilter: "date",
    }
    for kind, name in formats.items():
        if isinstance(each, kind):
            return {"type": "string", "format": name}
    longest = each.extra.get("max_length")
    storable = {"type": "string", "minLength": 1, "pattern": r"^[^\x00]+$"}
    return {**storable, **({"maxLength": longest} if longest else {})}
