"""Healthy data with every kind of record in it, and ways past what keeps it so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import CheckConstraint, Model
from django.utils import timezone

from annotations.doctor.constraints import constraints
from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.editing.record_reply import attempt_contact
from annotations.models import (
    Actor,
    Article,
    Post,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    TEXT,
    approve_all,
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    request_changes,
    usual,
)


@dataclass
class World:
    """An article that was corrected, its work approved and sent back; a second one beside it."""

    article: Article
    other: Article
    claim: Statement
    answer: Statement
    waiting: Statement
    elsewhere: Statement
    link: Response
    restatement: Restatement
    reply: ReplyRecord
    speaker: Actor
    accused: Actor
    merged: Actor
    post: Post


def make_world() -> World:
    """All of it made as the pages make it."""
    editor = usual(EDITOR)
    accused, merged = make_actor("Accused"), make_actor("Also accused", aliases=["The accused"])
    speaker = make_actor("Speaker", wikidata="Q11", aliases=["Spokesman"])
    article = make_article(
        headline="Border", url="https://one.example/", text=f"Border\n{TEXT}\nEND"
    )
    claim = make_statement(
        article, speaker=speaker, about=[accused], source="The ministry", title="ministry",
        points=["It crossed.", "It shot."], said_on=date(2026, 3, 1),
    )  # fmt: skip
    answer = make_statement(article, "denied the claim", speaker=merged, act="denial")
    waiting = make_statement(article, "an expert called it likely.")
    merged = merge(user=editor, actor=merged, version=merged.version, into=fresh(accused))
    points = claim.live_points()[:1]
    link = make_response(claim, answer, parties=[merged], answers=points, marker="The army denied")
    again = make_statement(article, "the army crossed the border on Monday")
    restatement = make_restatement(claim, again)
    reply = make_reply_record(claim, accused, evidence="Nothing of the kind happened")
    attempt_contact(
        user=editor, record=reply, version=reply.version, attempted_at=timezone.now(), means="phone"
    )
    approve_all(claim, answer, waiting, link, restatement)
    request_changes(fresh(reply))
    other = make_article(url="https://two.example/", published_on=date(2026, 3, 2))
    elsewhere = make_statement(other)
    post = give_post(user=editor, holder=speaker, details=PostDetails("head", make_actor()))
    newer = f"Border\n{TEXT.replace('likely', 'unlikely')}\nUpdated.\nEND"
    return World(
        correct_text(article, newer), other, fresh(claim), answer, fresh(waiting), elsewhere,
        fresh(link), fresh(restatement), fresh(reply), speaker, fresh(accused), fresh(merged), post,
    )  # fmt: skip


Plant = Callable[[World], Sequence[Model | str]]
PLANTS: list[tuple[str, Plant]] = []


def plants(invariant: str) -> Callable[[Plant], Plant]:
    """Have the function tried: it plants a defect, and answers with the records that are to be found."""

    def planted(plant: Plant) -> Plant:
        PLANTS.append((invariant, plant))
        return plant

    return planted


def write(row: Model, **values: Any) -> None:
    """The row's columns, past editing and history."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def copy(row: Model, **values: Any) -> Any:
    """A second row like this one, past editing and history."""
    columns = [field.attname for field in row._meta.concrete_fields]
    kept = {
        name: getattr(row, name) for name in columns if name not in {row._meta.pk.attname, "uid"}
    }
    (made,) = type(row)._default_manager.bulk_create([type(row)(**kept | values)])
    return made


def remove(row: Model) -> None:
    """The row, past PROTECT and history; what refers to it is left."""
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    rows._raw_delete(rows.db)


def statement(text: str, *values: Any) -> None:
    """One statement of SQL."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def drop(name: str) -> None:
    """The constraint; until the transaction is rolled back or, on SQLite's checks, till `keep_checks`."""
    model, constraint = constraints()[name]
    connection.check_constraints()  # PostgreSQL alters no table that deferred checks wait for
    if not isinstance(constraint, CheckConstraint) and constraint.condition is not None:
        statement(f'DROP INDEX "{name}"')
    elif connection.vendor == "postgresql":
        statement(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
    else:
        statement("PRAGMA ignore_check_constraints = ON")


def keep_checks() -> None:
    """SQLite's check constraints, in force again."""
    if connection.vendor == "sqlite":
        statement("PRAGMA ignore_check_constraints = OFF")
