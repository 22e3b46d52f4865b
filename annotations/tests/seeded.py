"""What annotations.json says, read here without the code that loads it: what tests compare with."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from annotations.imports import seeds
from annotations.models import Statement
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.factories import usual

FOLDER = settings.BASE_DIR / "seeds"
ANNOTATIONS: dict[str, Any] = json.loads((FOLDER / "annotations.json").read_text(encoding="utf-8"))
ACTORS: dict[str, dict[str, Any]] = {actor["key"]: actor for actor in ANNOTATIONS["actors"]}
ARTICLES: list[dict[str, Any]] = ANNOTATIONS["articles"]
STATEMENTS: dict[str, dict[str, Any]] = {
    statement["id"]: statement | {"file": article["file"]}
    for article in ARTICLES
    for statement in article["statements"]
}
REPLIES: list[dict[str, Any]] = [
    reply | {"claim": claim}
    for article in ARTICLES
    for reply in article.get("reply_records", [])
    for claim in reply["claims"]
]


def load() -> dict[str, int] | None:
    """The seeds, written by the usual editor and approved by the usual reviewer."""
    editor, reviewer = people()
    return seeds.load(FOLDER, editor=editor, reviewer=reviewer)


def people() -> tuple[User, User]:
    """The usual editor and the usual reviewer."""
    return usual(EDITOR), usual(REVIEWER)


def named(key: str) -> str:
    """The name of the actor with this key."""
    return str(ACTORS[key]["name"])


def words(statement: dict[str, Any], role: str) -> tuple[str, ...]:
    """The exact words of the statement's spans of one role, in the file's order."""
    return tuple(
        span["exact"] if isinstance(span, dict) else span for span in statement.get(role, [])
    )


def text_of(file: str) -> str:
    """The article's text as received."""
    return (FOLDER / file).read_text(encoding="utf-8")


def stored(key: str) -> Statement:
    """The stored statement with this id in the file."""
    return Statement.objects.get(uid=seeds.uid_of("statement", key))


def ids() -> dict[Any, str]:
    """The file's id of each stored statement, by uid."""
    return {seeds.uid_of("statement", key): key for key in STATEMENTS}
