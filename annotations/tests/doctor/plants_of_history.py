"""Defects of reviews and histories, by the invariant that finds each."""

import uuid
from datetime import timedelta

from django.db.models import F, Model
from django.utils import timezone

from annotations.doctor.found import history_of
from annotations.models import Actor, ContactAttempt, Placement, Statement, Zone
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.doctor.world import World, copy, drop, plants, remove, write
from annotations.tests.factories import usual


@plants("sent_back_work_says_why")
def no_reason(world: World) -> list[Model]:
    drop("reply_record_goes_back_with_a_reason")
    write(world.reply, review_reason="")
    return [world.reply]


@plants("judged_work_names_its_judge")
def nobody_judged(world: World) -> list[Model]:
    write(world.claim, reviewed_by=None)
    write(world.reply, reviewed_at=None)
    return [world.claim, world.reply]


@plants("approved_work_was_approved_by_somebody_else")
def own_author(world: World) -> list[Model]:
    world.claim.history.filter(verb="approved").update(history_user=usual(EDITOR))
    return [world.claim]


@plants("approved_work_was_approved_by_somebody_else")
def reviewer_wrote_too(world: World) -> list[Model]:
    world.link.history.filter(verb="linked").update(history_user=usual(REVIEWER))
    return [world.link]


@plants("approved_work_was_approved_by_somebody_else")
def never_approved(world: World) -> list[Model]:
    write(world.elsewhere, state="approved")
    return [world.elsewhere]


@plants("approved_work_is_what_was_approved")
def other_act(world: World) -> list[Model]:
    write(world.claim, act="opinion")
    return [world.claim]


@plants("the_parts_of_approved_work_are_those_approved")
def later_point(world: World) -> list[Model]:
    point = world.claim.live_points()[0]
    point.history.update(history_date=F("history_date") + timedelta(days=1))
    world.link.parties.get().history.update(history_date=F("history_date") + timedelta(days=1))
    return [world.claim, world.link]


@plants("the_words_of_approved_work_are_placed")
def approved_though_waiting(world: World) -> list[Model]:
    write(world.waiting, state="approved")
    return [world.waiting]


@plants("every_row_has_a_history")
def no_history(world: World) -> list[Model]:
    history_of(Statement).objects.filter(id=world.elsewhere.pk).delete()
    history_of(ContactAttempt).objects.all().delete()
    return [world.elsewhere, world.reply]


@plants("the_newest_history_row_says_what_the_row_says")
def changed_past_history(world: World) -> list[Model]:
    write(world.speaker, note="Changed in the console.")
    write(world.other, version=0)
    write(Placement.objects.filter(span__statement=world.elsewhere).get(), state="moved")
    return [world.speaker, world.other, world.elsewhere]


@plants("history_rows_are_signed")
def unsigned(world: World) -> list[Model]:
    world.speaker.history.update(history_user=None)
    world.post.history.update(verb="tidied")
    return [world.speaker, world.post]


@plants("no_row_was_removed")
def removed_actor(_: World) -> list[str]:
    gone = Actor.objects.get(post_holders__isnull=False)
    remove(gone)
    return [f"#{gone.pk}"]


@plants("a_change_has_one_verb_and_one_user")
def two_verbs(world: World) -> list[Model]:
    newest = world.speaker.history.first()
    made = copy(newest, verb="merged", history_id=None)
    assert made.change_id == newest.change_id
    return [world.speaker]


@plants("every_change_has_its_own_version")
def lost_update(world: World) -> list[Model]:
    copy(world.post.history.first(), change_id=uuid.uuid4(), history_id=None)
    return [world.post]


@plants("an_undo_names_the_change_that_it_took_back")
def undone_nothing(world: World) -> list[Model]:
    world.post.history.update(verb="undone", undoes=uuid.uuid4())
    world.speaker.history.update(undoes=world.speaker.history.first().change_id)
    world.link.history.filter(verb="linked").update(verb="redone")
    return [world.post, world.speaker, world.link]


@plants("a_part_changes_with_its_record")
def changed_alone(world: World) -> list[Model]:
    world.claim.live_points()[0].history.update(change_id=uuid.uuid4())
    world.speaker.aliases.get().history.update(change_id=uuid.uuid4())
    Zone.objects.filter(revision__article=world.article).first().history.update(  # type: ignore[union-attr]
        change_id=uuid.uuid4()
    )
    return [world.claim, world.speaker, world.article]


@plants("the_parts_of_approved_work_are_those_approved")
def party_taken_out(world: World) -> list[Model]:
    party = world.link.parties.get()
    copy(party.history.first(), history_date=timezone.now(), history_id=None)
    write(party, withdrawn_at=timezone.now())
    return [world.link]
