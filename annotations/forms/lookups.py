"""Filter fields that several lists have, and what is meant by what is typed into them."""

import uuid
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.forms import DateInput, TextInput

from annotations import permissions
from annotations.models import Article

EARLIEST = date(1, 1, 1)  # where an unknown date is sorted, since a keyset compares no nulls
MOST_ARTICLES = 200


def name_field(method: str, label: str, names: str = "actors") -> Any:
    """A text field that takes a uid or a typed name; `names` says what is offered while typing."""
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    if names:
        attributes["data-suggest"] = names
    return django_filters.CharFilter(
        method=method, label=label, max_length=300, widget=TextInput(attrs=attributes)
    )


def date_field(column: str, lookup: str, label: str) -> Any:
    """A day, in the browser's date field."""
    return django_filters.DateFilter(
        field_name=column, lookup_expr=lookup, label=label, widget=DateInput(attrs={"type": "date"})
    )


def articles_meant(words: str, user: permissions.User, using: str = "default") -> list[Article]:
    """The article of this uid or, for words, those whose headline or text has them; at most 200."""
    visible = Article.objects.using(using).visible_to(user)
    try:
        found = visible.filter(uid=uuid.UUID(words.strip()))
    except ValueError:
        found = visible.filter(
            Q(headline__icontains=words) | Q(current_revision__text__icontains=words)
        )
    return list(
        found.select_related("current_revision")
        .defer("current_revision__text")
        .order_by("-id")[:MOST_ARTICLES]
    )
