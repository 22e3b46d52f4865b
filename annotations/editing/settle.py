"""Words that needed placing after a correction are placed by a person."""

from django.core.exceptions import ValidationError

from annotations.editing.change import change, store, take_editable
from annotations.editing.highlight import store_changed
from annotations.editing.place import (
    Owner,
    Selection,
    ground,
    refuse_second_place,
    row_at,
    words_at,
)
from annotations.models import Placement, Span
from annotations.models.history import Verb
from annotations.permissions import User


def settle(*, user: User, span: Span, version: int, selection: Selection, chosen_in: int) -> Owner:
    """The owner of a span that needed placing, with it where a person says it stands.

    `version` is the owner's, `chosen_in` the number of the revision. Approved work goes back to
    submitted. Stale; ValidationError where it doesn't wait any more, where other words stand, or where
    the text was corrected meanwhile.
    """
    with change(Verb.PLACED, user):
        row = Placement.objects.waiting().filter(span=span).select_related("revision").first()
        if row is None:
            raise ValidationError("It does not need placing any more.")
        found = ground(row.revision.article, chosen_in)
        if found.chosen != found.newest or row.revision != found.newest:
            raise ValidationError("The text was corrected meanwhile. Choose the words again.")
        owner: Owner = take_editable(span.owner, version, user)
        placed = row_at(found.newest, words_at(found.newest, selection))
        refuse_second_place(owner, selection, placed)
        row.state, row.reason, row.start, row.end = placed.state, "", placed.start, placed.end
        row.exact, row.prefix, row.suffix = placed.exact, placed.prefix, placed.suffix
        store(row)
        return store_changed(owner)
