"""NUL, which PostgreSQL refuses, and half a surrogate pair are refused by every text field, by its name."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import django_filters
import pytest
from django import forms
from django.core.exceptions import ValidationError

from annotations import admin, api
from annotations import forms as our_forms

UNSTORABLE = {"NUL": "a\x00b", "half a pair": "a\ud83db", "the other half": "a\ude00b"}


def text_fields() -> Iterator[tuple[str, forms.Field]]:
    """Each field of each form and filter of the pages and the admin that takes free text."""
    for package in (our_forms, admin, api):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for kind in vars(importlib.import_module(module.name)).values():
                if not inspect.isclass(kind) or not kind.__module__.startswith("annotations."):
                    continue
                for name, field in fields_of(kind).items():
                    if isinstance(field, forms.CharField):
                        yield f"{kind.__name__}.{name}", field


def fields_of(kind: type) -> dict[str, forms.Field]:
    if issubclass(kind, django_filters.FilterSet):
        filters = kind.base_filters.items()  # type: ignore[attr-defined]
        return {name: each.field for name, each in filters}
    return kind.base_fields if issubclass(kind, forms.BaseForm) else {}  # type: ignore[attr-defined]


FIELDS = dict(text_fields())


def test_the_walk_finds_the_fields() -> None:
    assert {"StatementForm.gist", "NewArticleForm.text", "StatementFilters.text"} <= set(FIELDS)


@pytest.mark.parametrize("text", UNSTORABLE.values(), ids=UNSTORABLE)
@pytest.mark.parametrize("name", FIELDS)
def test_no_text_field_takes_what_cannot_be_stored(name: str, text: str) -> None:
    with pytest.raises(ValidationError):
        FIELDS[name].clean(text)
