"""Data that people made by the pages' own functions breaks no rule."""

import pytest

from annotations.doctor import INVARIANTS, Finding, examine
from annotations.editing.merge import unmerge
from annotations.editing.receive import mark_zones
from annotations.editing.remove import remove
from annotations.editing.review import submit_with_links
from annotations.editing.settle import settle
from annotations.editing.undo import undo
from annotations.editing.withdraw import bring_back
from annotations.models import Article, Placement
from annotations.permissions import EDITOR
from annotations.tests import seeded
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import (
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_reply_record,
    make_response,
    make_statement,
    select,
    usual,
)
from annotations.tests.matrix.world import make_world as make_matrix_world

pytestmark = pytest.mark.django_db


def findings() -> list[Finding]:
    return [finding for outcome in examine("default") for finding in outcome.findings]


def test_each_invariant_has_a_name_of_its_own_and_a_rule() -> None:
    names = [invariant.name for invariant in INVARIANTS]

    assert len(set(names)) == len(names)
    assert [one.name for one in INVARIANTS if not one.rule.endswith((".", "…"))] == []


def test_an_empty_database_is_sound() -> None:
    assert findings() == []


def test_the_seeds_are_sound() -> None:
    seeded.load()

    assert findings() == []


def test_the_seeds_are_sound_after_a_correction() -> None:
    seeded.load()

    for article in Article.objects.all():
        text = article.revision.text
        correct_text(article, f"Corrected.\n{text.replace('said', 'says', 3)}")

    assert Placement.objects.waiting().exists()
    assert findings() == []


def test_every_kind_of_record_is_sound() -> None:
    make_world()

    assert findings() == []


def test_what_the_permission_matrix_walks_is_sound() -> None:
    make_matrix_world()

    assert findings() == []


def test_words_that_a_person_placed_are_sound() -> None:
    world = make_world()
    span = Placement.objects.waiting().get(exact="an expert called it likely.").span

    settle(
        user=usual(EDITOR),
        span=span,
        version=world.waiting.version,
        selection=select(world.article, "an expert called it unlikely.", span.role),
        chosen_in=2,
    )

    assert findings() == []


def test_a_placing_taken_back_is_sound() -> None:
    world = make_world()
    span = Placement.objects.waiting().get(exact="an expert called it likely.").span
    chosen = select(world.article, "an expert called it unlikely.", span.role)
    version = world.waiting.version
    settle(user=usual(EDITOR), span=span, version=version, selection=chosen, chosen_in=2)

    undo(user=usual(EDITOR), change_id=world.waiting.history.latest().change_id)

    assert findings() == []


def test_a_source_that_was_removed_and_put_back_is_sound() -> None:
    claim = make_world().claim
    (source,) = claim.live_spans("source")

    remove(user=usual(EDITOR), span=source, version=claim.version)
    removed = findings()
    undo(user=usual(EDITOR), change_id=claim.history.latest().change_id)

    assert (removed, findings()) == ([], [])


def test_what_was_deleted_and_brought_back_is_sound() -> None:
    world = make_world()

    for record in (delete(world.link), delete(world.restatement)):
        bring_back(user=usual(EDITOR), record=record, version=record.version)
    delete(world.claim)

    assert findings() == []


def test_links_submitted_by_their_statement_leave_it_sound() -> None:
    claim = make_statement(about=[make_actor()])
    approve(claim)
    make_response(claim)
    make_reply_record(claim)

    submit_with_links(user=usual(EDITOR), statement=claim, version=fresh(claim).version)

    assert findings() == []


def test_zones_marked_by_hand_are_sound() -> None:
    article = make_world().article

    mark_zones(
        user=usual(EDITOR), article=article, version=article.version, zones=[("dateline", 0, 6)]
    )

    assert findings() == []


def test_an_actor_taken_out_of_a_merge_is_sound_where_it_answered_for_nobody() -> None:
    world = make_world()
    delete(world.link)

    unmerge(user=usual(EDITOR), actor=world.merged, version=world.merged.version)

    assert findings() == []
