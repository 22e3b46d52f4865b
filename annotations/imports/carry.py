"""Carrying out a plan whose rows do not need each other: all of them or none, or all that can be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.editing.change import Stale
from annotations.imports.plan import Act, CarryOut, Fate, Plan, Row
from annotations.permissions import User

Watch = Callable[[Row], None]


class _NothingDone(Exception):
    """Rolls the rows back that were carried out before one was refused."""


def row_by_row(act: Act, watch: Watch | None = None) -> CarryOut:
    """`carry_out` from `act`, which writes one row through editing and gives it back with fate and links.

    What `act` raises for a person to mend (ValidationError, Stale, PermissionDenied) refuses its row.
    `watch` is called with each row that is done.
    """
    return partial(_carry_out, act=act, watch=watch)


def _carry_out(
    plan: Plan, user: User, *, whole: bool, act: Act, watch: Watch | None = None
) -> Plan:
    if whole and any(row.errors for row in plan.rows):
        return replace(plan, rows=tuple(_undone(plan.rows)))
    done: list[Row] = []
    try:
        with transaction.atomic():
            for row in plan.rows:
                done.append(_carried(row, user, act) if row.is_ready else _left(row))
                if whole and done[-1].fate == Fate.REFUSED:
                    raise _NothingDone
                if watch:
                    watch(done[-1])
    except _NothingDone:
        done = list(_undone([*done, *plan.rows[len(done) :]]))
    return replace(plan, rows=tuple(done))


def _carried(row: Row, user: User, act: Act) -> Row:
    try:
        with transaction.atomic():  # a savepoint: what the row wrote before it was refused goes
            return act(row, user)
    except ValidationError as error:
        return row.refused(*error.messages)
    except Stale:
        return row.refused(_("Somebody changed it meanwhile."))
    except PermissionDenied as error:
        return row.refused(str(error))


def _left(row: Row) -> Row:
    return replace(row, fate=Fate.REFUSED if row.errors else Fate.LEFT_OUT)


def _undone(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of which nothing stays: the refused ones say why, the others that they had to wait."""
    for row in rows:
        if row.errors:
            yield replace(row, fate=Fate.REFUSED, made=())
        elif row.is_chosen:
            yield replace(row, fate=Fate.NOT_DONE, made=())
        else:
            yield replace(row, fate=Fate.LEFT_OUT, made=())
