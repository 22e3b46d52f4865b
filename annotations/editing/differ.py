"""What keeps two statements from being merged: what both have and do not say alike, circles of restatements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format

from annotations.models import Actor, ReplyRecord, Response, Restatement, Statement
from annotations.models.review import Reviewed

# What a record that would be there twice has to say alike in both, where both say it.
ALIKE: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        Response: ("link_basis",),
        Restatement: ("scope",),
        ReplyRecord: ("status", "as_of", "due_on", "claimant", "claimant_as_printed", "title_as_printed"),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """A field that two records both fill, and not alike: what it is called, and what each says."""

    label: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.label}: {self.one} / {self.other}"


@dataclass(frozen=True)
class Unlike:
    """Two records that a merge would make one, and cannot; `at` is what both have beside the two statements."""

    stays: Reviewed
    goes: Reviewed
    at: Statement | Actor
    differences: tuple[Difference, ...]

    @property
    def at_words(self) -> str:
        """The statement's quote or the actor's name."""
        return (
            f"“{self.at.quote()[:80]}”" if isinstance(self.at, Statement) else self.at.resolved.name
        )


def differences(one: Any, other: Any, names: Iterable[str]) -> tuple[Difference, ...]:
    """Those of the fields that both records fill and do not say alike."""
    pairs = ((name, getattr(one, name), getattr(other, name)) for name in names)
    return tuple(
        Difference(
            str(getattr(one._meta.get_field(name), "verbose_name", name)),
            _told(one, name),
            _told(other, name),
        )
        for name, mine, theirs in pairs
        if mine and theirs and _same(mine) != _same(theirs)
    )


def unlike(kept: Statement, gone: Statement) -> list[Unlike]:
    """What a merge of `gone` into `kept` would refuse since both have it and it is not said alike; three queries."""
    found = []
    for model, rows in _standing_at(kept, gone).items():
        there = {_as_merged(row, gone, kept): row for row in rows if not _stands_at(row, gone)}
        for row in rows:
            twin = there.get(_as_merged(row, gone, kept)) if _stands_at(row, gone) else None
            if twin and (differing := differences(twin, row, ALIKE[model])):
                found.append(Unlike(twin, row, _beside(twin, kept), differing))
    return found


def closes_circle(kept: Statement, gone: Statement) -> bool:
    """Whether the two, made one, would restate themselves over other statements."""
    two = {kept.pk, gone.pk}
    rows = Restatement.objects.undeleted()
    first = rows.filter(by__in=two).exclude(of__in=two)
    ahead = set(first.values_list("of_id", flat=True))
    seen: set[int] = set()
    while ahead and not two & ahead:
        seen |= ahead
        ahead = set(rows.filter(by__in=ahead).values_list("of_id", flat=True)) - seen
    return bool(two & ahead)


def _standing_at(kept: Statement, gone: Statement) -> dict[type[Any], list[Any]]:
    both = [kept.pk, gone.pk]
    links = Q(claim__in=both) | Q(response__in=both)
    records = ReplyRecord.objects.undeleted().filter(claim__in=both)
    restated = Restatement.objects.undeleted().filter(Q(of__in=both) | Q(by__in=both))
    return {
        Response: list(Response.objects.undeleted().filter(links).order_by("pk")),
        Restatement: list(restated.order_by("pk")),
        ReplyRecord: list(records.select_related("party__merged_into").order_by("pk")),
    }


def _ends(row: Any) -> tuple[int, ...]:
    if isinstance(row, Response):
        return row.claim_id, row.response_id
    return (row.of_id, row.by_id) if isinstance(row, Restatement) else (row.claim_id,)


def _stands_at(row: Any, statement: Statement) -> bool:
    return statement.pk in _ends(row)


def _as_merged(row: Any, gone: Statement, kept: Statement) -> tuple[Any, ...]:
    """What makes the row the same as another one, once the two statements are one."""
    ends = tuple(kept.pk if end == gone.pk else end for end in _ends(row))
    if isinstance(row, ReplyRecord):
        return (*ends, row.party.resolved_id)
    return (*ends, row.relation) if isinstance(row, Response) else ends


def _beside(row: Any, kept: Statement) -> Statement | Actor:
    """What the row has beside the statement: its other end, or its party."""
    if isinstance(row, ReplyRecord):
        return row.party
    ends = (row.claim, row.response) if isinstance(row, Response) else (row.of, row.by)
    return ends[1] if ends[0] == kept else ends[0]


def _same(value: Any) -> Any:
    return value.resolved_id if isinstance(value, Actor) else value


def _told(record: Any, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else value)
