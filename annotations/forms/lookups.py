"""Filter fields that several lists have, and what is meant by what is typed into them."""

import uuid
from typing import Any

import django_filters
from django.forms import DateInput, TextInput
from django.utils.functional import Promise

from annotations import permissions
from annotations.forms.fields import TextField
from annotations.models import Article

MOST_ARTICLES = 200


class TextFilter(django_filters.CharFilter):
    """A filter by free text."""

    field_class = TextField


def name_field(method: str, label: str | Promise, names: str = "actors") -> Any:
    """A text field that takes a uid or a typed name; `names` says what is offered while typing."""
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    if names:
        attributes["data-suggest"] = names
    return TextFilter(
        method=method, label=label, max_length=300, widget=TextInput(attrs=attributes)
    )


def date_field(column: str, lookup: str, label: str | Promise, method: str | None = None) -> Any:
    """A day, in the browser's date field; `method` asks for the rows where the column alone can't."""
    return django_filters.DateFilter(
        field_name=column,
        lookup_expr=lookup,
        method=method,
        label=label,
        widget=DateInput(attrs={"type": "date"}),
    )


def articles_meant(words: str, user: permissions.User, using: str = "default") -> list[Article]:
    """The article of this uid or, for words, those that hold them one after the other; at most 200."""
    visible = Article.objects.using(using).visible_to(user)
    try:
        found = visible.filter(uid=uuid.UUID(words.strip()))
    except ValueError:
        found = visible.holding_phrase(words)
    return list(
        found.select_related("current_revision")
        .defer("current_revision__text")
        .order_by("-id")[:MOST_ARTICLES]
    )
