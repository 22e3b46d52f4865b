"""The history: whole, signed, and saying what the records say."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from annotations.doctor import reviews
from annotations.doctor.found import CHUNK, Found, chunks, history_of, invariant, kept_models
from annotations.models import Actor, ActorAlias, Article, Zone
from annotations.models.history import Verb
from annotations.models.record import Record

# The parts and the record whose version they share, by the way that leads to it.
PARTS: tuple[tuple[type[Model], str, type[Model]], ...] = (
    *((record, f"{owner}_id", part) for record, owner, part in reviews.PARTS),
    (Actor, "actor_id", ActorAlias),
    (Article, "revision__article_id", Zone),
)
DERIVED = {"article_day"}  # a copy of the article's date, changed without the statement


@invariant
def every_row_has_a_history(using: str) -> Iterator[Found]:
    """Every record and part has a history: none was written past the editing functions."""
    for model in kept_models():
        own = history_of(model).objects.filter(id=OuterRef("pk"))
        rows = model._default_manager.using(using).filter(~Exists(own))
        for pk in rows.values_list("pk", flat=True).iterator(CHUNK):
            yield Found(model, pk, f"{_name(model)} #{pk} has no history.")


@invariant
def the_newest_history_row_says_what_the_row_says(using: str) -> Iterator[Found]:
    """The newest history row is the record as it is: nothing was changed past the editing functions."""
    for model in kept_models():
        columns = _columns(model)
        rows = model._default_manager.using(using).order_by("pk").values_list(*columns)
        for chunk in chunks(rows.iterator(CHUNK)):
            now = {row[0]: row for row in chunk}
            kept = history_of(model).objects.using(using).filter(id__in=now)
            newest = {row[0]: row for row in kept.order_by("history_id").values_list(*columns)}
            for pk, then in newest.items():
                if changed := _changed(columns, then, now[pk]):
                    yield Found(
                        model, pk, f"{_name(model)} #{pk}: its history has other {changed}."
                    )


def _columns(model: type[Model]) -> list[str]:
    """The key first, then what a history keeps."""
    names = [field.attname for field in model._meta.concrete_fields]
    return ["id", *(name for name in names if name not in DERIVED | {"id"})]


def _changed(columns: list[str], kept: tuple[Any, ...], now: tuple[Any, ...]) -> str:
    """The columns that differ; a version may be ahead of its history, never behind it.

    Submitting what hangs on a statement takes the statement's version and leaves it as it is.
    """
    return ", ".join(
        name
        for name, old, new in zip(columns, kept, now, strict=True)
        if (old > new if name == "version" else old != new)
    )


def _name(model: type[Model]) -> str:
    return str(model._meta.verbose_name).capitalize()


@invariant
def history_rows_are_signed(using: str) -> Iterator[Found]:
    """Every history row says who did what: a user, and one of the verbs."""
    for model in kept_models():
        rows = history_of(model).objects.using(using)
        unsigned = rows.filter(Q(history_user__isnull=True) | ~Q(verb__in=Verb.values))
        for pk, row, verb in unsigned.values_list("id", "history_id", "verb").iterator(CHUNK):
            what = "no user" if verb in Verb.values else f"the verb “{verb}”, which there is not"
            yield Found(model, pk, f"{_name(model)} #{pk}: its history row {row} has {what}.")


@invariant
def no_row_was_removed(using: str) -> Iterator[Found]:
    """Rows are never removed: every row of a history is of a record that is there."""
    for model in kept_models():
        kept = history_of(model).objects.using(using)
        there = model._default_manager.filter(pk=OuterRef("id"))
        gone = kept.filter(~Exists(there) | Q(history_type="-")).order_by().values("id").distinct()
        for pk in gone.values_list("id", flat=True).iterator(CHUNK):
            yield Found(model, pk, f"{_name(model)} #{pk} was removed; its history tells of it.")


@invariant
def a_change_has_one_verb_and_one_user(using: str) -> Iterator[Found]:
    """All rows that one change wrote carry its id, its verb and its user."""
    first, *others = (
        history_of(model)
        .objects.using(using)
        .order_by()
        .values_list("change_id", "verb", "history_user_id")
        for model in kept_models()
    )
    rows = first.union(*others).order_by("change_id")
    for change_id, group in groupby(rows.iterator(CHUNK), key=lambda row: row[0]):
        if len(list(group)) > 1:
            yield _of_change(change_id, using)


def _of_change(change_id: Any, using: str) -> Found:
    """A row that the change wrote, to name it by."""
    for model in kept_models():
        rows = history_of(model).objects.using(using).filter(change_id=change_id)
        pk = rows.values_list("id", flat=True).first()
        if pk is not None:
            return Found(model, pk, f"The change {change_id} has several verbs or users.")
    raise LookupError(change_id)


@invariant
def every_change_has_its_own_version(using: str) -> Iterator[Found]:
    """Rule 7: each change raises the version of the record, so that none goes over another unseen."""
    for model in kept_models():
        if not issubclass(model, Record):
            continue
        rows = history_of(model).objects.using(using).order_by("id", "history_id")
        acts = rows.values_list("id", "change_id", "version").iterator(CHUNK)
        for pk, group in groupby(acts, key=lambda row: row[0]):
            versions: dict[Any, int] = {change: version for _, change, version in group}
            order = list(versions.values())
            if order != sorted(set(order)):
                yield Found(
                    model, pk, f"Its changes had the versions {', '.join(map(str, order))}."
                )


@invariant
def an_undo_names_the_change_that_it_took_back(using: str) -> Iterator[Found]:
    """What was undone was done to the same row by the same user; nothing else names another change."""
    for model in kept_models():
        rows = history_of(model).objects.using(using)
        done = history_of(model).objects.filter(
            id=OuterRef("id"),
            change_id=OuterRef("undoes"),
            history_user=OuterRef("history_user"),
        )
        undoing = Q(verb__in=[Verb.UNDONE, Verb.REDONE])
        wrong = rows.filter(undoing & ~Exists(done) | ~undoing & Q(undoes__isnull=False))
        for pk in wrong.order_by().values_list("id", flat=True).distinct().iterator(CHUNK):
            yield Found(model, pk, "Its history tells of an undo of what was not done to it.")


@invariant
def a_part_changes_with_its_record(using: str) -> Iterator[Found]:
    """Parts share their record's version: whoever changes one saves the record in the same change."""
    for record, owner, part in PARTS:
        saved = history_of(record).objects.filter(
            id=OuterRef(owner), change_id=OuterRef("change_id")
        )
        rows = history_of(part).objects.using(using)
        alone = rows.filter(~Exists(saved), **{f"{owner}__isnull": False})
        for pk in alone.order_by().values_list("id", flat=True).distinct().iterator(CHUNK):
            yield Found(part, pk, f"The {part._meta.verbose_name} was changed without its record.")
