"""What a person placed in a corrected text waits again, as before."""

from django.core.exceptions import ValidationError

from annotations.editing.change import change, store, take_editable
from annotations.editing.highlight import store_changed
from annotations.editing.place import Owner, hold
from annotations.models import Placement, Span
from annotations.models.history import Verb
from annotations.permissions import User


def unsettle(*, user: User, span: Span, version: int) -> Owner:
    """The owner of a span that `settle` placed, the span waiting again with the words it had.

    `version` is the owner's. Stale; ValidationError where no person placed it in the newest text.
    """
    with change(Verb.REVISED, user):
        newest = hold(_last(span).revision.article).revision
        owner: Owner = take_editable(span.owner, version, user)
        row = _last(span)
        states = row.history.filter(state=Placement.State.NEEDS_PLACING)
        waited = states.order_by("-history_id").first()
        if row.revision != newest or row.needs_placing or waited is None:
            raise ValidationError("There is nothing to undo: nobody placed it in the newest text.")
        row.state, row.reason, row.start, row.end = waited.state, waited.reason, None, None
        row.exact, row.prefix, row.suffix = waited.exact, waited.prefix, waited.suffix
        store(row)
        return store_changed(owner)


def _last(span: Span) -> Placement:
    rows = Placement.objects.filter(span=span).select_related("revision__article")
    return rows.order_by("-revision__number")[0]
