"""Approve, request changes, reject: in lists, for each of the four reviewed records."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from annotations.editing import review
from annotations.editing.withdraw import bring_back, withdraw
from annotations.models import ReviewState
from annotations.models.review import Reviewed
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.admin.acting import act, address, sign_in, text, told
from annotations.tests.factories import (
    fresh,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db

KINDS: list[Callable[[], Reviewed]] = [
    make_statement,
    make_response,
    make_restatement,
    make_reply_record,
]
ACTIONS = {
    "approve": (ReviewState.APPROVED, "approved"),
    "request_changes": (ReviewState.CHANGES_REQUESTED, "sent back"),
    "reject": (ReviewState.REJECTED, "rejected"),
}
OWN = "you wrote it or changed it"


@pytest.fixture
def reviewer() -> User:
    return make_user(REVIEWER)


@pytest.fixture
def writing_reviewer() -> User:
    """Somebody with both roles, who may judge, but not their own work."""
    return make_user(ADMINISTRATOR)


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("action", ACTIONS)
def test_reviewer_judges(make: Callable[[], Reviewed], action: str, reviewer: User) -> None:
    record = submit(make())
    state, word = ACTIONS[action]

    answer = act(sign_in(reviewer), action, [record], reason="Name the speaker.")

    judged = fresh(record)
    assert told(answer) == [f"1 {word}."]
    assert (judged.state, judged.reviewed_by) == (state, reviewer)
    assert judged.review_reason == ("" if action == "approve" else "Name the speaker.")


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("action", ACTIONS)
def test_stale_version_is_refused_and_named(
    make: Callable[[], Reviewed], action: str, reviewer: User
) -> None:
    record = submit(make())

    answer = act(
        sign_in(reviewer), action, [record], versions={record.pk: record.version - 1}, reason="No."
    )

    [message] = told(answer)
    assert "1 left: changed since you opened the page" in message
    assert str(fresh(record))[:40] in message
    assert fresh(record).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("action", ACTIONS)
def test_own_work_is_left(action: str, writing_reviewer: User) -> None:
    own = submit(make_statement(user=writing_reviewer), user=writing_reviewer)

    answer = act(sign_in(writing_reviewer), action, [own], reason="No.")

    [message] = told(answer)
    assert message.startswith(f"0 {ACTIONS[action][1]}; 1 left: {OWN} (")
    assert fresh(own).state == ReviewState.SUBMITTED


def test_superuser_does_not_approve_own_work() -> None:
    superuser = make_user("", superuser=True)
    own = submit(make_statement(user=superuser), user=superuser)

    act(sign_in(superuser), "approve", [own])

    assert fresh(own).state == ReviewState.SUBMITTED


def test_results_are_told_record_by_record(writing_reviewer: User) -> None:
    others = [submit(make_statement()) for _ in range(3)]
    own = submit(make_statement(user=writing_reviewer), user=writing_reviewer)

    answer = act(sign_in(writing_reviewer), "approve", [*others, own])

    [message] = told(answer)
    assert message.startswith(f"3 approved; 1 left: {OWN} (")
    assert [fresh(each).state for each in [*others, own]] == [
        *[ReviewState.APPROVED] * 3,
        ReviewState.SUBMITTED,
    ]


def test_draft_is_left_with_the_reason(reviewer: User) -> None:
    draft = make_statement()

    answer = act(sign_in(reviewer), "approve", [draft])

    assert "0 approved; 1 left: This statement is draft" in told(answer)[0]
    assert fresh(draft).state == ReviewState.DRAFT


def test_record_without_a_version_is_not_judged(reviewer: User) -> None:
    record = submit(make_statement())
    client = sign_in(reviewer)

    client.post(address(record), {"action": "approve", "_selected_action": [record.pk]})

    assert fresh(record).state == ReviewState.SUBMITTED


def test_only_ticked_rows_are_judged(reviewer: User) -> None:
    ticked, other = submit(make_statement()), submit(make_statement())

    act(sign_in(reviewer), "approve", [ticked], select_across="1")

    assert [fresh(ticked).state, fresh(other).state] == ["approved", "submitted"]


@pytest.mark.parametrize("forged", ["x", "1 OR 1=1", "9" * 40, "-1"])
def test_forged_box_is_refused(forged: str, reviewer: User) -> None:
    record = submit(make_statement())
    client = sign_in(reviewer)

    answer = client.post(address(record), {"action": "approve", "_selected_action": [forged]})

    assert answer.status_code == 400


@pytest.mark.parametrize("action", ["request_changes", "reject"])
def test_reason_is_asked_for_first(action: str, reviewer: User) -> None:
    record = submit(make_statement())

    answer = act(sign_in(reviewer), action, [record], index="0")

    assert answer.templates[0].name == "admin/annotations/reason.html"
    assert f'name="version_{record.pk}" value="{record.version}"' in text(answer)
    assert fresh(record).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001, "nul\x00"])
def test_reason_is_required_and_what_was_typed_is_kept(reason: str, reviewer: User) -> None:
    record = submit(make_statement())

    answer = act(sign_in(reviewer), "reject", [record], reason=reason)

    form = answer.context["form"]
    assert form.errors["reason"]
    assert form["reason"].value() == reason
    assert fresh(record).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("role", ["", EDITOR, REPORTER])
@pytest.mark.parametrize("action", ACTIONS)
def test_other_roles_judge_nothing(role: str, action: str) -> None:
    record = submit(make_statement())

    answer = act(sign_in(make_user(role)), action, [record], reason="No.")

    assert answer.status_code == 403
    assert fresh(record).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_other_methods_judge_nothing(method: str, reviewer: User) -> None:
    record = submit(make_statement())
    question = f"?action=approve&_selected_action={record.pk}&version_{record.pk}={record.version}"

    getattr(sign_in(reviewer), method)(address(record) + question)

    assert fresh(record) == record
    assert fresh(record).version == record.version


def test_approve_with_links(reviewer: User) -> None:
    party_claim = make_statement()
    response = submit(make_response(party_claim))
    restatement = submit(make_restatement(of=party_claim))
    submit(party_claim)
    links = [
        f"response:{response.pk}:{response.version}",
        f"restatement:{restatement.pk}:{restatement.version}",
    ]
    claim = fresh(party_claim)

    answer = act(sign_in(reviewer), "approve_with_links", [claim], links=links)

    assert told(answer) == ["3 approved."]
    assert {fresh(each).state for each in (claim, response, restatement)} == {"approved"}


def test_stale_link_is_left_and_named(reviewer: User) -> None:
    response = submit(make_response())
    claim = submit(response.claim)
    link = f"response:{response.pk}:{response.version - 1}"

    answer = act(sign_in(reviewer), "approve_with_links", [claim], links=[link])

    assert told(answer)[0].startswith("1 approved; 1 left: changed since you opened the page")
    assert fresh(response).state == ReviewState.SUBMITTED


def test_links_of_a_statement_that_was_left_are_left(reviewer: User) -> None:
    response = submit(make_response())
    claim = submit(response.claim)
    link = f"response:{response.pk}:{response.version}"

    act(
        sign_in(reviewer),
        "approve_with_links",
        [claim],
        versions={claim.pk: 0},
        links=[link],
    )

    assert fresh(response).state == ReviewState.SUBMITTED


@pytest.mark.parametrize("forged", ["actor:1:1", "response", "response:x:y", "user:1:1", ""])
def test_forged_link_is_not_judged(forged: str, reviewer: User) -> None:
    claim = submit(make_statement())

    answer = act(sign_in(reviewer), "approve_with_links", [claim], links=[forged])

    assert told(answer) == ["1 approved."]


def test_link_elsewhere_is_not_taken_along(reviewer: User) -> None:
    claim, elsewhere = submit(make_statement()), submit(make_response())
    link = f"response:{elsewhere.pk}:{elsewhere.version}"

    act(sign_in(reviewer), "approve_with_links", [claim], links=[link])

    assert fresh(elsewhere).state == ReviewState.SUBMITTED


def test_list_carries_the_versions_it_shows(reviewer: User) -> None:
    response = submit(make_response())
    claim = submit(response.claim)

    page = text(sign_in(reviewer).get(address(claim)))

    assert f'name="version_{claim.pk}" value="{claim.version}"' in page
    assert f'name="link_{claim.pk}" value="response:{response.pk}:{response.version}"' in page


def test_changed_since_its_approval_is_own_work(writing_reviewer: User) -> None:
    record = submit(make_statement())
    review.approve(user=usual(REVIEWER), record=record, version=record.version)
    deleted = withdraw(user=writing_reviewer, record=record, version=fresh(record).version)
    back = bring_back(user=writing_reviewer, record=deleted, version=deleted.version)

    answer = act(sign_in(writing_reviewer), "reject", [back], reason="No.")

    assert OWN in told(answer)[0]
