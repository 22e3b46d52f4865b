"""Defects of statements, links, actors and posts, by the invariant that finds each."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from annotations.models import Restatement
from annotations.tests.doctor.world import World, copy, drop, plants, remove, write
from annotations.tests.factories import make_actor, make_response, make_statement


def _take_out(rows: Any) -> None:
    rows.update(withdrawn_at=timezone.now())


@plants("a_statement_has_words")
def no_content(world: World) -> list[Model]:
    _take_out(world.claim.spans.filter(role="content"))
    return [world.claim]


@plants("a_statement_has_a_speaker")
def no_speaker(world: World) -> list[Model]:
    _take_out(world.claim.attributions.filter(part="speaker"))
    return [world.claim]


@plants("a_speaker_says_how_it_is_known")
def no_basis(world: World) -> list[Model]:
    drop("speaker_and_nobody_else_has_a_basis")
    write(world.claim.attributions.get(part="speaker"), speaker_basis="")
    return [world.claim]


@plants("a_date_says_how_precise_it_is")
def no_precision(world: World) -> list[Model]:
    drop("said_on_has_a_precision")
    write(world.claim, said_on_precision="")
    return [world.claim]


@plants("spans_and_points_are_numbered_without_gaps")
def gap_in_points(world: World) -> list[Model]:
    write(world.claim.live_points()[1], ordinal=3)
    return [world.claim]


@plants("spans_and_points_are_numbered_without_gaps")
def gap_in_spans(world: World) -> list[Model]:
    write(world.link.spans.get(), ordinal=2)
    write(world.reply.spans.get(), ordinal=0)
    write(world.elsewhere.spans.get(), ordinal=7)
    return [world.link, world.reply, world.elsewhere]


@plants("attributions_have_their_own_place_in_the_order")
def shared_place(world: World) -> list[Model]:
    drop("attribution_has_its_own_ordinal")
    copy(world.claim.attributions.get(part="about"), actor_id=world.speaker.pk)
    return [world.claim]


@plants("the_search_copy_of_a_statement_is_up_to_date")
def old_copy(world: World) -> list[Model]:
    write(world.claim, folded="old words")
    return [world.claim]


@plants("no_statement_answers_itself")
def answers_itself(world: World) -> list[Model]:
    drop("response_is_not_to_itself")
    write(world.link, response=world.claim)
    return [world.link]


@plants("no_response_is_linked_twice")
def linked_twice(world: World) -> list[Model]:
    drop("response_is_linked_once_for_a_relation")
    return [world.link, copy(world.link, state="draft")]


@plants("no_statement_restates_itself")
def restates_itself(world: World) -> list[Model]:
    drop("restatement_is_not_of_itself")
    write(world.restatement, by=world.claim)
    return [world.restatement]


@plants("no_restatement_is_recorded_twice")
def restated_twice(world: World) -> list[Model]:
    drop("restatement_is_recorded_once")
    return [world.restatement, copy(world.restatement, state="draft")]


@plants("restatements_form_no_circle")
def circle(world: World) -> list[Model]:
    first = world.restatement
    between = copy(first, of_id=first.by_id, by_id=world.elsewhere.pk)
    closing = copy(first, of_id=world.elsewhere.pk, by_id=first.of_id)
    leading_out = copy(first, of_id=world.answer.pk, by_id=first.of_id)
    assert Restatement.objects.count() == 4
    assert leading_out
    return [first, between, closing]


@plants("a_response_answers_for_accused_parties")
def not_accused(world: World) -> list[Model]:
    write(world.link.parties.get(), party=world.speaker)
    return [world.link]


@plants("a_response_answers_for_accused_parties")
def accused_no_more(world: World) -> list[Model]:
    _take_out(world.claim.attributions.filter(part="about"))
    return [world.link]


@plants("a_reply_record_is_of_an_accused_party")
def silence_of_another(world: World) -> list[Model]:
    write(world.reply, party=world.speaker)
    return [world.reply]


@plants("a_party_has_one_reply_record_on_a_claim")
def two_records(world: World) -> list[Model]:
    drop("reply_record_is_kept_once_for_a_claim_and_party")
    return [copy(world.reply)]


@plants("a_party_has_one_reply_record_on_a_claim")
def two_records_of_one_merged(world: World) -> list[Model]:
    return [copy(world.reply, party_id=world.merged.pk)]


@plants("answered_points_are_the_claims")
def point_of_another(world: World) -> list[Model]:
    claim = make_statement(points=["Somebody fled."])
    write(world.link.answers.get(), point=claim.live_points()[0])
    return [world.link]


@plants("same_article_links_stay_in_it")
def across_articles(world: World) -> list[Model]:
    write(world.link, claim=world.elsewhere)
    return [world.link]


@plants("no_actor_is_merged_into_itself")
def into_itself(world: World) -> list[Model]:
    drop("actor_is_not_merged_into_itself")
    write(world.speaker, merged_into=world.speaker)
    return [world.speaker]


@plants("merges_are_one_level_deep")
def two_levels(world: World) -> list[Model]:
    write(world.accused, merged_into=world.speaker)
    return [world.merged]


@plants("names_are_found_by_their_folded_form")
def old_names(world: World) -> list[Model]:
    write(world.speaker, folded="somebody else")
    write(world.merged.aliases.get(), folded="someone")
    return [world.speaker, world.merged]


@plants("a_wikidata_item_has_its_shape")
def no_item(world: World) -> list[Model]:
    write(world.speaker, wikidata="https://wikidata/Q11")
    return [world.speaker]


@plants("a_wikidata_item_is_of_one_actor")
def same_item(world: World) -> list[Model]:
    drop("wikidata_item_names_one_actor")
    write(world.accused, wikidata="Q11")
    return [world.speaker, world.accused]


@plants("a_post_begins_before_it_ends")
def ends_before(world: World) -> list[Model]:
    drop("post_begins_before_it_ends")
    write(world.post, since=date(2026, 2, 1), until=date(2026, 1, 1))
    return [world.post]


@plants("words_are_of_their_closed_sets")
def other_words(world: World) -> list[Model]:
    write(world.claim, form="shouted")
    write(world.link, relation="refutes")
    write(world.reply, status="")
    write(world.article.revision, reason="whim")
    return [world.claim, world.link, world.reply, world.article]


@plants("rows_keep_the_databases_rules")
def zone_backwards(world: World) -> list[Model]:
    drop("zone_starts_before_it_ends")
    write(world.article.revision.zones.all()[0], start=5, end=5)
    return [world.article]


@plants("rows_keep_the_databases_rules")
def same_party_twice(world: World) -> list[Model]:
    drop("response_names_a_party_once")
    copy(world.link.parties.get())
    return [world.link]


@plants("the_database_has_its_rules")
def lost_constraint(_: World) -> list[str]:
    drop("response_is_linked_once_for_a_relation")
    return ["(the table)"]


@plants("references_lead_to_rows")
def removed_outlet(world: World) -> list[Model]:
    write(world.other, outlet=(gone := make_actor()))
    remove(gone)
    return [world.other]


@plants("references_lead_to_rows")
def removed_claim(world: World) -> list[Model]:
    response = make_response(make_statement(world.other), world.elsewhere)
    write(response, claim=10**9)
    return [response]
