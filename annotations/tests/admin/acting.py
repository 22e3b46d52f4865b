"""What a reviewer's browser sends."""

from collections.abc import Sequence
from html import unescape
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models.review import Reviewed


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(record: Any, page: str = "changelist") -> str:
    """The admin's page of this kind for the record, or for its model."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}"
    return reverse(name) if page in ("changelist", "add") else reverse(name, args=[record.pk])


def act(
    client: Client,
    action: str,
    records: Sequence[Reviewed],
    *,
    versions: dict[int, int] | None = None,
    links: Sequence[str] = (),
    **more: Any,
) -> Any:
    """The answer to an action on these records, of one model, as the list sends it.

    `versions` stands in for the versions that the page showed; `links` are the first one's.
    """
    shown = {record.pk: record.version for record in records} | (versions or {})
    data = {"action": action, "_selected_action": [record.pk for record in records], **more}
    data |= {f"version_{pk}": version for pk, version in shown.items()}
    data[f"link_{records[0].pk}"] = links
    return client.post(address(records[0]), data, follow=True)


def told(response: Any) -> list[str]:
    """The messages that the page shows."""
    return [str(message) for message in response.context["messages"]]


def text(response: Any) -> str:
    return unescape(response.content.decode())
