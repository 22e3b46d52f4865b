"""What formats with links hold: the chosen statements, the links at them, and what stands at their other ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from annotations.exports.fetch import Reader
from annotations.exports.formats import Order
from annotations.exports.rows import CHUNK
from annotations.models import ReplyRecord, Response, Restatement
from annotations.models.statement import StatementQuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Around:
    """Reads as one user sees; no link's end is missing, though the filter may not find it."""

    reader: Reader
    chosen: StatementQuerySet

    @classmethod
    def of(cls, order: Order, using: str) -> "Around":
        reader = Reader(order.user, order.site, using)
        return cls(reader, order.narrow(reader.statements()).order_by())

    def responses(self) -> "QuerySet[Response]":
        """The links at a chosen statement, by either end."""
        keys = self.chosen.values("pk")
        return self.reader.responses().filter(Q(claim__in=keys) | Q(response__in=keys))

    def restatements(self) -> "QuerySet[Restatement]":
        """The restatements of or by a chosen statement."""
        keys = self.chosen.values("pk")
        visible = Restatement.objects.using(self.reader.using).visible_to(self.reader.user).live()
        return visible.filter(Q(of__in=keys) | Q(by__in=keys))

    def replies(self) -> "QuerySet[ReplyRecord]":
        """What is known of replies to the chosen statements."""
        visible = ReplyRecord.objects.using(self.reader.using).visible_to(self.reader.user).live()
        return visible.filter(claim__in=self.chosen.values("pk"))

    def statements(self) -> StatementQuerySet:
        """The chosen statements and those at their links' other ends."""
        links, again = self.responses().order_by(), self.restatements().order_by()
        return self.reader.statements().filter(
            Q(pk__in=self.chosen.values("pk"))
            | Q(pk__in=links.values("claim"))
            | Q(pk__in=links.values("response"))
            | Q(pk__in=again.values("of"))
            | Q(pk__in=again.values("by"))
        )


def in_chunks(rows: "QuerySet[M]", size: int = CHUNK) -> Iterator[list[M]]:
    """The rows in lists of at most `size`, by key: no chunk costs more than the one before it."""
    ordered = rows.order_by("pk")
    found = list(ordered[:size])
    while found:
        yield found
        found = list(ordered.filter(pk__gt=found[-1].pk)[:size])
