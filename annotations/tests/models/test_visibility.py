"""Who sees what: each test holds a row that could leak."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.models import (
    Actor,
    Article,
    Post,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    approve_all,
    delete,
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    speaks,
    usual,
)

pytestmark = pytest.mark.django_db
UNAPPROVED = ["draft", "submitted", "changes_requested", "rejected", "withdrawn"]
SEEING = [EDITOR, REVIEWER, ADMINISTRATOR]


def _seen(model: Any, role: str = REPORTER) -> set[Any]:
    return set(model.objects.visible_to(usual(role)))


def _in_every_state() -> dict[str, Statement]:
    return {
        state: make_in_state(make_statement(), state)
        for state in [*UNAPPROVED, ReviewState.APPROVED]
    }


def test_a_reporter_sees_approved_statements_only() -> None:
    statements = _in_every_state()

    assert _seen(Statement) == {statements["approved"]}


def test_a_suggestion_is_not_for_reporters() -> None:
    statement = make_statement()
    Statement.objects.filter(pk=statement.pk).update(state=ReviewState.SUGGESTED)

    assert _seen(Statement) == set()


@pytest.mark.parametrize("role", SEEING)
def test_the_newsroom_sees_every_state(role: str) -> None:
    statements = _in_every_state()

    assert _seen(Statement, role) == set(statements.values())


@pytest.mark.parametrize(
    "model", [Statement, Response, Restatement, ReplyRecord, Article, Actor, Post]
)
@pytest.mark.parametrize("kind", ["anonymous", "inactive", "without a role"])
def test_nobody_else_sees_anything(model: Any, kind: str) -> None:
    holder, organisation = make_actor(), make_actor()
    give_post(user=usual(EDITOR), holder=holder, details=PostDetails("head", organisation))
    claim = make_statement(about=[holder, organisation])
    work = [make_response(claim), make_restatement(claim), make_reply_record(claim)]
    approve_all(claim, work[0].response, work[1].by, *work)  # type: ignore[attr-defined]
    user: Any = AnonymousUser() if kind == "anonymous" else make_user("")
    if kind == "inactive":
        user = make_user(EDITOR)
        user.is_active = False

    assert model.objects.exists()
    assert list(model.objects.visible_to(user)) == []


@pytest.mark.parametrize("state", UNAPPROVED)
@pytest.mark.parametrize("which", ["link", "claim", "response"])
def test_a_response_is_seen_when_it_and_both_statements_are(which: str, state: str) -> None:
    shown, hidden = make_response(), make_response()
    approve_all(shown.claim, shown.response, shown)
    parts = {"link": hidden, "claim": hidden.claim, "response": hidden.response}
    for name, part in parts.items():
        make_in_state(part, state if name == which else "approved")

    assert _seen(Response) == {shown}


@pytest.mark.parametrize("which", ["link", "of", "by"])
def test_a_restatement_is_seen_when_it_and_both_statements_are(which: str) -> None:
    shown, hidden = make_restatement(), make_restatement()
    approve_all(shown.of, shown.by, shown)
    parts = {"link": hidden, "of": hidden.of, "by": hidden.by}
    approve_all(*(part for name, part in parts.items() if name != which))

    assert _seen(Restatement) == {shown}


@pytest.mark.parametrize("which", ["record", "claim"])
def test_a_reply_record_is_seen_when_it_and_its_claim_are(which: str) -> None:
    shown, hidden = make_reply_record(), make_reply_record()
    approve_all(shown.claim, shown)
    approve(hidden.claim if which == "record" else hidden)

    assert _seen(ReplyRecord) == {shown}


def test_an_article_is_seen_once_it_holds_approved_work() -> None:
    shown, drafted, empty = make_article(), make_article(), make_article()
    approve(make_statement(shown))
    make_statement(drafted)
    delete(approve(make_statement(empty)))

    assert _seen(Article) == {shown}
    assert _seen(Article, EDITOR) == {shown, drafted, empty}


def test_an_actor_is_seen_once_approved_work_names_it() -> None:
    outlet, speaker, accused, only_in_a_draft = (make_actor() for _ in range(4))
    article = make_article(outlet=outlet)
    approve(make_statement(article, speaker=speaker, about=[accused]))
    make_statement(article, speaker=only_in_a_draft)
    make_article(outlet=make_actor())

    assert _seen(Actor) == {outlet, speaker, accused}


def test_an_actor_taken_out_of_a_statement_is_no_longer_seen_by_it() -> None:
    from annotations.editing.attribute import attribute
    from annotations.editing.change import change
    from annotations.models.history import Verb

    speaker, accused = make_actor(), make_actor()
    statement = approve(make_statement(speaker=speaker, about=[accused]))

    with change(Verb.REVISED, usual(EDITOR)):
        attribute(statement, [speaks(speaker)])

    assert _seen(Actor) == {speaker}


def test_the_actor_that_a_named_one_was_merged_into_is_seen() -> None:
    named, standing, other = make_actor(), make_actor(), make_actor()
    approve(make_statement(speaker=named))
    merge(user=usual(EDITOR), actor=named, version=1, into=standing)

    assert _seen(Actor) == {named, standing}
    assert other in _seen(Actor, REVIEWER)


def test_a_post_is_seen_when_holder_and_organisation_are() -> None:
    holder, ministry, party = make_actor(), make_actor(), make_actor()
    approve(make_statement(speaker=holder, about=[ministry]))
    shown, _ = (
        give_post(user=usual(EDITOR), holder=holder, details=PostDetails("head", organisation))
        for organisation in (ministry, party)
    )

    assert _seen(Post) == {shown}


def test_work_that_changed_since_its_approval_is_out_of_sight_again() -> None:
    from annotations.editing.respond import revise_response

    link = make_response()
    approve_all(link.claim, link.response, link)
    before = _seen(Response)

    revise_response(
        user=usual(EDITOR),
        link=link,
        version=fresh(link).version,
        relation="rebuts",
        link_basis=link.link_basis,
        parties=[],
        answers=[],
        marker=[],
    )

    assert (before, _seen(Response)) == ({link}, set())


def test_open_claims_of_others_do_not_show_unapproved_ones() -> None:
    approved, draft = make_statement(about=[make_actor()]), make_statement(about=[make_actor()])
    approve(approved)

    found = set(Statement.objects.visible_to(usual(REPORTER)).open())

    assert found == {approved}
    assert draft in Statement.objects.visible_to(usual(EDITOR)).open()


def test_the_claimant_that_an_approved_reply_record_names_is_seen() -> None:
    named, hidden = make_actor(), make_actor()
    shown, draft = make_reply_record(claimant=named), make_reply_record(claimant=hidden)
    approve_all(shown.claim, shown, draft.claim)

    seen = _seen(Actor)

    assert (named in seen, hidden in seen) == (True, False)
