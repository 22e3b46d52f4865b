"""The ends of words that are marked already are moved."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.change import change, hold_editable, take
from annotations.editing.highlight import store_changed
from annotations.editing.place import (
    Ground,
    Owner,
    Selection,
    ground,
    move,
    refuse_overlap,
    row_at,
    words_at,
)
from annotations.models import Placement, Span
from annotations.models.history import Verb
from annotations.permissions import User


def resize(*, user: User, span: Span, version: int, selection: Selection, chosen_in: int) -> Owner:
    """The owner of the span, which stands at the selection from now on; earlier texts keep what they had.

    `version` is the owner's, `chosen_in` the number of the revision. The selection's role is not read:
    the span keeps its own. Approved work goes back to submitted. Stale; ValidationError where the text
    was corrected meanwhile, the words wait for a place, or other pieces of the owner stand there.
    """
    with change(Verb.RESIZED, user):
        last = span.placement()
        if last is None:
            raise ValidationError(_("These words stand in no text."))
        found = ground(last.revision.article, chosen_in)
        owner: Owner = hold_editable(span.owner, version, user)
        row = place_of(span, found)
        placed = row_at(found.newest, words_at(found.newest, selection))
        refuse_overlap(owner, span.role, placed, but=span)
        if (row.start, row.end) == (placed.start, placed.end):
            return owner
        owner = take(owner, version)
        move(row, placed)
        return store_changed(owner, span.role)


def place_of(span: Span, found: Ground) -> Placement:
    """Where a span in use stands in the newest text; ValidationError where it stands there no more, or not yet."""
    if found.chosen != found.newest:
        raise ValidationError(_("The text was corrected meanwhile. Choose the words again."))
    rows = Placement.objects.filter(span=span, span__withdrawn_at__isnull=True)
    row = rows.filter(revision=found.newest).first()
    if row is None:
        raise ValidationError(_("These words were removed meanwhile."))
    if row.start is None:
        raise ValidationError(_("These words need placing first."))
    return row
