"""What no database stores is refused by every write that takes text, naming the field; nothing is kept of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.test import Client

from annotations.forms.statement import PartForm, PointForm
from annotations.models import Actor
from annotations.permissions import ADMINISTRATOR, EDITOR
from annotations.tests.factories import make_user
from annotations.tests.matrix.writes import WRITES
from annotations.tests.test_mass_assignment import kept

pytestmark = pytest.mark.django_db
ROWS = {"parts-0-": PartForm, "points-0-": PointForm}  # of the statement's forms
# What the page knows by its digest, and what arrives in the query or not at all.
NOT_TYPED = {"seen"}


def text_fields(listed: tuple[Any, ...], *, of_statement: bool) -> Iterator[tuple[str, str]]:
    """(name as sent, name of the field) of each field for text."""
    for prefix, form in [("", each) for each in listed] + list(ROWS.items()) * of_statement:
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.CharField) and name not in NOT_TYPED:
                yield prefix + name, name


def errors_in(context: Any) -> set[str]:
    """The names of the fields that any form on the page complains of."""
    named: set[str] = set()
    for layer in context or []:
        for value in layer.dicts if hasattr(layer, "dicts") else [layer]:
            for shown in list(value.values()):
                sets = [shown, *vars(shown).values()] if hasattr(shown, "parts") else [shown]
                for each in sets:
                    rows = each.forms if isinstance(each, forms.BaseFormSet) else [each]
                    named |= {
                        n for row in rows if isinstance(row, forms.BaseForm) for n in row.errors
                    }
    return named


@pytest.mark.parametrize("name", WRITES)
def test_every_text_field_of_every_write_refuses_nul(name: str, client: Client) -> None:
    client.force_login(make_user(ADMINISTRATOR))
    address, typed, listed = WRITES[name]()
    fields = list(text_fields(listed, of_statement=name in ("statement_new", "statement_edit")))
    before = kept()
    more: dict[str, Any] = {"points-TOTAL_FORMS": 1} if "points-TOTAL_FORMS" in typed else {}

    for sent, field in fields:
        page = client.post(address, typed | more | {sent: "a\x00b"})
        assert (sent, page.status_code) == (sent, 422)
        assert field in errors_in(page.context), sent

    assert kept() == before


@pytest.mark.parametrize("text", ["a\x00b", "a\ud83db"], ids=["NUL", "half a pair"])
@pytest.mark.parametrize("field", ["name", "kind"])
def test_the_api_refuses_it_by_the_fields_name(client: Client, field: str, text: str) -> None:
    client.force_login(make_user(EDITOR))
    typed = {"name": "Ann", "kind": "person"} | {field: text}

    answer = client.post("/api/actors/", typed, content_type="application/json")

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Actor.objects.exists()


@pytest.mark.parametrize("address", ["actors/?q=", "statements/?text=", "statements/?actor="])
def test_searches_by_the_api_refuse_it(client: Client, address: str) -> None:
    client.force_login(make_user(EDITOR))

    answer = client.get(f"/api/{address}a%00b")

    assert (answer.status_code, list(answer.json())) == (
        400,
        [address[address.index("?") + 1 : -1]],
    )
