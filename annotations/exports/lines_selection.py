"""What one user takes away as JSON Lines: the statements they see, narrowed, with all that belongs to them.

The same lines as in the whole file, without histories: what is in use, of what the user sees. Beside the
chosen statements stand those that answer or restate them, or that they answer or restate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model, Q, QuerySet

from annotations import permissions
from annotations.exports.formats import Order
from annotations.exports.lines import head, lines_of
from annotations.models import (
    Actor,
    ActorAlias,
    Article,
    Attribution,
    ContactAttempt,
    Placement,
    Point,
    Post,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    Revision,
    Span,
    Statement,
    Zone,
)
from annotations.models.kinds import KINDS, SELECTION
from annotations.models.record import LIVE

AT_ONCE = 500  # rows named in one query

Rows = QuerySet[Any, Any]
Keys = list[int]


def selection(order: Order, using: str) -> Iterator[bytes]:
    """The file in pieces. Who sees approved work only is not told who wrote or judged it, and why."""
    chosen = _Choice(order, using).made()
    kinds = [kind for kind in KINDS if kind.model in WAYS]
    if not permissions.sees_everything(order.user):
        kinds = [kind.without_inner() for kind in kinds]
    counts = {
        kind.name: sum(rows.count() for rows in chosen.rows(kind.model, using)) for kind in kinds
    }
    yield head(SELECTION, counts, chosen.newest(using))
    for kind in kinds:
        for rows in chosen.rows(kind.model, using):
            for lines in lines_of(kind, rows):
                yield b"".join(lines)


# How the rows of each kind are found: by which column, from the keys of which records.
WAYS: dict[type[Model], tuple[tuple[str, type[Model]], ...]] = {
    Actor: (("pk", Actor),),
    ActorAlias: (("actor", Actor),),
    Post: (("pk", Post),),
    Article: (("pk", Article),),
    Revision: (("article", Article),),
    Zone: (("revision__article", Article),),
    Statement: (("pk", Statement),),
    Point: (("statement", Statement),),
    Response: (("pk", Response),),
    ResponseParty: (("response", Response),),
    ResponsePoint: (("response", Response),),
    Restatement: (("pk", Restatement),),
    ReplyRecord: (("pk", ReplyRecord),),
    ContactAttempt: (("reply_record", ReplyRecord),),
    Span: (
        ("statement", Statement),
        ("response", Response),
        ("reply_record", ReplyRecord),
    ),
    Placement: (
        ("span__statement", Statement),
        ("span__response", Response),
        ("span__reply_record", ReplyRecord),
    ),
    Attribution: (("statement", Statement),),
}


@dataclass(frozen=True)
class _Chosen:
    """The keys of the records, in their order."""

    keys: dict[type[Model], Keys]

    def rows(self, model: type[Model], using: str) -> Iterator[Rows]:
        """The rows of this kind in use, so many records' at a time."""
        for column, record in WAYS[model]:
            for some in _batches(self.keys[record]):
                rows: Rows = model._default_manager.using(using).filter(**{f"{column}__in": some})
                yield _in_use(model, rows)

    def newest(self, using: str) -> Any:
        """When the newest change of one of the statements was made."""
        found = [
            Statement.objects.using(using).filter(pk__in=some).aggregate(at=Max("changed_at"))["at"]
            for some in _batches(self.keys[Statement])
        ]
        return max(found, default=None)


def _in_use(model: type[Model], rows: Rows) -> Rows:
    """Without what was taken out, or belongs to what was."""
    if model is Placement:
        return rows.filter(span__withdrawn_at__isnull=True)
    if model is ResponsePoint:
        rows = rows.filter(point__withdrawn_at__isnull=True)
    is_part = any(field.name == "withdrawn_at" for field in model._meta.concrete_fields)
    return rows.filter(LIVE) if is_part else rows


def _batches(keys: Keys) -> Iterator[Keys]:
    for at in range(0, len(keys), AT_ONCE):
        yield keys[at : at + AT_ONCE]


@dataclass(frozen=True)
class _Choice:
    """Finding the records: the statements first, then the links at them, then all that these name."""

    order: Order
    using: str

    def made(self) -> _Chosen:
        visible = Statement.objects.using(self.using).visible_to(self.order.user)
        chosen = list(self.order.narrow(visible).order_by().values_list("pk", flat=True))
        responses = self._links(Response, ("claim", "response"), chosen)
        restatements = self._links(Restatement, ("of", "by"), chosen)
        ends = {
            end for links in (responses, restatements) for link in links.values() for end in link
        }
        statements = sorted({*chosen, *ends})
        replies = sorted(self._keys(self._standing(ReplyRecord), "claim", statements, "pk"))
        found: dict[type[Model], Keys] = {
            Statement: statements,
            Response: sorted(responses),
            Restatement: sorted(restatements),
            ReplyRecord: replies,
        }
        found[Article] = self._articles(found)
        found[Actor] = self._actors(found)
        found[Post] = self._posts(found[Actor])
        return _Chosen(found)

    def _standing(self, model: Any) -> Rows:
        """What the user sees and nobody deleted."""
        rows: Rows = model.objects.using(self.using).visible_to(self.order.user).live()
        return rows.order_by()

    def _links(self, model: Any, ends: tuple[str, str], chosen: Keys) -> dict[int, tuple[int, int]]:
        """By key, both ends of each link at one of the chosen."""
        found: dict[int, tuple[int, int]] = {}
        for some in _batches(chosen):
            at = Q((f"{ends[0]}__in", some)) | Q((f"{ends[1]}__in", some))
            for key, *both in self._standing(model).filter(at).values_list("pk", *ends):
                found[key] = (both[0], both[1])
        return found

    def _keys(self, rows: Rows, column: str, keys: Iterable[int], wanted: str) -> set[int]:
        found: set[int | None] = set()
        for some in _batches(sorted(keys)):
            found |= set(rows.filter(**{f"{column}__in": some}).values_list(wanted, flat=True))
        return {key for key in found if key is not None}

    def _articles(self, found: dict[type[Model], Keys]) -> Keys:
        """Those of the statements, and those in which the evidence stands, as far as the user sees them."""
        statements = Statement.objects.using(self.using).order_by()
        placed = Placement.objects.using(self.using).filter(span__withdrawn_at__isnull=True)
        home, evidence = "article", "revision__article"
        keys = self._keys(statements, "pk", found[Statement], home)
        keys |= self._keys(placed, "span__reply_record", found[ReplyRecord], evidence)
        keys |= self._keys(placed, "span__response", found[Response], evidence)
        return self._seen(Article, keys)

    def _seen(self, model: Any, keys: Iterable[int]) -> Keys:
        rows = model.objects.using(self.using).visible_to(self.order.user).order_by()
        return sorted(self._keys(rows, "pk", keys, "pk"))

    def _actors(self, found: dict[type[Model], Keys]) -> Keys:
        """Whom statements, links, records and articles name, where those hold posts, and whom all were merged into."""
        named: set[int] = set()
        for model, column, record, wanted in (
            (Attribution, "statement", Statement, "actor"),
            (ResponseParty, "response", Response, "party"),
            (ReplyRecord, "pk", ReplyRecord, "party"),
            (ReplyRecord, "pk", ReplyRecord, "claimant"),
            (Article, "pk", Article, "outlet"),
        ):
            rows = _in_use(model, model._default_manager.using(self.using).order_by())
            named |= self._keys(rows, column, found[record], wanted)
        posts = Post.objects.using(self.using).visible_to(self.order.user).live().order_by()
        named |= self._keys(posts, "holder", named, "organisation")
        actors = Actor.objects.using(self.using).order_by()
        named |= self._keys(actors, "pk", named, "merged_into")
        return self._seen(Actor, named)

    def _posts(self, actors: Keys) -> Keys:
        """Those that one of the actors holds in another of them."""
        posts = Post.objects.using(self.using).visible_to(self.order.user).live().order_by()
        held = self._keys(posts, "holder", actors, "pk")
        return sorted(held & self._keys(posts, "organisation", actors, "pk"))
