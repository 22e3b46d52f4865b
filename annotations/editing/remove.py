"""A span is taken out of what it belongs to; undoing that puts it back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.editing.change import change, take_editable, take_out
from annotations.editing.highlight import require_content, store_changed
from annotations.editing.place import Owner
from annotations.models import Span, Statement
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
            raise ValidationError(_("It was removed already."))
        take_out(part)
        if isinstance(owner, Statement):
            require_content(owner)
        return store_changed(owner, part.role)
