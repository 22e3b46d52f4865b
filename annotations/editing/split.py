"""Words of a statement become a statement of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.anchoring.carry import carry
from annotations.anchoring.cut import Place, cut
from annotations.anchoring.quotation import describe
from annotations.editing.accuse import refuse_unaccused
from annotations.editing.attribute import PartInput, attach_sources, attribute
from annotations.editing.bring_words import copy_places
from annotations.editing.change import (
    change,
    send_back_to_review,
    store,
    take,
    take_editable,
    take_out,
)
from annotations.editing.highlight import require_content, store_folded
from annotations.editing.place import (
    Ground,
    Selection,
    ground,
    move,
    new_span,
    row_at,
    words_at,
)
from annotations.models import (
    Placement,
    ReplyRecord,
    Response,
    Restatement,
    Revision,
    Span,
    Statement,
)
from annotations.models.history import Change, Verb
from annotations.models.record import LIVE
from annotations.permissions import User

Link = Response | Restatement | ReplyRecord
SAME = ("form", "act", "said_on", "said_on_precision", "said_on_as_printed", "venue")


@dataclass(frozen=True)
class Along:
    """A link or reply record that is to go along, and the version that whoever chose it knew."""

    link: Link
    version: int


@dataclass(frozen=True)
class Parted:
    """The statement that was split, and the one that came of it."""

    first: Statement
    second: Statement


def split(
    *,
    user: User,
    statement: Statement,
    version: int,
    selections: Sequence[Selection],
    revision_number: int,
    links: Sequence[Along] = (),
) -> Parted:
    """The chosen words of the statement are a new one, a draft; the statement keeps the rest.

    The new one has the same actors, form, act, date and venue, and copies of the source and cue words.
    Points, gist and note stay, and so do links and reply records but for those named. Approved work
    that changed goes back to submitted. Words chosen in an older revision are those that they are in the
    newest. Stale, also for a link; ValidationError where the words are none of its content or all of it,
    where a correction left them without a certain place, or where a link cannot go.
    """
    with change(Verb.SPLIT, user) as act:
        found = ground(statement.article, revision_number)
        first = take_editable(statement, version, user)
        second = _beside(first, act)
        _part(first, second, found, selections)
        attribute(second, _same_parts(first))
        attach_sources(second)
        for along in links:
            _take_along(along, first, second)
        refuse_unaccused([first.pk, second.pk])
        send_back_to_review(first)
        return Parted(store_folded(first), store_folded(second))


def _beside(first: Statement, act: Change) -> Statement:
    second = Statement(article=first.article, article_day=first.article_day, created_by=act.user)
    for name in SAME:
        setattr(second, name, getattr(first, name))
    return store(second)


def _same_parts(first: Statement) -> list[PartInput]:
    """Its actors; of two that were merged since, one."""
    parts: dict[tuple[str, int], PartInput] = {}
    for row in first.live_attributions():
        words = (row.as_printed, row.title_as_printed, row.speaker_basis)
        parts.setdefault((row.part, row.actor.resolved_id), PartInput(row.part, row.actor, *words))
    return list(parts.values())


def _part(
    first: Statement, second: Statement, found: Ground, selections: Sequence[Selection]
) -> None:
    """Content goes as chosen; source and cue words stand in both from now on."""
    chosen = [_now(found, selection) for selection in selections]
    rows = Placement.objects.filter(
        span__in=first.spans.filter(LIVE, role=Span.Role.CONTENT), revision=found.newest
    )
    gone = [place for row in rows.order_by("start") for place in _cut(first, row, found, chosen)]
    if not gone:
        raise ValidationError(
            {"spans": _("Choose words of this statement: those that become one of their own.")}
        )
    if not first.spans.filter(LIVE, role=Span.Role.CONTENT).exists():
        raise ValidationError(
            {"spans": _("These are all the words that it has. Choose a part of them.")}
        )
    for place in gone:
        _put(second, found.newest, place)
    require_content(second)
    for span in first.spans.filter(LIVE).exclude(role=Span.Role.CONTENT).order_by("ordinal"):
        copy_places(span, new_span(second, span.role))


def _now(found: Ground, selection: Selection) -> Place:
    """Where the words stand in the newest text; ValidationError where that isn't beyond doubt."""
    words = words_at(found.chosen, selection)
    if found.chosen == found.newest:
        return words.start, words.end
    (carried,) = carry(found.chosen.text, found.newest.text, [words])
    if carried.place is None:
        raise ValidationError(
            {"spans": _("The text was corrected meanwhile. Choose the words again.")}
        )
    return carried.place.start, carried.place.end


def _cut(statement: Statement, row: Placement, found: Ground, chosen: list[Place]) -> list[Place]:
    """The places that go of one piece; what is left of it stays, the first part in the piece's own row."""
    if row.start is None or row.end is None:
        return []
    text = found.newest.text
    goes, left = cut(text, (row.start, row.end), chosen)
    if not goes:
        return []
    if left:
        move(row, row_at(found.newest, describe(text, *left[0])))
    else:
        take_out(row.span)
    for place in left[1:]:
        _put(statement, found.newest, place)
    return goes


def _put(statement: Statement, revision: Revision, place: Place) -> None:
    row = row_at(revision, describe(revision.text, *place))
    row.span = new_span(statement, Span.Role.CONTENT)
    store(row)


def _take_along(along: Along, first: Statement, second: Statement) -> None:
    """The link stands at the second statement from now on; it answers no points there, since those stayed."""
    taken = take(along.link, along.version)
    ends = [name for name in ENDS[type(taken)] if getattr(taken, f"{name}_id") == first.pk]
    if not ends or taken.is_withdrawn:
        raise ValidationError(_("A link that was to go along is not at this statement any more."))
    for name in ends:
        setattr(taken, name, second)
    if isinstance(taken, Response) and "claim" in ends:
        for answered in taken.answers.filter(LIVE):
            take_out(answered)
    send_back_to_review(taken)
    store(taken)


ENDS: dict[type[Link], tuple[str, ...]] = {
    Response: ("claim", "response"),
    Restatement: ("of", "by"),
    ReplyRecord: ("claim",),
}
