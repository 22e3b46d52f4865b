"""What a refused request is answered: a problem document (RFC 9457), of one shape for every refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Invalid
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from annotations.editing.change import Deleted, Stale
from annotations.editing.name import NearDuplicate
from annotations.editing.review import OwnWork

MEDIA_TYPE = "application/problem+json"
Path = tuple[str | int, ...]

# What went wrong, by code: the title of the problem. `type` leads to the row of it in docs/api.md.
TITLES = {
    "malformed": "The request cannot be read",
    "parameter": "A parameter is not known or not as it should be",
    "not_authenticated": "Sign in first",
    "forbidden": "Your account may not do this",
    "own_work": "Somebody else has to judge this",
    "not_found": "There is nothing here",
    "method_not_allowed": "This address does not take that method",
    "not_acceptable": "Answers are JSON only",
    "near_duplicate": "An actor of nearly this name is there already",
    "same_text": "An article with this text is there already",
    "deleted": "The record was deleted",
    "stale": "The record was changed since the version named",
    "too_large": "The request is too large",
    "unsupported_media_type": "Requests are JSON only",
    "invalid": "What was sent is not as it should be",
    "no_version": "Name the version that this is based on",
    "throttled": "Too many requests",
    "error": "The request was refused",
}
BY_STATUS = {
    400: "malformed",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "throttled",
}
USUAL = {
    *BY_STATUS.values(),
    "authentication_failed",
    "error",
    "parse_error",
    "permission_denied",
}  # codes of Django REST framework that say no more than the status
SENT_AS = {
    "parts": "attributions",
    "said_on_precision": "said_on",
}  # where `editing` says it otherwise


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at a place in the body, in a parameter or in a header; `more` are members of its own."""

    detail: str
    code: str = "invalid"
    path: Path = ()
    parameter: str = ""
    header: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def under(self, *path: str | int) -> "Fault":
        """The same, of a body that stands at this place of another."""
        at = (*path, *self.path)
        return Fault(self.detail, self.code, at, self.parameter, self.header, self.more)

    def document(self) -> dict[str, Any]:
        """As the problem document's `errors` hold it."""
        named: dict[str, Any] = {"detail": self.detail, "code": self.code, **self.more}
        if self.parameter:
            return {**named, "parameter": self.parameter}
        if self.header:
            return {**named, "header": self.header}
        return {**named, "field": _dotted(self.path), "pointer": _pointer(self.path)}


class Refused(APIException):
    """A request that is not done; `faults` say what is wrong with it, `more` are further members of the answer."""

    def __init__(
        self,
        status_code: int,
        code: str,
        detail: str = "",
        faults: Sequence[Fault] = (),
        **more: Any,
    ) -> None:
        self.status_code = status_code
        self.problem = code
        self.faults = list(faults)
        self.more = more
        super().__init__(detail or TITLES[code])


def refuse_parameters(faults: Sequence[Fault]) -> None:
    """Refused, with 400, where there are any."""
    if faults:
        raise Refused(status.HTTP_400_BAD_REQUEST, "parameter", faults=faults)


def wrong_parameter(name: str, detail: str, code: str = "invalid") -> Refused:
    """The refusal (400) of one parameter."""
    return Refused(400, "parameter", faults=[Fault(detail, code, parameter=name)])


def wrong_field(path: Path, detail: str, code: str = "invalid", **more: Any) -> Refused:
    """The refusal (422) of what stands at one place of the body."""
    return Refused(422, "invalid", faults=[Fault(detail, code, path, more=more)])


def refuse_fields(faults: Sequence[Fault]) -> None:
    """Refused, with 422, where there are any."""
    if faults:
        raise Refused(status.HTTP_422_UNPROCESSABLE_ENTITY, "invalid", faults=faults)


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem document for an error; None for one that is a fault of ours."""
    refused = _refused(error, context)
    response = exception_handler(refused or error, context)
    if response is None:
        return None
    kind = refused.problem if refused else BY_STATUS.get(response.status_code, "error")
    document: dict[str, Any] = {
        "type": f"/api/docs/problems/#{kind}",
        "title": TITLES[kind],
        "status": response.status_code,
        "detail": str(refused.detail if refused else _said(error)),
        "code": _own_code(refused or error) or kind,
    }
    if refused:
        document |= {**refused.more, "errors": [fault.document() for fault in refused.faults]}
    response.data = _printable(document)
    response.content_type = MEDIA_TYPE
    return response


def _refused(error: Exception, context: dict[str, Any]) -> Refused | None:
    """What our own errors and the checks of serializers and `editing` come to."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Stale):
        return _stale(error, context)
    if isinstance(error, RequestDataTooBig):
        return Refused(413, "too_large", str(error))
    if isinstance(error, Deleted):
        return Refused(409, "deleted", " ".join(error.messages))
    if isinstance(error, OwnWork):
        return Refused(403, "own_work", str(error))
    if isinstance(error, NearDuplicate):
        near = [{"uid": str(a.uid), "name": a.name, "kind": a.kind} for a in error.candidates]
        return Refused(409, "near_duplicate", " ".join(error.messages), candidates=near)
    if isinstance(error, ValidationError):
        return Refused(422, "invalid", faults=list(faults_of(error.detail)))
    if isinstance(error, Invalid):
        return Refused(422, "invalid", faults=faults_in(error))
    return None


def _stale(error: Stale, context: dict[str, Any]) -> Refused:
    """With both versions and, where it is the record that the address names, how it reads now."""
    record = error.current
    more: dict[str, Any] = {
        "versions": {"sent": error.version or None, "current": record.version},
    }
    view = context["view"]
    if str(view.kwargs.get("uid")) == str(record.uid) and hasattr(view, "shown"):
        more["current"] = view.shown(record)
    detail = f"It is at version {record.version} now. Look at it, then send the change again."
    return Refused(412, "stale", detail, **more)


def faults_of(detail: Any, path: Path = ()) -> Iterator[Fault]:
    """The faults in what a serializer says is wrong, each with its place in the body."""
    if isinstance(detail, ErrorDetail | str):
        yield Fault(str(detail), getattr(detail, "code", "invalid"), path)
    elif isinstance(detail, dict):
        for name, inner in detail.items():
            yield from faults_of(inner, path if name == "non_field_errors" else (*path, name))
    else:
        for index, inner in enumerate(detail):
            is_leaf = isinstance(inner, ErrorDetail | str)
            yield from faults_of(inner, path if is_leaf else (*path, index))


def faults_in(error: Invalid) -> list[Fault]:
    """The faults in a refusal of `editing`, under the names that the API has for its fields."""
    if not hasattr(error, "error_dict"):
        return [_fault(each, ()) for each in error.error_list]
    return [
        _fault(each, () if name == NON_FIELD_ERRORS else (SENT_AS.get(name, name),))
        for name, errors in error.error_dict.items()
        for each in errors
    ]


def _fault(error: Invalid, path: Path) -> Fault:
    return Fault(" ".join(error.messages), error.code or "invalid", path)


def _said(error: Exception) -> Any:
    if isinstance(error, APIException):
        return error.detail
    if isinstance(error, Http404):
        return TITLES["not_found"]
    assert isinstance(error, PermissionDenied)
    return TITLES["forbidden"]


def _own_code(error: Exception) -> str:
    """The code of an error that says more than its status does, such as `token_expired`; else empty."""
    code = error.get_codes() if isinstance(error, APIException) else ""
    return code if isinstance(code, str) and code not in USUAL else ""


def _dotted(path: Path) -> str:
    """`spans[0].exact`; empty for the body as a whole."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _pointer(path: Path) -> str:
    """The JSON Pointer (RFC 6901) as a fragment: `#/spans/0/exact`."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join(f"/{step}" for step in steps)


def _printable(value: Any) -> Any:
    """With halves of surrogate pairs, which no answer can carry, written out."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_printable(key): _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value
