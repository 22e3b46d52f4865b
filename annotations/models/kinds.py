"""The kinds of lines in a file of JSON Lines: which rows go out and come in, in which order, named by what.

A line is one row. It names other rows by uid, users and roles by name, never by the numbers that one
database gave them; each kind comes after those it refers to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Field, ForeignKey, Model, OuterRef, Subquery

from annotations.models.actor import Actor, ActorAlias
from annotations.models.article import Article
from annotations.models.assignment import Assignment
from annotations.models.attribution import Attribution, Point
from annotations.models.notice import Notice
from annotations.models.post import Post
from annotations.models.preference import Preference
from annotations.models.reply import ContactAttempt, ReplyRecord
from annotations.models.response import Response, ResponseParty, ResponsePoint, Restatement
from annotations.models.revision import Revision, Zone
from annotations.models.span import Placement, Span
from annotations.models.statement import Statement

FORMAT = 1  # raised when a reader of the old one would go wrong
HEAD = "newsroom"  # what the first line calls itself
WHOLE, SELECTION = "whole", "selection"  # the profiles: everything, or what one user downloads
OWN = "row"  # in a line of a history: the row whose state it is
NAMES: dict[type[Model], str] = {User: "username", Group: "name"}  # of those without a uid
INNER = frozenset({"review_reason", "reviewed_at"})
NOT_MOVED = frozenset({"password", "last_login"})  # no file holds what signs people in


@dataclass(frozen=True)
class Column:
    """One key of a line: the field that holds its value and, where that is a reference, to what."""

    key: str
    field: "Field[Any, Any]"
    refers: type[Model] | None = None

    @property
    def is_inner(self) -> bool:
        """Whether it tells who wrote or judged something, and why: not for those who see approved work only."""
        return self.refers is User or self.key in INNER

    @property
    def path(self) -> str:
        """What reads it: the value, or the name of the row that is referred to."""
        return f"{self.key}__{NAMES.get(self.refers, 'uid')}" if self.refers else self.key


@dataclass(frozen=True)
class Kind:
    """The lines of one table. `kept` is the model whose history it is, None for the rows themselves."""

    name: str
    model: type[Model]
    kept: type[Model] | None = None
    is_cut: bool = False  # without its inner columns

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column but the number that the database gave the row; sorted by key."""
        found = sorted(self._columns(), key=lambda column: column.key)
        return tuple(column for column in found if not (self.is_cut and column.is_inner))

    def without_inner(self) -> "Kind":
        """The same without what tells who wrote or judged something, and why."""
        return replace(self, is_cut=True)

    def _columns(self) -> Iterator[Column]:
        own = self.model._meta.pk
        for field in self.model._meta.concrete_fields:
            if field is own or field.name in NOT_MOVED or (self.kept and field.name == "id"):
                continue
            refers = field.related_model if isinstance(field, ForeignKey) else None
            yield Column(field.name, field, refers)

    @property
    def names_own(self) -> bool:
        """Whether a line of this history needs `row`; a placement is known by its span and revision."""
        return self.kept is not None and self.kept is not Placement

    def own_name(self) -> Subquery:
        """The uid of the row that a row of this history is of."""
        assert self.kept is not None
        rows = self.kept._default_manager.filter(pk=OuterRef("id")).order_by()
        return Subquery(rows.values("uid")[:1])


ROWS: tuple[type[Model], ...] = (
    User, User.groups.through, Preference,
    Actor, ActorAlias, Post,
    Article, Revision, Zone,
    Statement, Point, Response, ResponseParty, ResponsePoint, Restatement,
    ReplyRecord, ContactAttempt,
    Span, Placement, Attribution,
    Assignment, Notice,
)  # fmt: skip
# What is filled in once all rows of a kind, or a later one, are there. A merged actor may share its
# Wikidata item with the one that it was merged into, and with no other.
LATER: dict[type[Model], tuple[str, ...]] = {
    Actor: ("merged_into", "wikidata"),
    Article: ("current_revision",),
}


def _name(model: type[Model]) -> str:
    words = {User: "user", User.groups.through: "role"}
    return words.get(model) or str(model._meta.verbose_name).replace(" ", "_")


def _histories() -> Iterator[Kind]:
    for model in ROWS:
        if hasattr(model, "history"):
            kept: Any = model
            yield Kind(f"{_name(model)}_history", kept.history.model, model)


KINDS: tuple[Kind, ...] = (*(Kind(_name(model), model) for model in ROWS), *_histories())
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
