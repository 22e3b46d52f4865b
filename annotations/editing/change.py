"""What every write stands in: one transaction, one acting user, one verb, one change id; and the version compare."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import permissions
from annotations.editing.announce import announce
from annotations.models.history import Change, Verb, current_change, recording
from annotations.models.record import Part, Record
from annotations.models.review import Reviewed, ReviewState

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=Reviewed)
P = TypeVar("P", bound=Part)
S = TypeVar("S", bound=models.Model)
_noted: ContextVar[list[Change] | None] = ContextVar("noted", default=None)


class Stale(Exception):
    """The record was changed since the version this write was based on; `current` is how it stands now."""

    def __init__(self, current: Record, version: int) -> None:
        self.current = current
        self.version = version
        super().__init__(
            f"{current._meta.verbose_name} is at version {current.version}, not {version}"
        )


class Deleted(PermissionDenied, ValidationError):
    """The record was deleted: nobody may change it, and a person can mend that by bringing it back."""

    def __init__(self, record: Reviewed) -> None:
        super().__init__(
            _("This %(what)s was deleted meanwhile. Bring it back first, then save again.")
            % {"what": record._meta.verbose_name}
        )


@contextmanager
def change(
    verb: Verb,
    user: permissions.User,
    allowed: Callable[[permissions.User], bool] = permissions.may_annotate,
    undoes: UUID | None = None,
) -> Iterator[Change]:
    """One act of one person, all of it or nothing; PermissionDenied where the predicate says no."""
    if not allowed(user):
        raise PermissionDenied(f"{user} may not do this ({verb})")
    assert isinstance(user, User)  # who may do anything has an account
    is_whole = current_change() is None  # and not a step of another one
    with transaction.atomic(), recording(Change(verb, user, undoes)) as recorded:
        yield recorded
        if is_whole and recorded.wrote:
            announce(recorded)
    noted = _noted.get()
    if is_whole and recorded.wrote and noted is not None:
        noted.append(recorded)


def noted() -> list[Change]:
    """The changes noted since this was last asked, which are then forgotten; none outside of `noting`."""
    made = _noted.get() or []
    taken = made[:]
    made.clear()
    return taken


@contextmanager
def noting() -> Iterator[list[Change]]:
    """The changes that are made inside, each from when it is whole; without those that wrote nothing."""
    made: list[Change] = []
    token = _noted.set(made)
    try:
        yield made
    finally:
        _noted.reset(token)


def take(record: R, version: int) -> R:
    """The record as stored, its version raised by one, its row held until the end; Stale if another came first."""
    manager = type(record)._default_manager
    if not manager.filter(pk=record.pk, version=version).update(version=F("version") + 1):
        raise Stale(manager.get(pk=record.pk), version)
    taken: R = manager.get(pk=record.pk)
    return taken


def take_as_it_is(record: R) -> R:
    """The record as stored, whatever its version, that raised by one.

    For what a change of another record does to it; a person's write names the version it knew.
    """
    manager = type(record)._default_manager
    manager.filter(pk=record.pk).update(version=F("version") + 1)
    taken: R = manager.get(pk=record.pk)
    return taken


def take_editable(record: W, version: int, user: permissions.User) -> W:
    """Like `take`, for work under review; Deleted where it is, PermissionDenied where the user does not edit."""
    try:
        taken = take(record, version)
    except Stale as stale:
        if getattr(stale.current, "is_withdrawn", False):
            raise Deleted(record) from stale
        raise
    _refuse_uneditable(taken, user)
    return taken


def _refuse_uneditable(record: Reviewed, user: permissions.User) -> None:
    if record.is_withdrawn:
        raise Deleted(record)
    if not permissions.may_edit(user, record):
        raise PermissionDenied(f"{user} may not edit this")


def store(row: S) -> S:
    """The row, checked whole and saved with its history; ValidationError for what a person can mend.

    Unique values and constraints are the database's to hold: asking for each of them before a save
    costs up to ten queries a row. They are asked only where it refused the row, for the message.
    """
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
        with (
            transaction.atomic()
        ):  # a savepoint: after a refusal the transaction can still be asked
            row.save()
    except (ValidationError, IntegrityError):
        row.full_clean()  # says all that is wrong with it
        raise
    return row


def take_out(part: P) -> P:
    """The part, no longer in use: its row stays, with the time."""
    part.withdrawn_at = timezone.now()
    part.save()
    return part


def assign(record: Record, details: "DataclassInstance") -> bool:
    """Give the record the details' values, field by field of the same name; True where any changed."""
    changed = False
    for field in fields(details):
        value = getattr(details, field.name)
        changed |= getattr(record, field.name) != value
        setattr(record, field.name, value)
    return changed


def hold_editable(record: W, version: int, user: permissions.User) -> W:
    """Like `take_editable`, for what may turn out to change nothing: the row is held, its version not yet raised."""
    rows = type(record)._default_manager.select_for_update(no_key=True, of=("self",))
    held: W = rows.get(pk=record.pk)
    _refuse_uneditable(held, user)
    if held.version != version:
        raise Stale(held, version)
    return held


def send_back_to_review(record: Reviewed) -> None:
    """Approved work that was changed goes back to submitted; other states stay."""
    if record.is_approved:
        record.state = ReviewState.SUBMITTED
