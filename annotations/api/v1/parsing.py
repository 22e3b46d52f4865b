"""A request's body: JSON, with nothing in it that the address does not know."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from annotations.api.v1.problems import faults_of, refuse_fields


class BoundedJSON(JSONParser):
    """JSON, nested no deeper than Python reads; Django bounds its length (`DATA_UPLOAD_MAX_MEMORY_SIZE`)."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        named = (parser_context or {}).get("encoding", "utf-8")
        if str(named).lower().replace("_", "-") not in ("utf-8", "utf8"):
            raise ParseError("JSON parse error - it is sent in UTF-8")
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - it is nested too deeply") from error


class Body(serializers.Serializer[Any]):
    """What a request may hold: its fields and nothing else."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = {
                name: [serializers.ErrorDetail("There is no such field here.", "unknown")]
                for name in data
                if name not in known
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class Rows(serializers.ListField):
    """A list, of which the length is looked at before what is in it."""

    def to_internal_value(self, data: Any) -> Any:
        most = self.max_length
        if isinstance(data, list) and most is not None and len(data) > most:
            said = f"There are {len(data)} here; the most is {most}."
            raise serializers.ValidationError(said, code="max_length")
        return super().to_internal_value(data)


def rows_of(body: type[Body], most: int, **options: Any) -> Rows:
    """A list of such bodies, of at most so many."""
    return Rows(child=body(), max_length=most, **options)


def typed_in(
    request: Request,
    body: type[Body],
    *,
    over: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The request's body, checked whole; Refused (422) with what is wrong at which place.

    `over` is what the record holds, where the request gives only what changes in it (PATCH). In
    `context` what was looked up is kept for what comes after.
    """
    context = {} if context is None else context
    context["request"] = request
    sent = request.data
    if over is not None and isinstance(sent, dict):
        sent = {**over, **sent}
    checked = body(data=sent, context=context)
    if not checked.is_valid():
        refuse_fields(list(faults_of(checked.errors)))
    typed: dict[str, Any] = checked.validated_data
    return typed
