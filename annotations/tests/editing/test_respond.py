from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.merge import merge
from annotations.editing.respond import respond, revise_response
from annotations.models import Response
from annotations.models.review import ReviewState
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    select,
    usual,
)

pytestmark = pytest.mark.django_db


def _revise(link: Response, **other: Any) -> Response:
    given: dict[str, Any] = {
        "user": link.created_by,
        "version": link.version,
        "relation": link.relation,
        "link_basis": link.link_basis,
        "parties": link.live_parties(),
        "answers": link.live_answers(),
        "marker": [],
        "note": link.note,
    } | other
    return revise_response(link=link, **given)


def test_a_link_is_a_draft_with_its_parties_points_and_marker() -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], points=["It crossed", "On Monday"])

    link = make_response(
        claim, parties=[accused], answers=claim.live_points()[1:], marker="denied the claim"
    )

    assert link.state == ReviewState.DRAFT
    assert link.live_parties() == [accused]
    assert [point.text for point in link.live_answers()] == ["On Monday"]
    assert link.marker() == "denied the claim"


def test_a_marker_may_stand_in_the_claims_article() -> None:
    claim = make_statement()
    elsewhere = make_statement(make_article(text="They denied it."), "They denied it.")
    marker = select(claim.article, "denied the claim", "marker")

    link = respond(
        user=usual("editor"),
        claim=claim,
        response=elsewhere,
        relation="denies",
        link_basis="explicit_marker",
        marker=[marker],
        marker_in=claim.article,
    )

    placement = link.spans.get().placement()
    assert placement
    assert placement.revision.article == claim.article


def test_a_statement_does_not_answer_itself() -> None:
    claim = make_statement()

    with pytest.raises(ValidationError, match="A statement does not answer itself"):
        make_response(claim, claim)


def test_a_second_link_of_the_same_relation_is_refused_in_plain_words() -> None:
    link = make_response()

    with pytest.raises(ValidationError, match="linked to this claim already"):
        make_response(link.claim, link.response)

    assert Response.objects.count() == 1


def test_another_relation_between_the_same_two_is_another_link() -> None:
    link = make_response(relation="denies")

    other = make_response(link.claim, link.response, relation="counter_accuses")

    assert set(Response.objects.all()) == {link, other}


def test_a_deleted_link_makes_room_for_the_same_again() -> None:
    link = delete(make_response())

    again = make_response(link.claim, link.response)

    assert again.pk != link.pk


def test_two_statements_may_answer_each_other() -> None:
    link = make_response()

    back = make_response(link.response, link.claim)

    assert (back.claim, back.response) == (link.response, link.claim)


def test_a_party_that_is_not_accused_is_refused() -> None:
    claim, stranger = make_statement(about=[make_actor()]), make_actor("The Stranger")

    with pytest.raises(ValidationError, match="The Stranger is not accused in this claim"):
        make_response(claim, parties=[stranger])

    assert Response.objects.count() == 0


def test_a_party_that_was_merged_into_the_accused_counts_as_accused() -> None:
    accused, other = make_actor(), make_actor()
    claim = make_statement(about=[accused])
    merge(user=usual("editor"), actor=other, version=other.version, into=accused)

    link = make_response(claim, parties=[fresh_actor(other)])

    assert [party.resolved for party in link.live_parties()] == [accused]


def fresh_actor(actor: Any) -> Any:
    return type(actor).objects.get(pk=actor.pk)


def test_a_point_of_another_claim_is_refused() -> None:
    claim, other = make_statement(points=["One"]), make_statement(points=["Other"])

    with pytest.raises(ValidationError, match="“Other” is not a point of this claim"):
        make_response(claim, answers=other.live_points())


def test_same_article_is_no_basis_across_articles() -> None:
    claim, elsewhere = make_statement(), make_statement()

    with pytest.raises(ValidationError, match="stand in different articles"):
        make_response(claim, elsewhere, link_basis="same_article")


@pytest.mark.parametrize("field", ["relation", "link_basis"])
def test_a_word_outside_its_closed_set_is_refused(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_response(**{field: "refutes"})  # type: ignore[arg-type]

    assert list(refused.value.message_dict) == [field]


def test_a_deleted_statement_is_not_linked() -> None:
    claim = delete(make_statement())

    with pytest.raises(ValidationError, match="bring it back first"):
        make_response(claim)


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("link", [make_response, make_restatement])
def test_an_end_that_was_deleted_since_it_was_read_is_not_linked(link: Any, end: int) -> None:
    ends = (make_statement(), make_statement())
    delete(fresh(ends[end]))

    with pytest.raises(ValidationError, match="bring it back first"):
        link(*ends)


def test_approved_links_that_change_go_back_to_submitted() -> None:
    link = approve(make_response())

    changed = _revise(link, relation="rebuts")

    assert (changed.relation, changed.state) == ("rebuts", ReviewState.SUBMITTED)


def test_approved_links_that_do_not_change_stay_approved() -> None:
    accused = make_actor()
    link = approve(make_response(make_statement(about=[accused]), parties=[accused]))

    same = _revise(link)

    assert same.state == ReviewState.APPROVED


def test_parties_and_points_can_be_others() -> None:
    first, second = make_actor(), make_actor()
    claim = make_statement(about=[first, second], points=["One", "Two"])
    one, two = claim.live_points()
    link = make_response(claim, parties=[first], answers=[one])

    changed = fresh(_revise(link, parties=[second], answers=[two]))

    assert (changed.live_parties(), changed.live_answers()) == ([second], [two])


def test_a_party_that_was_dropped_can_come_back() -> None:
    accused = make_actor()
    link = make_response(make_statement(about=[accused]), parties=[accused])
    without = _revise(link, parties=[])

    again = fresh(_revise(without, parties=[accused]))

    assert again.live_parties() == [accused]


def test_a_change_of_relation_into_one_that_is_there_is_refused() -> None:
    link = make_response(relation="denies")
    other = make_response(link.claim, link.response, relation="rebuts")

    with pytest.raises(ValidationError, match="linked to this claim already"):
        _revise(other, relation="denies")


def test_deleted_links_are_not_changed() -> None:
    link = delete(make_response())

    with pytest.raises(PermissionDenied):
        _revise(link)


def test_a_stale_change_is_refused() -> None:
    link = make_response()
    _revise(link, relation="rebuts", user=make_user())

    with pytest.raises(Stale):
        _revise(link, relation="disputes")

    assert fresh(link).relation == "rebuts"


def test_saving_a_link_after_a_merge_keeps_the_party_chosen_and_its_approval() -> None:
    chosen, standing = make_actor("Kabul"), make_actor("Afghanistan")
    claim = make_statement(about=[chosen])
    link = make_response(claim, parties=[chosen])
    approve(claim), approve(link.response)
    link = approve(link)
    merge(user=usual("editor"), actor=chosen, version=chosen.version, into=standing)

    saved = _revise(fresh(link), parties=[standing], user=usual("editor"))

    assert fresh(saved).live_parties() == [chosen]
    assert saved.state == ReviewState.APPROVED
