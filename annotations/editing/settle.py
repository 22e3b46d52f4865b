"""Words that needed placing after a correction are placed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.change import change, take_editable
from annotations.editing.highlight import store_changed
from annotations.editing.place import (
    Owner,
    Selection,
    ground,
    move,
    refuse_second_place,
    row_at,
    words_at,
)
from annotations.models import Placement, Span
from annotations.models.history import Verb
from annotations.permissions import User


@dataclass(frozen=True)
class Named:
    """A span as an act names it: with the version of its owner that the act is based on."""

    span: Span
    version: int


def settle_together(
    *, user: User, waiting: Sequence[Named], selection: Selection, chosen_in: int
) -> list[Owner]:
    """The owners of spans that waited at the same words, all of them now where a person says; or none.

    The selection's role is each span's own; otherwise like `settle`. ValidationError also where one of
    them does not wait at the words of the others.
    """
    with change(Verb.PLACED, user):
        if len({_stood_at(one.span) for one in waiting}) > 1:
            raise ValidationError(_("Not all of these wait at the same words any more."))
        done: dict[
            Owner, Owner
        ] = {}  # of two spans of one owner, the later is based on the earlier
        for one in waiting:
            before = done.get(one.span.owner)
            owner = settle(
                user=user,
                span=one.span,
                version=before.version if before else one.version,
                selection=replace(selection, role=one.span.role),
                chosen_in=chosen_in,
            )
            done[owner] = owner
        return list(done.values())


def _stood_at(span: Span) -> tuple[int, int | None, int | None]:
    """The place that the words had last: revision, start and end."""
    rows = Placement.objects.filter(span=span, start__isnull=False).order_by("-revision__number")
    last = rows[0]  # every span was placed once
    return last.revision_id, last.start, last.end


def settle(*, user: User, span: Span, version: int, selection: Selection, chosen_in: int) -> Owner:
    """The owner of a span that needed placing, with it where a person says it stands.

    `version` is the owner's, `chosen_in` the number of the revision. Approved work goes back to
    submitted. Stale; ValidationError where it doesn't wait any more, where other words stand, or where
    the text was corrected meanwhile.
    """
    with change(Verb.PLACED, user):
        row = Placement.objects.waiting().filter(span=span).select_related("revision").first()
        if row is None:
            raise ValidationError(_("It does not need placing any more."))
        found = ground(row.revision.article, chosen_in)
        if found.chosen != found.newest or row.revision != found.newest:
            raise ValidationError(_("The text was corrected meanwhile. Choose the words again."))
        owner: Owner = take_editable(span.owner, version, user)
        placed = row_at(found.newest, words_at(found.newest, selection))
        refuse_second_place(owner, selection, placed)
        move(row, placed)
        return store_changed(owner, span.role)
