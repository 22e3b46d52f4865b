"""An article's text as it stood in one revision, with the highlights that it had then."""

from dataclasses import dataclass

from annotations.models import Article, Placement, Revision, Span, Statement, Zone
from annotations.models.record import LIVE
from annotations.permissions import User
from annotations.views.beside import Beside, beside
from annotations.views.blocks import Block, blocks_of
from annotations.views.marks import marks_in, told_of

SHOWN = 300  # statements listed beside the text


@dataclass(frozen=True)
class Stood:
    """A statement as it stood in the revision: its words then, or that they needed placing."""

    statement: Statement
    kind: str
    words: str
    needs_placing: bool


@dataclass(frozen=True)
class OldText:
    """A revision as one user sees it, between the one before it and the one after."""

    article: Article
    revision: Revision
    blocks: list[Block]
    rows: list[Stood]
    more: int
    headline_in_text: bool
    before: Revision | None
    after: Revision | None
    diff: Beside | None

    @property
    def count(self) -> int:
        return len(self.rows) + self.more


def old_text(revision: Revision, user: User) -> OldText:
    """The revision's text, highlights and what changed in it, in a fixed number of queries."""
    article = revision.article
    before, after = (_beside(revision, by) for by in (-1, 1))
    told = told_of(article, user, with_deleted=True)
    replaced_at = {revision.pk: after.received_at} if after else {}
    places = Placement.objects.filter(revision=revision).of_statements_then(replaced_at)
    contents = places.filter(span__role=Span.Role.CONTENT, span__statement__in=list(told))
    words: dict[int, list[Placement]] = {}
    for place in contents.select_related("span").order_by("span__ordinal"):
        words.setdefault(place.span.statement_id or 0, []).append(place)
    order = sorted(words, key=lambda key: _start(words[key]))
    named = Statement.objects.visible_to(user).filter(pk__in=order[:SHOWN]).for_display().in_bulk()
    zones = list(Zone.objects.filter(LIVE, revision=revision))
    return OldText(
        article=article,
        revision=revision,
        blocks=list(blocks_of(revision.text, marks_in(places, told), zones, article.language)),
        rows=[_stood(named[key], told[key].kind, words[key]) for key in order[:SHOWN]],
        more=max(0, len(order) - SHOWN),
        headline_in_text=any(zone.kind == Zone.Kind.HEADLINE for zone in zones),
        before=before,
        after=after,
        diff=beside(before.text, revision.text) if before else None,
    )


def _beside(revision: Revision, by: int) -> Revision | None:
    number = revision.number + by
    return Revision.objects.filter(article=revision.article, number=number).first()


def _start(places: list[Placement]) -> tuple[bool, int]:
    first = places[0].start
    return (first is None, first or 0)


def _stood(statement: Statement, kind: str, places: list[Placement]) -> Stood:
    return Stood(
        statement=statement,
        kind=kind,
        words=" … ".join(place.exact for place in places),
        needs_placing=any(place.needs_placing for place in places),
    )
