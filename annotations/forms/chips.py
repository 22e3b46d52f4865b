"""What a list is filtered by, in words, each with the address without it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.formats import date_format

NOT_SHOWN = ("sort",)


class Filters(Protocol):
    """A filter set; `shown` holds the words for values that a choice list does not name."""

    shown: dict[str, str]
    filters: Any
    form: Any
    data: Any
    qs: Any


@dataclass(frozen=True)
class Chip:
    """One thing that the list is filtered by; `rest` is the address's query without it."""

    label: str
    value: str
    rest: str


def chips_of(filters: Filters) -> list[Chip]:
    """A chip for each filter in use; none where a value is unknown."""
    if filters.form.is_valid():
        _ = filters.qs  # filtering notes which actors and articles are meant
    return chips_told(filters)


def chips_told(filters: Filters) -> list[Chip]:
    """The same without a look into the database: the names are those in `shown`, or as they were typed."""
    if not filters.form.is_valid():
        return []
    return [
        Chip(
            str(filters.form.fields[name].label),
            _words(filters, name, value),
            query_without(filters, name),
        )
        for name, value in filters.form.cleaned_data.items()
        if value not in (None, "") and name not in NOT_SHOWN
    ]


def query_without(filters: Filters, *names: str) -> str:
    """The address's query without these, and without a place in the list."""
    query = QueryDict(mutable=True)
    for name in filters.filters:
        if name not in names and filters.data.get(name):
            query[name] = filters.data[name]
    return query.urlencode()


def _words(filters: Filters, name: str, value: Any) -> str:
    if name in filters.shown:
        return filters.shown[name]
    if isinstance(value, date):
        return date_format(value, "j F Y")
    choices = dict(getattr(filters.filters[name].field, "choices", []))
    return str(choices.get(value, value))
