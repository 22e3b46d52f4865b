"""A span is taken out of what it belongs to, and put back."""

from django.core.exceptions import ValidationError

from annotations.editing.change import change, store, take_editable, take_out
from annotations.editing.highlight import require_content, store_changed
from annotations.editing.place import Owner, Selection, hold, refuse_second_place
from annotations.models import Placement, Span, Statement
from annotations.models.history import Verb
from annotations.permissions import User


def remove(*, user: User, span: Span, version: int) -> Owner:
    """The owner without the span; `version` is the owner's. Approved work goes back to submitted.

    Stale; ValidationError where it was removed already, or is all that a statement says.
    """
    with change(Verb.REVISED, user):
        owner: Owner = take_editable(span.owner, version, user)
        part = owner.spans.get(pk=span.pk)
        if part.withdrawn_at is not None:
            raise ValidationError("It was removed already.")
        take_out(part)
        if isinstance(owner, Statement):
            require_content(owner)
        return store_changed(owner)


def put_back(*, user: User, span: Span, version: int) -> Owner:
    """The owner with the removed span, where it stood or waiting; `version` is the owner's.

    Stale; ValidationError where it wasn't removed, or the same words were chosen meanwhile.
    """
    with change(Verb.REVISED, user):
        rows = Placement.objects.filter(span=span).order_by("-revision__number")
        hold(rows.select_related("revision__article")[0].revision.article)
        owner: Owner = take_editable(span.owner, version, user)
        part = owner.spans.get(pk=span.pk)
        if part.withdrawn_at is None:
            raise ValidationError("It was not removed.")
        refuse_second_place(owner, Selection(part.role, 0, 0, part.exact()), rows[0])
        part.withdrawn_at = None
        store(part)
        return store_changed(owner)
