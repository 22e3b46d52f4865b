"""How tests ask the API: JSON out and in, with the version that a write names."""

from typing import Any

from django.test import Client

V1 = "/api/v1"


def signed_in(user: Any) -> Client:
    """A client of this user, whose session notes no more first use."""
    client = Client()
    client.force_login(user)
    client.get("/healthz")
    return client


def send(
    client: Client, method: str, address: str, body: Any = None, *, etag: str = "", **headers: str
) -> Any:
    """The answer; the address is one under /api/v1/."""
    sent: dict[str, Any] = {} if body is None else {"data": body}
    named = {"If-Match": etag} if etag else {}
    return getattr(client, method)(
        f"{V1}/{address}",
        content_type="application/json",
        headers={**named, **headers},
        **sent,
    )


def tag(record: Any) -> str:
    """The ETag of the record as it is given."""
    return f'"{record.uid}-{record.version}"'


def faults(answer: Any) -> set[tuple[str, str]]:
    """(place, code) of each error: a field, a parameter or a header."""
    return {
        (error.get("field", error.get("parameter", error.get("header"))), error["code"])
        for error in answer.json()["errors"]
    }
