"""What the lists have in common: a page by keyset from the address, and how many rows there are."""

import uuid
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.models.keyset import Count, NoSuchPlace, Page, count_of, page_of

R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class Listing(Generic[R]):
    """One page of a list; `query` is the filter as the address carries it."""

    page: Page[R]
    count: Count
    query: str
    is_lost: bool = False

    @property
    def previous(self) -> str:
        """The query of the page before this one, or an empty string."""
        return self._beside("before", self.page.previous)

    @property
    def following(self) -> str:
        """The query of the page after this one, or an empty string."""
        return self._beside("after", self.page.following)

    def _beside(self, side: str, uid: uuid.UUID | None) -> str:
        if uid is None:
            return ""
        return f"{self.query}&{side}={uid}" if self.query else f"{side}={uid}"


def listing(
    rows: "QuerySet[R]",
    columns: tuple[str, ...],
    *,
    anchors: "QuerySet[R]",
    asked: QueryDict,
    query: str,
) -> Listing[R]:
    """The page that the address asks for; the first one where the place it names is gone."""
    count = count_of(rows)
    try:
        after, before = _place(asked, "after"), _place(asked, "before")
        page = page_of(rows, columns, anchors=anchors, after=after, before=before)
    except (NoSuchPlace, ValueError):
        return Listing(page_of(rows, columns, anchors=anchors), count, query, is_lost=True)
    return Listing(page, count, query)


def _place(asked: QueryDict, side: str) -> uuid.UUID | None:
    return uuid.UUID(str(asked[side])) if asked.get(side) else None
