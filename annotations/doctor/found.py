"""What an invariant is, what it finds, and how a row that was found is named to people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Model

from annotations.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleWords,
    Attribution,
    ContactAttempt,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Revision,
    Span,
    Statement,
    Zone,
)

T = TypeVar("T")

CHUNK = 500  # rows fetched at once


@dataclass(frozen=True)
class Found:
    """A row that breaks a rule: its model and key (None for the table), and what is wrong in plain words."""

    model: type[Model]
    pk: Any
    wrong: str


@dataclass(frozen=True)
class Finding:
    """The same, told: the record that an editor knows, its uid (or, where it has none, `#` and its key)."""

    record: str
    uid: str
    wrong: str


Check = Callable[[str], Iterator[Found]]


@dataclass(frozen=True)
class Invariant:
    """A rule that holds at all times; `check` yields what breaks it, `rule` is its docstring's first line."""

    name: str
    rule: str
    check: Callable[[Any], Iterator[Found]]


def described(check: Callable[[Any], Iterator[Found]]) -> Invariant:
    """The check with its name and rule."""
    return Invariant(check.__name__, (check.__doc__ or "").splitlines()[0], check)


ABOUT_ROWS: list[Invariant] = []


def invariant(check: Check) -> Check:
    """Have the check asked by `examine`; it is given the alias of the database."""
    ABOUT_ROWS.append(described(check))
    return check


_OF_SPAN: tuple[tuple[type[Model], str], ...] = (
    (Statement, "statement__uid"),
    (Response, "response__uid"),
    (ReplyRecord, "reply_record__uid"),
)
# The record that a row belongs to, and the way to its uid.
OWNERS: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Revision: ((Article, "article__uid"),),
    ArticleWords: ((Article, "article__uid"),),
    Zone: ((Article, "revision__article__uid"),),
    ActorAlias: ((Actor, "actor__uid"),),
    Span: _OF_SPAN,
    Placement: tuple((model, f"span__{path}") for model, path in _OF_SPAN),
    Attribution: ((Statement, "statement__uid"),),
    Point: ((Statement, "statement__uid"),),
    ResponseParty: ((Response, "response__uid"),),
    ResponsePoint: ((Response, "response__uid"),),
    ContactAttempt: ((ReplyRecord, "reply_record__uid"),),
}


def told(found: Found, using: str) -> Finding:
    """The finding, named by the record that the row belongs to; asked in one query, without any text."""
    if found.pk is None:
        return Finding(str(found.model._meta.verbose_name_plural), "(the table)", found.wrong)
    owners = OWNERS.get(found.model, ((found.model, "uid"),))
    rows = found.model._default_manager.using(using).filter(pk=found.pk)
    uids = rows.values_list(*(path for _, path in owners)).first() or ()
    for (model, _), uid in zip(owners, uids, strict=False):
        if uid is not None:
            return Finding(str(model._meta.verbose_name), str(uid), found.wrong)
    return Finding(str(found.model._meta.verbose_name), f"#{found.pk}", found.wrong)


def models_here() -> list[type[Model]]:
    """The records and their parts, without the tables of their histories."""
    every = apps.get_app_config("annotations").get_models()
    return [model for model in every if not hasattr(model, "history_id")]


def kept_models() -> list[type[Model]]:
    """Those of them that keep a history."""
    return [model for model in models_here() if hasattr(model, "history")]


def history_of(model: type[Model]) -> Any:
    """The model of the rows of its history; django-simple-history carries no types."""
    kept: Any = model
    return kept.history.model


def fits(value: str, validator: RegexValidator) -> bool:
    """Whether a form would take the value."""
    try:
        validator(value)
    except ValidationError:
        return False
    return True


def chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    """The rows, so many at a time as are fetched at once."""
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
