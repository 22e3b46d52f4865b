import pytest
from django.core.exceptions import ValidationError

from annotations.editing.change import Stale
from annotations.editing.merge import merge, unmerge
from annotations.models import Actor, Attribution, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    make_actor,
    make_reply_record,
    make_response,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db


def _merge(actor: Actor, into: Actor) -> Actor:
    return merge(user=usual("editor"), actor=actor, version=_now(actor).version, into=into)


def _now(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


def test_attributions_keep_the_actor_chosen_and_reads_resolve_it() -> None:
    chosen, standing = make_actor("Islamic Emirate"), make_actor("Taliban")
    statement = make_statement(speaker=chosen, source="The ministry")

    _merge(chosen, standing)

    row = Attribution.objects.get(part="speaker")
    assert (row.actor, row.actor.resolved, row.as_printed) == (chosen, standing, "The ministry")
    assert list(Statement.objects.with_actor(standing, "speaker")) == [statement]


def test_unmerging_gives_the_actor_its_statements_back() -> None:
    chosen, standing = make_actor(), make_actor()
    statement = make_statement(speaker=chosen)
    merged = _merge(chosen, standing)

    unmerge(user=usual("editor"), actor=merged, version=merged.version)

    assert _now(chosen).resolved == chosen
    assert list(Statement.objects.with_actor(standing)) == []
    assert list(Statement.objects.with_actor(chosen)) == [statement]


def test_merges_stay_one_level_deep_in_one_change() -> None:
    first, second, third = make_actor(), make_actor(), make_actor()
    _merge(first, second)

    _merge(second, third)

    assert {_now(actor).merged_into for actor in (first, second)} == {third}
    changes = {_now(actor).history.first().change_id for actor in (first, second)}
    assert len(changes) == 1


def test_an_actor_is_not_merged_into_itself() -> None:
    actor = make_actor()

    with pytest.raises(ValidationError, match="not merged into itself"):
        _merge(actor, actor)


def test_an_actor_is_not_merged_into_one_that_is_merged() -> None:
    first, second, third = make_actor(), make_actor("Second"), make_actor("Third")
    _merge(second, third)

    with pytest.raises(ValidationError, match="Second is itself merged into Third"):
        _merge(first, second)

    assert _now(first).merged_into is None


def test_an_actor_is_merged_once() -> None:
    first, second, third = make_actor("First"), make_actor(), make_actor()
    _merge(first, second)

    with pytest.raises(ValidationError, match="First is merged already"):
        _merge(first, third)


def test_what_is_not_merged_is_not_unmerged() -> None:
    actor = make_actor()

    with pytest.raises(ValidationError, match="This actor is not merged"):
        unmerge(user=usual("editor"), actor=actor, version=actor.version)


def test_a_stale_merge_is_refused() -> None:
    first, second = make_actor(), make_actor()
    merge(user=usual("editor"), actor=make_actor(), version=1, into=first)

    with pytest.raises(Stale):
        merge(user=usual("editor"), actor=first, version=1, into=second)

    assert _now(first).merged_into is None


def test_an_actor_that_shares_its_item_with_another_stays_merged() -> None:
    first = make_actor(wikidata="Q42")
    merged = _merge(first, make_actor())
    make_actor(wikidata="Q42")

    with pytest.raises(ValidationError, match="Another actor has this Wikidata item"):
        unmerge(user=usual("editor"), actor=merged, version=merged.version)


def test_unmerging_takes_back_those_that_went_along() -> None:
    first, second, third = make_actor(), make_actor(), make_actor()
    _merge(first, second)
    merged = _merge(second, third)

    unmerge(user=usual("editor"), actor=merged, version=merged.version)

    assert _now(second).merged_into is None
    assert _now(first).merged_into == second


def test_unmerging_leaves_who_went_elsewhere_since() -> None:
    first, second, third = make_actor(), make_actor(), make_actor()
    _merge(first, second)
    merged = _merge(second, third)
    unmerge(user=usual("editor"), actor=_now(first), version=_now(first).version)

    unmerge(user=usual("editor"), actor=merged, version=merged.version)

    assert _now(first).merged_into is None


def test_two_with_a_reply_record_on_one_claim_are_not_merged() -> None:
    bob, robert = make_actor("Bob"), make_actor("Robert")
    claim = make_statement(about=[bob, robert])
    make_reply_record(claim, bob)
    make_reply_record(claim, robert)

    with pytest.raises(ValidationError, match="Both have a reply record on the claim"):
        merge(user=usual(EDITOR), actor=bob, version=bob.version, into=robert)

    bob.refresh_from_db()
    assert bob.merged_into is None


def test_two_that_are_named_for_each_other_are_not_unmerged() -> None:
    bob, robert = make_actor("Bob"), make_actor("Robert")
    claim = make_statement(about=[robert])
    merged = merge(user=usual(EDITOR), actor=bob, version=bob.version, into=robert)
    make_response(claim, parties=[merged])

    with pytest.raises(ValidationError, match="A response answers for Bob"):
        unmerge(user=usual(EDITOR), actor=merged, version=merged.version)
