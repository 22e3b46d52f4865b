"""Each write, sent once as the page sends it and once with every column of every record beside it.

Both must leave the same rows behind: what a form does not list is set by the server alone.
"""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from annotations.models import Statement
from annotations.permissions import ADMINISTRATOR, EDITOR
from annotations.tests.factories import make_statement, make_user
from annotations.tests.matrix.addresses import API, SITE
from annotations.tests.matrix.writes import WRITES

pytestmark = pytest.mark.django_db

PASSING = {"at", "change_id", "history_date", "changed_at", "created_at", "received_at", "sha256"}
PASSING |= {"digest", "starts", "expires_at"}  # of a secret that is made anew, and when it ends
PASSING |= {"plan"}  # of an upload, in which the uids of what was made stand
SET_OR_NOT = {"withdrawn_at", "reviewed_at", "taken_at", "released_at", "seen_at"}
SET_OR_NOT |= {"done_at", "revoked_at", "started_at", "finished_at"}
UNTYPED = {"on", "next"}  # where the page leads back to


def test_every_write_is_tried() -> None:
    written = {name for name, line in (SITE | API).items() if line.post is not None}

    assert written - {"sign-in", "sign-in-again", "sign-out"} == set(WRITES) - {"approve"}


@pytest.mark.parametrize("name", WRITES)
def test_unlisted_fields_change_nothing(name: str, client: Client) -> None:
    client.force_login(make_user(ADMINISTRATOR))
    other = make_statement(user=make_user(EDITOR), gist="other")
    address, typed, forms = WRITES[name]()
    before = kept()

    plain = after(client, address, typed)
    forged = after(client, address, forgery(typed, forms, other) | typed)

    assert plain != bare(before, before)
    assert forged == plain


def forgery(typed: dict[str, Any], forms: tuple[Any, ...], other: Statement) -> dict[str, Any]:
    """Every column of every record and account that no form lists, with a value that would tell."""
    listed = set(typed) | UNTYPED | {name for form in forms for name in form.base_fields}
    columns = {
        name
        for model in _tables()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    values = {
        "state": "approved",
        "uid": str(other.uid),
        "version": "99",
        "folded": "forged",
        "review_reason": "forged",
        "is_superuser": "on",
        "withdrawn_at": "2026-01-01T00:00:00Z",
        "reviewed_at": "2026-01-01T00:00:00Z",
    }
    return {
        name: values.get(name, str(other.pk if name.endswith("_id") else other.created_by_id))
        for name in columns - listed
    }


def after(client: Client, address: str, sent: dict[str, Any]) -> Any:
    """The rows that the request leaves behind; the request is taken back."""
    before = kept()
    point = transaction.savepoint()
    more = {"content_type": "application/json"} if address.startswith("/api/") else {}
    answer = client.post(address, sent, **more)  # type: ignore[arg-type]
    assert answer.status_code in (200, 201, 204, 302), answer.content.decode()
    rows = bare(kept(), before)
    transaction.savepoint_rollback(point)
    return rows


Rows = dict[type[models.Model], dict[Any, dict[str, Any]]]


def kept() -> Rows:
    """Every row of every record and account, by key."""
    return {
        model: {row["pk"]: row for row in model._default_manager.values("pk", *_names(model))}
        for model in [*_tables(), User.groups.through]
    }


def _tables() -> list[type[models.Model]]:
    return [*apps.get_app_config("annotations").get_models(), User]


def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def bare(rows: Rows, before: Rows) -> list[tuple[Any, ...]]:
    """The rows without what differs from request to request: keys and uids of new rows, times, change ids."""
    return sorted(
        (model.__name__, *_bare_row(model, row, before))
        for model, found in rows.items()
        for row in found.values()
    )


def _bare_row(model: type[models.Model], row: dict[str, Any], before: Rows) -> list[str]:
    told = []
    for field in model._meta.concrete_fields:
        value, name = row[field.attname], field.attname
        of = _model_of(model, field)
        if name in PASSING:
            continue
        if name in SET_OR_NOT:
            value = value is not None
        elif (of in before and value is not None and value not in before[of]) or (
            name == "uid" and not _is_known(model, row, before)
        ):
            value = "new"
        told.append(f"{name}={value}")
    return told


def _model_of(model: type[models.Model], field: Any) -> Any:
    """The model whose key this column holds, if it holds one."""
    if field.primary_key:
        return model
    if field.name == "id":
        return model.instance_type  # type: ignore[attr-defined]  # a history row's
    return field.related_model


def _is_known(model: type[models.Model], row: dict[str, Any], before: Rows) -> bool:
    return row["id"] in before[getattr(model, "instance_type", model)]


def test_forged_account_keeps_its_rights(client: Client) -> None:
    user = make_user(EDITOR)
    client.force_login(user)
    forged = {"name": "Somebody", "kind": "person", "is_superuser": "on", "groups": "1 2 3 4"}

    client.post(reverse("actor_new"), forged)

    user.refresh_from_db()
    assert (user.is_superuser, user.groups.count()) == (False, 1)
