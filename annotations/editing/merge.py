"""Two actors turn out to be one; or not, after all."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.editing.accuse import claims_about, refuse_two_records, refuse_unaccused
from annotations.editing.change import change, store, take
from annotations.models import Actor
from annotations.models.history import Verb
from annotations.permissions import User


def merge(*, user: User, actor: Actor, version: int, into: Actor) -> Actor:
    """The actor, merged: its attributions stay its own, reads resolve to `into`. Stale, ValidationError.

    Merges are one level deep, so actors merged into this one earlier go along, in the same change.
    """
    with change(Verb.MERGED, user):
        if into.pk == actor.pk:
            raise ValidationError({"into": _("An actor is not merged into itself.")})
        _hold(actor, into)
        into = Actor.objects.get(pk=into.pk)
        if into.merged_into_id:
            raise ValidationError(
                {
                    "into": _("%(one)s is itself merged into %(other)s; choose that one.")
                    % {"one": into.name, "other": into.resolved.name}
                }
            )
        actor = take(actor, version)
        if actor.merged_into_id:
            raise ValidationError(
                {"into": _("%(one)s is merged already; unmerge it first.") % {"one": actor.name}}
            )
        take(into, into.version).save()
        for follower in Actor.objects.filter(merged_into=actor):
            moved = take(follower, follower.version)
            moved.merged_into = into
            store(moved)
        actor.merged_into = into
        actor = store(actor)
        refuse_two_records(into)
        return actor


def unmerge(*, user: User, actor: Actor, version: int) -> Actor:
    """The actor, its own again, with those that went along when it was merged. Stale; ValidationError."""
    with change(Verb.UNMERGED, user):
        actor = take(actor, version)
        if not actor.merged_into_id:
            raise ValidationError(_("This actor is not merged."))
        followers, standing = followers_of(actor), actor.resolved
        actor.merged_into = None
        store(actor)
        for follower in followers:
            back = take(follower, follower.version)
            back.merged_into = actor
            store(back)
        _refuse_unaccused_after(actor, standing)
        return actor


def _refuse_unaccused_after(actor: Actor, standing: Actor) -> None:
    """ValidationError where a claim accuses the one and a link or record at it names the other."""
    merged = Actor.objects.filter(merged_into__in=[actor, standing]).values_list("pk", flat=True)
    try:
        refuse_unaccused(claims_about([actor.pk, standing.pk, *merged]))
    except ValidationError as error:
        raise ValidationError(
            _("They cannot be told apart yet. %(why)s") % {"why": " ".join(error.messages)}
        ) from error


def followers_of(actor: Actor) -> list[Actor]:
    """Those that were merged into this one and went along in its merge, as far as they are still where it took them."""
    merge_row = actor.history.filter(verb=Verb.MERGED).order_by("-history_id").first()
    if merge_row is None:
        return []
    moved = Actor.history.filter(change_id=merge_row.change_id, merged_into=actor.merged_into_id)
    keys = [row.id for row in moved.exclude(id=actor.pk) if _was_merged_into(actor, row)]
    return list(Actor.objects.filter(pk__in=keys, merged_into=actor.merged_into_id).order_by("pk"))


def _was_merged_into(actor: Actor, row: Any) -> bool:
    """Whether the history row took over from one that had the actor merged into this one."""
    return row.prev_record is not None and row.prev_record.merged_into_id == actor.pk


def _hold(*actors: Actor) -> None:
    """Lock the rows in the order of their keys, so that two merges crosswise wait and do not deadlock."""
    keys = sorted(actor.pk for actor in actors)
    list(Actor.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
