"""What a list of statements is asked for."""

import uuid
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.connection import ConnectionDoesNotExist

from annotations.editing.merge import merge
from annotations.forms.filters import StatementFilters
from annotations.models import ReviewState, Statement, record
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    approve_all,
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def asked(query: str, user: User | None = None) -> StatementFilters:
    request = RequestFactory().get(f"/statements/?{query}")
    request.user = user or usual(EDITOR)
    return StatementFilters(QueryDict(query), request=request)


def found(query: str, user: User | None = None) -> set[Statement]:
    return set(asked(query, user).qs)


@pytest.mark.parametrize("field", ["actor", "answers_for", "outlet", "article"])
def test_names_are_looked_up_where_the_rows_are_read(field: str) -> None:
    request = RequestFactory().get("/statements.csv")
    request.user = usual(EDITOR)
    rows = Statement.objects.using("elsewhere")

    with pytest.raises(ConnectionDoesNotExist, match="elsewhere"):
        StatementFilters(QueryDict(f"{field}=Army"), rows, request=request).qs  # noqa: B018


def test_words_are_looked_for_folded() -> None:
    wanted = make_statement(speaker=make_actor("Azizuddin Ma’arij"))
    make_statement(speaker=make_actor("Sadeq Shinwari"))

    rows = found("text=MAARIJ")

    assert rows == {wanted}


def test_an_actor_is_named_by_uid_or_as_typed_with_its_merged_ones() -> None:
    army, alias = make_actor("Pakistan Army"), make_actor("The army")
    own, merged = make_statement(speaker=army), make_statement(speaker=alias)
    make_statement(speaker=make_actor("Pakistan Navy"))
    merge(user=usual(EDITOR), actor=alias, version=alias.version, into=army)

    by_uid, by_name = found(f"actor={army.uid}"), found("actor=pakistan+army")

    assert by_uid == by_name == {own, merged}


def test_a_whole_name_goes_before_names_that_begin_like_it() -> None:
    state, army = make_actor("Pakistan"), make_actor("Pakistan Army")
    wanted = make_statement(about=[state])
    make_statement(about=[army])

    rows = found("actor=Pakistan")

    assert rows == {wanted}


def test_a_part_narrows_the_actor() -> None:
    army = make_actor()
    make_statement(speaker=army)
    wanted = make_statement(about=[army])

    rows = found(f"actor={army.uid}&part=about")

    assert rows == {wanted}


def test_a_part_without_an_actor_asks_for_anybody_in_it() -> None:
    wanted = make_statement(addressee=[make_actor()])
    make_statement()

    rows = found("part=addressee")

    assert rows == {wanted}


def test_open_and_answered_part_the_claims() -> None:
    army = make_actor()
    open_claim, answered = make_statement(about=[army]), make_statement(about=[army])
    response = make_statement(answered.article, "denied the claim")
    make_response(answered, response, parties=[army])

    rows = found("answered=open"), found("answered=answered")

    assert rows == ({open_claim}, {answered})


def test_an_unapproved_answer_is_none_that_a_reporter_is_told_of() -> None:
    army = make_actor()
    pending, answered = make_statement(about=[army]), make_statement(about=[army])
    denials = [make_statement(c.article, "denied the claim") for c in (pending, answered)]
    make_response(pending, denials[0], parties=[army])
    approve_all(pending, answered, *denials, make_response(answered, denials[1], parties=[army]))
    reporter = make_user(REPORTER)

    rows = found("answered=open", reporter), found("answered=answered", reporter)

    assert rows == (set(), {answered})


def test_relations_are_asked_for_at_both_ends() -> None:
    link = make_response(relation="disputes")
    make_response(relation="denies")

    rows = found("response=disputes"), found("answers=disputes")

    assert rows == ({link.claim}, {link.response})


def test_a_response_is_found_by_the_party_it_answers_for() -> None:
    army, navy = make_actor(), make_actor()
    claim = make_statement(about=[army, navy])
    link = make_response(claim, parties=[army])
    make_response(claim, make_statement(claim.article, "called it likely"), parties=[navy])

    rows = found(f"answers_for={army.uid}")

    assert rows == {link.response}


@pytest.mark.parametrize(
    ("asked_for", "states"),
    [
        ("", set(ReviewState.values) - {"suggested", "withdrawn"}),
        ("draft", {"draft"}),
        ("sent_back", {"changes_requested", "rejected"}),
        ("withdrawn", {"withdrawn"}),
    ],
)
def test_deleted_work_is_listed_only_when_asked_for(asked_for: str, states: set[str]) -> None:
    for state in set(ReviewState.values) - {"suggested"}:
        make_in_state(make_statement(), state)

    rows = found(f"state={asked_for}")

    assert {row.state for row in rows} == states


def test_reporters_see_approved_work_whatever_they_ask_for() -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]
    approved = {row for row in made if row.state == "approved"}
    reporter = make_user(REPORTER)

    rows = [found(query, reporter) for query in ("", "state=draft", "state=withdrawn", "by=me")]

    assert rows == [approved] * 4


def test_people_without_a_role_see_nothing() -> None:
    approve(make_statement())

    rows = found("", make_user(""))

    assert rows == set()


def test_my_own_work_is_what_i_recorded() -> None:
    me = make_user(EDITOR)
    wanted = make_statement(user=me)
    make_statement()

    rows = found("by=me", me)

    assert rows == {wanted}


def test_article_and_outlet_narrow_the_list() -> None:
    paper = make_actor("Salam Watandar", kind="media")
    article = make_article(outlet=paper, headline="Army denies")
    wanted = make_statement(article)
    make_statement(make_article(headline="Navy denies"))

    rows = [
        found(f"article={article.uid}"),
        found("article=army+denies"),
        found(f"outlet={paper.uid}"),
        found("outlet=salam"),
    ]

    assert rows == [{wanted}] * 4


def test_both_dates_have_ends() -> None:
    early = make_statement(make_article(published_on=date(2024, 1, 1)), said_on=date(2023, 12, 1))
    late = make_statement(make_article(published_on=date(2024, 6, 1)), said_on=date(2024, 5, 1))
    make_statement()

    rows = [
        found("said_from=2024-01-01"),
        found("said_to=2024-01-01"),
        found("published_from=2024-02-01"),
        found("published_to=2024-01-01"),
    ]

    assert rows == [{late}, {early}, {late}, {early}]


@pytest.mark.parametrize(
    "query", ["form=shouted", "act=x", "state=gone", "said_from=yesterday", "sort=size", "part=all"]
)
def test_an_unknown_value_is_an_error_of_its_field_and_finds_nothing(query: str) -> None:
    make_statement()

    filters = asked(query)

    assert (set(filters.qs), set(filters.errors)) == (set(), {query.split("=", maxsplit=1)[0]})


@pytest.mark.parametrize("name", ["actor", "article", "outlet", "answers_for"])
def test_what_is_not_there_finds_nothing_and_is_told(name: str) -> None:
    make_statement()

    filters = asked(f"{name}={uuid.uuid4()}")

    assert (set(filters.qs), len(filters.notices)) == (set(), 1)


def test_an_actor_that_a_reporter_does_not_see_answers_as_one_that_is_not_there() -> None:
    hidden = make_actor("Hidden Source")
    make_statement(speaker=hidden)

    filters = asked(f"actor={hidden.uid}", make_user(REPORTER))

    assert filters.chips()[0].value == str(hidden.uid)
    assert filters.notices == [f"No actor is called “{hidden.uid}”."]


def test_each_chip_takes_one_filter_away() -> None:
    army = make_actor("Army")

    chips = asked(f"actor={army.uid}&form=direct&sort=oldest&after={uuid.uuid4()}").chips()

    assert [(chip.label, chip.value, chip.rest) for chip in chips] == [
        ("Actor", "Army", "form=direct&sort=oldest"),
        ("Form", "direct", f"actor={army.uid}&sort=oldest"),
    ]


def test_without_a_date_an_article_is_not_published_before_one() -> None:
    dated = make_statement(make_article(published_on=date(2024, 1, 1)))
    make_statement(make_article(headline="undated"))

    rows = found("published_to=2024-12-31")

    assert rows == {dated}


def test_a_word_is_found_alike_whether_it_is_common_or_rare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speaker = make_actor("Zaranj Council")
    spoken = make_statement(speaker=speaker)
    held = make_statement(make_article(text="He went to Zaranj today."), "went to Zaranj today")
    make_statement()

    rare = found("text=zaranj")
    monkeypatch.setattr(record, "NEWEST", 3)
    common = found("text=zaranj")

    assert (rare, common) == ({spoken, held}, {spoken, held})
