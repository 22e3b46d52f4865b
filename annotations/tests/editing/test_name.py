from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.change import Stale
from annotations.editing.name import (
    NearDuplicate,
    PostDetails,
    give_post,
    name_actor,
    rename_actor,
    revise_post,
    withdraw_post,
)
from annotations.models import Actor, ActorAlias, Post
from annotations.tests.factories import make_actor, make_user, usual

pytestmark = pytest.mark.django_db


def _rename(actor: Actor, **other: Any) -> Actor:
    given: dict[str, Any] = {
        "user": usual("editor"),
        "version": actor.version,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": [alias.name for alias in actor.live_aliases()],
    } | other
    return rename_actor(actor=actor, **given)


def test_an_actor_is_named_with_its_other_names_folded() -> None:
    actor = name_actor(
        user=make_user(), name="Azizuddin Ma’arij", kind="person", aliases=["Ma’arij", "", "Azīz"]
    )

    assert (actor.name, actor.folded, actor.version) == ("Azizuddin Ma’arij", "azizuddin maarij", 1)
    assert [(a.name, a.folded) for a in actor.live_aliases()] == [
        ("Ma’arij", "maarij"),
        ("Azīz", "aziz"),
    ]


@pytest.mark.parametrize(
    "name",
    ["Sharif Ahmad Chaudhry", "sharif ahmad chaudhri", "Chaudhry Sharif Ahmad", "The General"],
)
def test_an_actor_of_nearly_the_same_name_is_offered_instead(name: str) -> None:
    there = make_actor("Sharif Ahmad Chaudhry", aliases=["the general"])

    with pytest.raises(NearDuplicate, match="Sharif Ahmad Chaudhry") as refused:
        name_actor(user=make_user(), name=name, kind="person")

    assert refused.value.candidates == [there]
    assert Actor.objects.count() == 1


def test_an_editor_may_name_it_all_the_same() -> None:
    make_actor("Asim Munir")

    other = name_actor(user=make_user(), name="Asim Munir", kind="person", although_near=True)

    assert Actor.objects.filter(name="Asim Munir").count() == 2
    assert other.uid


def test_quite_another_name_needs_no_question() -> None:
    make_actor("Asim Munir")

    actor = name_actor(user=make_user(), name="Jan Achakzai", kind="person")

    assert actor.name == "Jan Achakzai"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"wikidata": "Z9"}, "wikidata"),
        ({"aliases": ["\x00"]}, "name"),
    ],
)
def test_an_error_names_its_field(given: dict[str, Any], field: str) -> None:
    somebody: dict[str, Any] = {"user": make_user(), "name": "Somebody", "kind": "person"}

    with pytest.raises(ValidationError) as refused:
        name_actor(**(somebody | given))

    assert field in refused.value.message_dict
    assert Actor.objects.count() == 0


def test_two_actors_do_not_share_a_wikidata_item() -> None:
    make_actor("One", wikidata="Q42")

    with pytest.raises(ValidationError, match="merge the two instead"):
        make_actor("Two", wikidata="Q42")


def test_an_alias_that_stays_keeps_its_row_and_one_that_goes_is_withdrawn() -> None:
    actor = make_actor("Taliban", aliases=["Islamic Emirate", "the Taliban"])
    kept = actor.live_aliases()[0]

    changed = _rename(actor, name="The Taliban", aliases=["Islamic Emirate", "IEA"])

    assert [(a.pk == kept.pk, a.name) for a in changed.live_aliases()] == [
        (True, "Islamic Emirate"),
        (False, "IEA"),
    ]
    assert ActorAlias.objects.filter(withdrawn_at__isnull=False).get().name == "the Taliban"
    assert changed.folded == "the taliban"


def test_a_stale_name_is_refused() -> None:
    actor = make_actor("Taliban")
    _rename(actor, name="The Taliban")

    with pytest.raises(Stale):
        _rename(actor, name="IEA")

    assert Actor.objects.get().name == "The Taliban"


def test_a_post_is_given_changed_and_taken_back() -> None:
    holder, ministry = make_actor(), make_actor(kind="organisation")
    given = give_post(
        user=usual("editor"), holder=holder, details=PostDetails("spokesman", ministry)
    )

    changed = revise_post(
        user=usual("editor"),
        post=given,
        version=1,
        details=PostDetails("minister", ministry, since=date(2025, 1, 1)),
    )
    gone = withdraw_post(user=usual("editor"), post=changed, version=2)

    assert (changed.title, changed.since, changed.version) == ("minister", date(2025, 1, 1), 2)
    assert (set(Post.objects.all()), set(Post.objects.live())) == ({gone}, set())


def test_a_post_ends_after_it_began() -> None:
    details = PostDetails("spokesman", make_actor(), date(2026, 1, 2), date(2026, 1, 1))

    with pytest.raises(ValidationError, match="The post ends before it begins"):
        give_post(user=usual("editor"), holder=make_actor(), details=details)


def test_nobody_holds_a_post_in_themselves() -> None:
    actor = make_actor()

    with pytest.raises(ValidationError, match="Nobody holds a post in themselves"):
        give_post(user=usual("editor"), holder=actor, details=PostDetails("head", actor))
