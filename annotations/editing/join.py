"""Two statements of an article turn out to be one."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from annotations.editing.accuse import claims_answered_by, hold_ends, refuse_unaccused
from annotations.editing.attribute import attach_sources
from annotations.editing.bring_links import both, bring_links
from annotations.editing.bring_words import bring_words
from annotations.editing.change import change, send_back_to_review, store, take_editable
from annotations.editing.highlight import store_folded
from annotations.editing.place import hold
from annotations.models import Attribution, Point, ReviewState, Statement
from annotations.models.history import Verb
from annotations.models.record import LIVE
from annotations.permissions import User

KEPT = ("form", "act")
FILLED = ("gist", "venue", "said_on_as_printed")


def join(
    *, user: User, statement: Statement, version: int, other: Statement, other_version: int
) -> Statement:
    """The statement with all that the other one had, which is deleted.

    Words, actors and points come over unless they are there already; pieces that touch or lie over each
    other become one. Links and reply records stand at the statement from now on: what would be there
    twice becomes one, what would link it with itself is deleted. Its own details stand; the other's fill
    what is empty, and its note follows. Approved work that changed goes back to submitted. Stale;
    ValidationError for the statement itself, one of another article, or a circle of restatements.
    """
    with change(Verb.JOINED, user):
        refuse_unlike(statement, other)
        hold(statement.article)
        hold_ends(statement, other)
        kept = take_editable(statement, version, user)
        gone = take_editable(other, other_version, user)
        bring_words(gone, kept)
        _bring_actors(gone, kept)
        points = _bring_points(gone, kept)
        _fill(kept, gone)
        bring_links(gone, kept, points)
        gone.state = ReviewState.WITHDRAWN
        store(gone)
        refuse_unaccused([kept.pk, *claims_answered_by([kept.pk])])
        send_back_to_review(kept)
        return store_folded(kept)


def refuse_unlike(statement: Statement, other: Statement) -> None:
    """ValidationError where the two are not two statements of one article."""
    if statement.pk == other.pk:
        raise ValidationError(_("Choose another statement: this one is itself."))
    if statement.article_id != other.article_id:
        raise ValidationError(
            _("The two stand in different articles. “Said again by…” links them.")
        )


def _bring_actors(gone: Statement, kept: Statement) -> None:
    there = {(row.part, row.actor.resolved_id) for row in kept.live_attributions()}
    for row in gone.live_attributions():
        if (row.part, row.actor.resolved_id) in there:
            continue
        there.add((row.part, row.actor.resolved_id))
        of_part = kept.attributions.filter(part=row.part)
        last = of_part.aggregate(last=Max("ordinal"))["last"] or 0
        copy = Attribution(statement=kept, part=row.part, actor=row.actor, ordinal=last + 1)
        copy.as_printed, copy.title_as_printed = row.as_printed, row.title_as_printed
        copy.speaker_basis = row.speaker_basis
        store(copy)
    attach_sources(kept)


def _bring_points(gone: Statement, kept: Statement) -> dict[int, Point]:
    """By the key of the other's point, the point of the statement that says the same from now on."""
    there = {point.text.casefold(): point for point in kept.points.filter(LIVE)}
    last = kept.points.aggregate(last=Max("ordinal"))["last"] or 0
    same = {}
    for point in gone.points.filter(LIVE).order_by("ordinal"):
        found = there.get(point.text.casefold())
        if found is None:
            last += 1
            found = store(Point(statement=kept, ordinal=last, text=point.text))
            there[point.text.casefold()] = found
        same[point.pk] = found
    return same


def _fill(kept: Statement, gone: Statement) -> None:
    for name in FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    if kept.said_on is None:
        kept.said_on, kept.said_on_precision = gone.said_on, gone.said_on_precision
    kept.note = both(kept.note, gone.note)
