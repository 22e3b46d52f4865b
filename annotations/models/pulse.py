"""Whether anything in an article changed: one query, whatever is in the whole database."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum

from annotations.models.article import Article
from annotations.models.assignment import Assignment
from annotations.models.reply import ReplyRecord
from annotations.models.response import Response, Restatement
from annotations.models.statement import Statement
from annotations.permissions import User

WIDE = 4096  # a record that goes and another that comes make another sum, whatever their versions


@dataclass(frozen=True)
class Pulse:
    """An article's key, the number of its newest text, and a mark that is another one after each change."""

    article: int
    revision: int
    marks: str


def pulse(uid: uuid.UUID, user: User) -> Pulse | None:
    """As far as the user sees the article, who has it and what is recorded in it; None where they don't see it.

    Each link is looked for from either end by itself: by one condition for both the database would read
    every link there is.
    """
    here = OuterRef("pk")
    kinds: list[QuerySet[Any, Any]] = [
        Statement.objects.visible_to(user).filter(article=here),
        Response.objects.visible_to(user).filter(claim__article=here),
        Response.objects.visible_to(user).filter(response__article=here),
        Restatement.objects.visible_to(user).filter(of__article=here),
        Restatement.objects.visible_to(user).filter(by__article=here),
        ReplyRecord.objects.visible_to(user).filter(claim__article=here),
    ]
    holder = Assignment.objects.visible_to(user).live().filter(article=here).values("pk")[:1]
    articles = Article.objects.visible_to(user).filter(uid=uid)
    sums = [_sum(rows) for rows in kinds]
    own = ("pk", "current_revision__number", "version")
    found = articles.values_list(*own, Subquery(holder), *sums).first()
    if found is None:
        return None
    key, revision, *each = found
    return Pulse(key, revision or 0, ".".join(str(one or 0) for one in [revision, *each]))


def _sum(rows: "QuerySet[Any, Any]") -> Subquery:
    """Of keys and versions: versions only rise, and no row is ever removed."""
    whole = Sum(F("pk") * WIDE + F("version"), output_field=BigIntegerField())
    return Subquery(
        rows.order_by().values(nothing=F("version") * 0).annotate(whole=whole).values("whole")[:1]
    )
