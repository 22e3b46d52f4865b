"""Nobody's work is overwritten unseen, no rule is broken, and no approval is taken, by an undo."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.doctor import examine
from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.change import noting
from annotations.editing.merge import merge
from annotations.editing.remove import remove
from annotations.editing.settle import settle
from annotations.editing.trace import ChangedSince
from annotations.editing.undo import Undone, undo
from annotations.editing.withdraw import bring_back, ends_of, withdraw
from annotations.models import Placement, Response, Statement
from annotations.models.review import Reviewed
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.editing.acts import parts_of, revised, rows
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    select,
    speaks,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> User:
    return make_user(EDITOR)


def note(statement: Statement, user: User, *points: str) -> uuid.UUID:
    """The statement with these points from now on; the change's id."""
    with noting() as made:
        revised(statement, user, points=[PointInput(text) for text in points])
    return made[0].id


def delete_as(record: Reviewed, user: User) -> uuid.UUID:
    now = fresh(record)
    with noting() as made:
        withdraw(user=user, record=now, version=now.version)
    return made[0].id


def refused(user: User, change_id: uuid.UUID, words: str) -> None:
    before = rows()

    with pytest.raises(ValidationError, match=words):
        undo(user=user, change_id=change_id)

    assert rows() == before


def test_what_another_changed_since_is_not_undone(editor: User) -> None:
    statement, other = make_statement(), make_user(username="reza")
    change_id = note(statement, editor, "It crossed")
    note(statement, other, "It crossed", "It stayed")

    refused(editor, change_id, r"reza changed the statement since \(revised, .* UTC\)")


def test_what_another_changed_and_undid_is_undone(editor: User) -> None:
    statement, other = make_statement(), make_user()
    before = fresh(statement).live_points()
    mine = note(statement, editor, "It crossed")
    theirs = note(statement, other, "It stayed")
    undo(user=other, change_id=theirs)

    undo(user=editor, change_id=mine)

    assert fresh(statement).live_points() == before == []


def test_acts_are_undone_backwards_and_done_again_forwards(editor: User) -> None:
    statement = make_statement()
    first, second = note(statement, editor, "One"), note(statement, editor, "Two")
    refused(editor, first, "you changed the statement since")

    undone = [undo(user=editor, change_id=change_id) for change_id in (second, first)]
    again = [undo(user=editor, change_id=one.change_id) for one in reversed(undone)]
    now = [point.text for point in fresh(statement).live_points()]
    for one in reversed(again):
        undo(user=editor, change_id=one.change_id)

    assert now == ["Two"]
    assert fresh(statement).live_points() == []


def test_nothing_is_undone_twice(editor: User) -> None:
    change_id = note(make_statement(), editor, "It crossed")
    undo(user=editor, change_id=change_id)

    refused(editor, change_id, "you changed the statement since .undone")


def test_another_ones_change_is_not_undone(editor: User) -> None:
    change_id = note(make_statement(), make_user(), "It crossed")

    with pytest.raises(PermissionDenied):
        undo(user=editor, change_id=change_id)


def test_who_may_not_annotate_any_more_undoes_nothing(editor: User) -> None:
    change_id = note(make_statement(), editor, "It crossed")
    editor.groups.clear()

    with pytest.raises(PermissionDenied):
        undo(user=User.objects.get(pk=editor.pk), change_id=change_id)


def test_a_change_that_is_not_there_is_not_undone(editor: User) -> None:
    refused(editor, uuid.uuid4(), "There is nothing to undo")


def test_corrections_and_judgements_are_not_undone() -> None:
    statement = approve(make_statement())
    judged = statement.history.latest().change_id
    with noting() as made:
        correct_text(statement.article, "Corrected.\n" + TEXT)

    refused(usual(REVIEWER), judged, "What was approved is not undone here")
    refused(usual(EDITOR), made[0].id, "What was corrected the text is not undone here")


def test_what_a_reviewer_judged_since_is_not_undone(editor: User) -> None:
    statement = approve(make_statement())
    change_id = note(statement, editor, "It crossed")
    approve(statement)

    refused(editor, change_id, "changed the statement since .approved")


def test_approved_work_that_was_changed_and_undone_is_approved_as_before(editor: User) -> None:
    statement = approve(make_statement())
    approved = fresh(statement)
    change_id = note(statement, editor, "It crossed")
    sent_back = fresh(statement).state

    undo(user=editor, change_id=change_id)

    now = fresh(statement)
    assert (sent_back, now.state) == ("submitted", "approved")
    assert (now.reviewed_by, now.reviewed_at) == (approved.reviewed_by, approved.reviewed_at)
    assert now.author_ids() == {editor.pk}
    assert [outcome.findings for outcome in examine("default") if outcome.number] == []


def test_words_that_a_correction_leaves_waiting_keep_approval_away(editor: User) -> None:
    claim = approve(make_statement(source="an expert"))
    claim = fresh(claim)
    with noting() as made:
        remove(user=editor, span=claim.live_spans("source")[0], version=claim.version)
    correct_text(claim.article, TEXT.replace("an expert", "experts"))

    undo(user=editor, change_id=made[0].id)

    assert [span.role for span in fresh(claim).live_spans()] == ["content", "source"]
    assert Placement.objects.waiting().get().span.role == "source"
    assert fresh(claim).state == "submitted"


def test_a_placing_is_not_undone_in_a_text_corrected_since(editor: User) -> None:
    statement = make_statement(exact="Nothing of the kind happened")
    article = correct_text(statement.article, TEXT.replace("Nothing", "Something"))
    with noting() as made:
        settle(
            user=editor,
            span=statement.live_spans()[0],
            version=fresh(statement).version,
            selection=select(article, "Something of the kind happened"),
            chosen_in=2,
        )
    correct_text(article, "More.\n" + article.revision.text)

    refused(editor, made[0].id, "the text was corrected since")


def make_as(user: User) -> tuple[Statement, uuid.UUID]:
    with noting() as made:
        statement = make_statement(make_article(), user=user, speaker=make_actor())
    return statement, made[-1].id


@pytest.mark.parametrize("make", [make_response, make_restatement])
def test_a_statement_at_which_a_link_stands_by_now_stays(make: object, editor: User) -> None:
    statement, change_id = make_as(editor)
    link = make(statement)  # type: ignore[operator]

    refused(editor, change_id, f"a {link._meta.verbose_name} stands at the statement since")
    delete(link)
    undo(user=editor, change_id=change_id)

    assert fresh(statement).is_withdrawn


def test_a_point_that_is_answered_by_now_stays(editor: User) -> None:
    claim = make_statement()
    change_id = note(claim, editor, "It crossed")
    make_response(fresh(claim), answers=fresh(claim).live_points())

    refused(editor, change_id, "a point that a response answers stands at the point since")


def test_a_party_that_is_answered_for_by_now_stays(editor: User) -> None:
    claim, accused = make_statement(), make_actor()
    with noting() as made:
        revised(claim, editor, parts=[*parts_of(claim), PartInput("about", accused)])
    make_response(fresh(claim), parties=[accused])

    refused(editor, made[0].id, "whom the claim would no longer accuse")


def test_an_answer_stays_deleted_where_its_claim_let_the_party_go(editor: User) -> None:
    accused = make_actor()
    claim = make_statement(about=[accused], speaker=accused)
    link = make_response(claim, parties=[accused])
    change_id = delete_as(link.response, editor)
    revised(claim, usual(EDITOR), parts=[speaks(accused)])

    refused(editor, change_id, "whom the claim would no longer accuse")
    gone = fresh(link.response)
    with pytest.raises(ValidationError, match="would no longer accuse"):
        bring_back(user=editor, record=gone, version=gone.version)


def test_a_link_stays_deleted_where_another_took_its_place(editor: User) -> None:
    link = make_response()
    change_id = delete_as(link, editor)
    make_response(link.claim, link.response)

    refused(editor, change_id, "linked to this claim already")


def test_a_reply_record_stays_deleted_where_a_merged_party_has_one(editor: User) -> None:
    chosen, kabul = make_actor("Kabul"), make_actor("Afghanistan")
    claim = make_statement(about=[chosen, kabul])
    change_id = delete_as(make_reply_record(claim, chosen), editor)
    make_reply_record(claim, kabul)
    merge(user=usual(EDITOR), actor=chosen, version=chosen.version, into=kabul)

    refused(editor, change_id, "has a reply record on this claim already")


def test_a_restatement_stays_deleted_where_it_would_close_a_circle(editor: User) -> None:
    link = make_restatement()
    change_id = delete_as(link, editor)
    make_restatement(link.by, link.of)

    refused(editor, change_id, "closes a circle")


def test_a_link_and_its_statement_are_undone_one_after_the_other(editor: User) -> None:
    statement, first = make_as(editor)
    with noting() as made:
        make_response(statement, user=editor)
    link = Response.objects.get()

    undone = [undo(user=editor, change_id=key) for key in (made[-1].id, first)]
    gone = fresh(statement).is_withdrawn, fresh(link).is_withdrawn
    for one in reversed(undone):
        undo(user=editor, change_id=one.change_id)

    assert gone == (True, True)
    assert Response.objects.live().get() == link


def test_a_link_changed_and_changed_back_keeps_nothing_from_being_undone(editor: User) -> None:
    gone = delete(make_restatement().of)
    with noting() as made:
        bring_back(user=editor, record=gone, version=gone.version)
    link = fresh(gone).restated_by.get()
    deleted = delete_as(link, editor)
    back = undo(user=editor, change_id=deleted)

    undone = undo(user=editor, change_id=made[0].id)

    assert isinstance(back, Undone)
    assert undone.records == (gone,)
    assert fresh(gone).is_withdrawn


def test_submitted_work_is_a_draft_again(editor: User) -> None:
    statement = make_statement()
    submit(statement, user=editor)

    undo(user=editor, change_id=statement.history.latest().change_id)

    assert fresh(statement).state == "draft"


def test_a_refusal_says_which_row_came_later(editor: User) -> None:
    statement = make_statement()
    change_id = note(statement, editor, "It crossed")
    submit(statement)

    with pytest.raises(ChangedSince) as refusal:
        undo(user=editor, change_id=change_id)

    assert refusal.value.row == statement.history.latest()


@pytest.mark.parametrize("end", ["claim", "response"])
def test_a_link_is_not_done_again_at_a_statement_deleted_meanwhile(editor: User, end: str) -> None:
    with noting() as made:
        link = make_response(user=editor)
    undone = undo(user=editor, change_id=made[-1].id)
    delete_as(getattr(link, end), make_user(username="reza"))
    gone = fresh(getattr(link, end))

    refused(editor, undone.change_id, r"The response stays deleted: .* \(reza deleted it, .* UTC")
    bring_back(user=editor, record=gone, version=gone.version)
    undo(user=editor, change_id=undone.change_id)

    assert fresh(link) in Response.objects.live()


@pytest.mark.parametrize("make", [make_response, make_restatement, make_reply_record])
def test_what_stood_at_a_deleted_statement_comes_back_after_it_only(
    make: Callable[[], Reviewed], editor: User
) -> None:
    record = make()
    change_id = delete_as(record, editor)
    statement = delete(ends_of(record)[0])

    refused(editor, change_id, "Bring the statement back first")
    gone = fresh(record)
    with pytest.raises(ValidationError, match="Bring the statement back first"):
        bring_back(user=editor, record=gone, version=gone.version)
    bring_back(user=editor, record=statement, version=statement.version)

    assert not bring_back(user=editor, record=gone, version=gone.version).is_withdrawn
