"""Actors, their names and posts."""

from collections.abc import Iterator

from annotations.anchoring.fold import fold
from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, fits, invariant
from annotations.models import Actor, ActorAlias
from annotations.models.validators import wikidata_item


@invariant
def no_actor_is_merged_into_itself(using: str) -> Iterator[Found]:
    """Rule 4: an actor is merged into another one."""
    return broken(using, "actor_is_not_merged_into_itself")


@invariant
def merges_are_one_level_deep(using: str) -> Iterator[Found]:
    """An actor is merged into one that is not merged itself, so that reads resolve it in one step."""
    rows = Actor.objects.using(using).filter(merged_into__merged_into__isnull=False)
    for pk, name in rows.values_list("pk", "merged_into__name").iterator(CHUNK):
        yield Found(Actor, pk, f"It is merged into {name}, which is merged into another actor.")


@invariant
def names_are_found_by_their_folded_form(using: str) -> Iterator[Found]:
    """Look-up reads the folded names of actors and their aliases: they are made of the names."""
    for model in (Actor, ActorAlias):
        rows = model._default_manager.using(using).order_by("pk")
        for pk, name, folded in rows.values_list("pk", "name", "folded").iterator(CHUNK):
            if fold(name) != folded:
                yield Found(model, pk, f"“{name}” is looked up as “{folded}”.")


@invariant
def a_wikidata_item_has_its_shape(using: str) -> Iterator[Found]:
    """A Wikidata item is a Q followed by digits."""
    rows = Actor.objects.using(using).exclude(wikidata="").values_list("pk", "wikidata")
    for pk, item in rows.iterator(CHUNK):
        if not fits(item, wikidata_item):
            yield Found(Actor, pk, f"“{item}” is no Wikidata item.")


@invariant
def a_wikidata_item_is_of_one_actor(using: str) -> Iterator[Found]:
    """No two actors that stand (are not merged) have the same Wikidata item."""
    return broken(using, "wikidata_item_names_one_actor")


@invariant
def a_post_begins_before_it_ends(using: str) -> Iterator[Found]:
    """A post's dates are in order."""
    return broken(using, "post_begins_before_it_ends")
