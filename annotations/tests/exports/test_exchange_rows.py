import pytest
from django.contrib.auth.models import User

from annotations.tests.exports.reading import exchange_cells
from annotations.tests.factories import (
    approve,
    approve_all,
    delete,
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "changes_requested", "rejected", "withdrawn"]


@pytest.fixture
def editor() -> User:
    return usual("editor")


@pytest.fixture
def reporter() -> User:
    return make_user("reporter")


def test_a_link_is_told_with_both_its_statements(editor: User) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army], points=["One", "Two"])
    link = make_response(
        claim,
        relation="rebuts",
        link_basis="explicit_marker",
        parties=[army],
        answers=claim.live_points()[1:],
        marker="denied the claim",
        note="Clear.",
    )

    [row] = exchange_cells(editor)

    told = {
        "row": "response",
        "link_id": str(link.uid),
        "relation": "rebuts",
        "relation_group": "deny",
        "link_basis": "explicit_marker",
        "marker": "denied the claim",
        "for_party": "Army",
        "for_party_id": str(army.uid),
        "answered_point_number": "2",
        "answered_point": "Two",
        "same_article": "true",
        "link_note": "Clear.",
        "link_state": "draft",
        "link_changed_at": f"{fresh(link).changed_at:%Y-%m-%dT%H:%M:%SZ}",
        "claim_id": str(claim.uid),
        "claim_quote": "the army crossed the border.",
        "claim_party_answer": "partly_answered",
        "response_id": str(link.response.uid),
        "response_quote": "denied the claim",
        "response_act": "denial",
        "response_article_id": str(claim.article.uid),
    }
    assert {key: row[key] for key in told} == told


def test_a_link_across_articles_says_so(editor: User) -> None:
    make_response(make_statement(), make_statement(act="denial"))

    [row] = exchange_cells(editor)

    assert (row["same_article"], row["link_basis"]) == ("false", "editor_inferred")
    assert row["claim_article_id"] != row["response_article_id"]


def test_an_open_claim_without_response_has_a_row_of_its_own(editor: User) -> None:
    claim = make_statement(about=[make_actor()])
    make_statement(claim.article)  # accuses nobody

    [row] = exchange_cells(editor)

    assert (row["row"], row["claim_id"]) == ("open_claim", str(claim.uid))
    filled = {key for key, value in row.items() if value}
    assert {key for key in filled if not key.startswith("claim_")} == {"row"}


def test_an_open_claim_with_a_response_has_no_row_of_its_own(editor: User) -> None:
    claim = make_statement(about=[make_actor()])
    make_response(claim, relation="supports")

    rows = exchange_cells(editor)

    assert [(row["row"], row["claim_answer_state"]) for row in rows] == [("response", "open")]


def test_rows_are_by_claim_and_then_by_link(editor: User) -> None:
    article = make_article()
    first, second, third = (make_statement(article, about=[make_actor()]) for _ in range(3))
    links = [
        make_response(third, first),
        make_response(first, third, relation="comments"),
        make_response(first, second, relation="supports"),
    ]

    rows = exchange_cells(editor, chunk=2)

    assert [(row["claim_id"], row["link_id"]) for row in rows] == [
        (str(first.uid), str(links[1].uid)),
        (str(first.uid), str(links[2].uid)),
        (str(second.uid), ""),
        (str(third.uid), str(links[0].uid)),
    ]


def test_the_filter_says_which_claims(editor: User) -> None:
    claim = make_statement(about=[make_actor()], gist="wanted")
    link = make_response(claim)
    make_response(make_statement(gist="other"), link.response)

    rows = exchange_cells(editor, lambda statements: statements.filter(gist="wanted"))

    assert [row["link_id"] for row in rows] == [str(link.uid)]


def test_a_deleted_link_leaves_the_claim_open(editor: User) -> None:
    army = make_actor()
    claim = make_statement(about=[army])
    delete(make_response(claim, parties=[army]))

    [row] = exchange_cells(editor)

    assert (row["row"], row["claim_answer_state"]) == ("open_claim", "open")


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("hidden", ["link", "claim", "response"])
def test_a_reporter_gets_a_link_when_it_and_both_ends_are_approved(
    reporter: User, state: str, hidden: str
) -> None:
    shown = make_response(make_statement(gist="shown"))
    approve_all(shown.claim, shown.response, shown)
    link = make_response(make_statement(gist="secret"), note="secret")
    records = {"link": link, "claim": link.claim, "response": link.response}
    for name, record in records.items():
        if name == hidden:
            make_in_state(record, state)
        else:
            approve(record)

    rows = exchange_cells(reporter)

    assert [row["link_id"] for row in rows] == [str(shown.uid)]
    assert "secret" not in str(rows)


def test_a_claim_whose_answer_is_in_review_is_not_told_as_open(reporter: User) -> None:
    army = make_actor()
    claim = make_statement(about=[army])
    approve_all(claim, make_response(claim, parties=[army]).response)

    assert exchange_cells(reporter) == []
