"""Pages of a list by keyset: they cost the same at any depth, and new rows do not shift them.

A page is named by the uid of a row beside it: `after` that row, or `before` it.
"""

import uuid
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext

PAGE = 25
COUNTED = 10_000  # counting further would cost more than the number is worth

R = TypeVar("R", bound=Model)


class NoSuchPlace(LookupError):
    """The row that an address names as the page's neighbour is not there, or not for this user."""


@dataclass(frozen=True)
class Page(Generic[R]):
    """The rows, and what names the pages beside this one; None where there is none."""

    rows: list[R]
    previous: uuid.UUID | None = None
    following: uuid.UUID | None = None


@dataclass(frozen=True)
class Count:
    """How many rows there are, as far as it was counted."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        if self.more:
            return gettext("more than %(number)s") % {"number": f"{self.number:,}"}
        return f"{self.number:,}"

    @property
    def is_one(self) -> bool:
        return self.number == 1 and not self.more


def count_of(rows: "QuerySet[Any]", most: int = COUNTED) -> Count:
    """The number of rows, counted no further than `most`."""
    found = rows.order_by().values("pk")[: most + 1].count()
    return Count(min(found, most), found > most)


def page_of(
    rows: "QuerySet[R]",
    columns: tuple[str, ...],
    *,
    anchors: "QuerySet[R]",
    after: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    size: int = PAGE,
) -> Page[R]:
    """The page after or before the row of that uid, or the first; NoSuchPlace.

    Each row has a uid, its own or an annotated one. `columns` sort without ties, none of them null, a
    minus for descending; `anchors` are the rows that a page may be named by: those the user sees,
    filtered or not, with the same columns.
    """
    if before is not None:
        back = tuple(_turned(column) for column in columns)
        found = list(rows.filter(_beyond(anchors, before, back)).order_by(*back)[: size + 1])
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, _uid(shown[0]), _uid(shown[-1]))
        after = None
    beyond = Q() if after is None else _beyond(anchors, after, columns)
    found = list(rows.filter(beyond).order_by(*columns)[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        _uid(shown[0]) if shown and after is not None else None,
        _uid(shown[-1]) if len(found) > size else None,
    )


def _uid(row: Model) -> uuid.UUID:
    uid: uuid.UUID = vars(row)["uid"]
    return uid


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _beyond(anchors: "QuerySet[R]", uid: uuid.UUID, columns: tuple[str, ...]) -> Q:
    """The rows that stand after the one of this uid."""
    names = [column.removeprefix("-") for column in columns]
    anchor = anchors.filter(uid=uid).values(*names).first()
    if anchor is None:
        raise NoSuchPlace(uid)
    # Every row beyond is at or past the anchor in the first column: said once more on its own, since an
    # index can begin there, but not at alternatives.
    first = "lte" if columns[0].startswith("-") else "gte"
    beyond = Q()
    for place, column in enumerate(columns):
        same = Q(*((name, anchor[name]) for name in names[:place]))
        compare = "lt" if column.startswith("-") else "gt"
        beyond |= same & Q((f"{names[place]}__{compare}", anchor[names[place]]))
    return Q((f"{names[0]}__{first}", anchor[names[0]])) & beyond
