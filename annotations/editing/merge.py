"""Two actors turn out to be one; or not, after all."""

from typing import Any

from django.core.exceptions import ValidationError

from annotations.editing.change import change, store, take
from annotations.models import Actor
from annotations.models.history import Verb


def merge(*, user: Any, actor: Actor, version: int, into: Actor) -> Actor:
    """The actor, merged: its attributions stay its own, reads resolve to `into`. Stale, ValidationError.

    Merges are one level deep, so actors merged into this one earlier go along, in the same change.
    """
    with change(Verb.MERGED, user):
        if into.pk == actor.pk:
            raise ValidationError({"into": "An actor is not merged into itself."})
        into = Actor.objects.get(pk=into.pk)
        if into.merged_into_id:
            raise ValidationError(
                {
                    "into": f"{into.name} is itself merged into {into.resolved.name}; choose that one."
                }
            )
        actor = take(actor, version)
        if actor.merged_into_id:
            raise ValidationError({"into": f"{actor.name} is merged already; unmerge it first."})
        take(into, into.version).save()
        for follower in Actor.objects.filter(merged_into=actor):
            moved = take(follower, follower.version)
            moved.merged_into = into
            store(moved)
        actor.merged_into = into
        return store(actor)


def unmerge(*, user: Any, actor: Actor, version: int) -> Actor:
    """The actor, its own again. Stale; ValidationError where it is not merged."""
    with change(Verb.UNMERGED, user):
        actor = take(actor, version)
        if not actor.merged_into_id:
            raise ValidationError("This actor is not merged.")
        actor.merged_into = None
        return store(actor)
