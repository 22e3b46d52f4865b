"""An export is made in the background, one snapshot, and kept for a week."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from annotations import permissions
from annotations.exports.cells import Profile
from annotations.exports.formats import Order
from annotations.exports.registry import FORMATS
from annotations.exports.snapshot import EXPORT, readers_hold_up_writers
from annotations.forms.filters import StatementFilters
from annotations.models.saved_export import KEPT_FOR, SavedExport
from annotations.models.statement import StatementQuerySet

AT_ONCE = 2  # unfinished ones of a person: nobody's hundred files keep the others waiting
NOTED_EVERY = 1.0  # seconds
Failure = SavedExport.Failure
State = SavedExport.State


class Deleted(Exception):
    """Its owner does not want it any more."""


def save_export(
    *, user: permissions.User, name: str, query: str, site: str, profile: str
) -> SavedExport:
    """An export of the user's that will be made. ValidationError where too many are; PermissionDenied."""
    if not permissions.may_export(user):
        raise PermissionDenied(f"{user} may not export")
    forget_past()
    if SavedExport.objects.visible_to(user).unfinished().count() >= AT_ONCE:
        raise ValidationError(_("Two files are being made already. Wait for one, or delete it."))
    now = timezone.now()
    saved = SavedExport.objects.create(
        owner_id=user.pk or 0,
        format=name,
        file=FORMATS[name].file,
        profile=profile,
        query=query,
        site=site,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    make_export.enqueue(saved.pk)
    return saved


def drop_export(saved: SavedExport) -> None:
    """The row and the file go; what is being made stops at its next step."""
    SavedExport.objects.filter(pk=saved.pk).delete()
    saved.path.unlink(missing_ok=True)


def forget_past() -> int:
    """How many exports went because their week is over; those that a dead worker left are said to have failed."""
    now = timezone.now()
    SavedExport.objects.orphaned(now).update(
        state=State.FAILED, failure=Failure.STOPPED, finished_at=now
    )
    past = list(SavedExport.objects.past(now))
    for saved in past:
        drop_export(saved)
    return len(past)


@task()
def forget_exports() -> int:
    """`forget_past`, enqueued for when the week of an export is over."""
    return forget_past()


@task()
def make_export(key: int) -> None:
    """Write the file of the export with this key; it says how far it is, and at the end that it is ready."""
    now = timezone.now()
    mine = SavedExport.objects.filter(pk=key, state=State.WAITING)
    if not mine.update(state=State.RUNNING, started_at=now):
        return  # it was deleted, or another worker has it
    saved = SavedExport.objects.select_related("owner").get(pk=key)
    with _failing_in_words(saved):
        _note(saved, shows_everything=permissions.sees_everything(saved.owner))
        size = _write(saved)
        now = timezone.now()
        _note(saved, state=State.READY, size=size, finished_at=now, expires_at=now + KEPT_FOR)
        if forget_exports.get_backend().supports_defer:
            forget_exports.using(run_after=now + KEPT_FOR).enqueue()


@contextmanager
def _failing_in_words(saved: SavedExport) -> Iterator[None]:
    """Whatever goes wrong is said to the owner; what is a fault of ours goes on to the log of the worker."""
    failure = Failure.FAULT
    done = False
    try:
        yield
        done = True
    except Deleted:
        failure = Failure.STOPPED
    except PermissionDenied:
        failure = Failure.FORBIDDEN
    except ValidationError:
        failure = Failure.UNREADABLE
    except DatabaseError:
        failure = Failure.DATABASE
        raise
    except OSError:
        failure = Failure.DISK
        raise
    finally:
        if not done:
            saved.path.unlink(missing_ok=True)
            rows = SavedExport.objects.filter(pk=saved.pk)
            rows.update(state=State.FAILED, failure=failure, finished_at=timezone.now())


def _write(saved: SavedExport) -> int:
    """The size of the file, which stands at its place once it is whole."""
    unfinished = saved.path.with_suffix(".part")
    unfinished.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _opened(unfinished) as file:
            for piece in FORMATS[saved.format].pieces(_order(saved)):
                file.write(piece)
            size: int = file.tell()
        unfinished.replace(saved.path)
    finally:
        unfinished.unlink(missing_ok=True)
    return size


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _order(saved: SavedExport) -> Order:
    """What the owner sees now, under the filter they chose. PermissionDenied; ValidationError."""
    owner = saved.owner
    if not permissions.may_export(owner):
        raise PermissionDenied
    request = HttpRequest()
    request.user = owner
    query = QueryDict(saved.query)
    filters = StatementFilters(query, request=request)
    if not filters.is_valid():
        raise ValidationError("filter")
    tell = _teller(saved)

    def narrow(statements: StatementQuerySet) -> StatementQuerySet:
        chosen: StatementQuerySet = StatementFilters(query, statements, request=request).qs
        if tell is None:
            return chosen
        tell(0, chosen.order_by().count())
        return CountedStatements.of(chosen, tell)

    return Order(owner, saved.site, narrow, Profile(saved.profile), filters.without("sort"))


Tell = Callable[[int, int | None], None]


def _teller(saved: SavedExport) -> Tell | None:
    """Notes how many rows were read, now and then; None where a write would wait for the reading to end."""
    if readers_hold_up_writers(EXPORT):
        return None
    read, noted_at = 0, 0.0

    def tell(more: int, rows: int | None = None) -> None:
        nonlocal read, noted_at
        read += more
        if rows is not None:
            _note(saved, rows=rows)
        elif time.monotonic() - noted_at >= NOTED_EVERY:
            noted_at = time.monotonic()
            _note(saved, rows_read=read)

    return tell


def _note(saved: SavedExport, **columns: Any) -> None:
    """Write the columns; Deleted where the row is gone."""
    if not SavedExport.objects.filter(pk=saved.pk).update(**columns):
        raise Deleted


class CountedStatements(StatementQuerySet):
    """Statements that say how many of them were read."""

    tell: Tell

    @classmethod
    def of(cls, chosen: StatementQuerySet, tell: Tell) -> "CountedStatements":
        counted = cls(chosen.model, chosen.query.chain(), chosen.db)
        counted.tell = tell
        return counted

    def _clone(self) -> "CountedStatements":
        clone: CountedStatements = super()._clone()  # type: ignore[misc]  # Django's own, without a stub
        clone.tell = self.tell
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._fields is None:  # type: ignore[attr-defined]  # Django's own, without a stub
            self.tell(len(self._result_cache or ()), None)
