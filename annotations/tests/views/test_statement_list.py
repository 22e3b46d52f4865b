"""The list of statements."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.editing.merge import merge
from annotations.editing.name import rename_actor
from annotations.models import ReviewState, Statement
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/statements/"
ABSENT = "8f2f2f7c-3f43-4f6e-9a43-0f3d7f7d0f11"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def shown(html: str) -> list[str]:
    """The uids of the statements listed, in their order."""
    return re.findall(r'<h2 class="quote[^>]*><a href="/statements/([0-9a-f-]{36})/"', html)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def link(html: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="\?([^"]*)"', html)
    return found.group(1).replace("&amp;", "&") if found else ""


def test_a_row_says_who_said_what_where_and_how_it_is_answered(editor: Client) -> None:
    army = make_actor("Army")
    article = make_article(headline="Army denies")
    claim = make_statement(article, speaker=make_actor("The Minister"), about=[army])
    make_response(claim, make_statement(article, "denied the claim"), parties=[])

    html = page(editor, "answered=open&actor=The+Minister")

    assert shown(html) == [str(claim.uid)]
    for words in (
        "The Minister",
        "Army denies",
        "date unknown",
        "still open",
        "1 response",
        "draft",
    ):
        assert words in html


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_statements(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article, army = make_article(), make_actor()
    for _ in range(rows):
        make_statement(article, about=[army], points=["One"])

    with django_assert_num_queries(11):
        editor.get(ADDRESS)


def test_reporters_are_listed_approved_work_only(client: Client) -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]
    client.force_login(make_user(REPORTER))

    html = page(client)

    assert shown(html) == [str(row.uid) for row in made if row.state == "approved"]


def test_unapproved_responses_are_not_counted_for_reporters(client: Client) -> None:
    claim = make_statement()
    answer = make_statement(claim.article, "denied the claim")
    make_response(claim, answer)
    approve(claim)
    approve(answer)
    client.force_login(make_user(REPORTER))

    html = page(client)

    assert len(shown(html)) == 2
    assert "1 response" not in html


def test_pages_follow_each_other_while_statements_come_in(editor: Client) -> None:
    article = make_article()
    made = [str(make_statement(article).uid) for _ in range(60)][::-1]
    first = page(editor, "form=indirect")
    make_statement(article)
    second = page(editor, link(first, "next"))
    third = page(editor, link(second, "next"))
    back = page(editor, link(third, "prev"))

    assert shown(first) + shown(second) + shown(third) == made
    assert shown(back) == shown(second)
    assert "form=indirect" in link(first, "next")
    assert (link(first, "prev"), link(third, "next")) == ("", "")


def test_oldest_first_turns_the_order(editor: Client) -> None:
    made = [str(make_statement().uid) for _ in range(3)]

    html = page(editor, "sort=oldest")

    assert shown(html) == made


def test_the_latest_article_comes_first_and_unknown_dates_last(editor: Client) -> None:
    from datetime import date

    late = make_statement(make_article(published_on=date(2024, 6, 1)))
    unknown = make_statement(make_article())
    early = make_statement(make_article(published_on=date(2024, 1, 1)))

    html = page(editor, "sort=published")

    assert shown(html) == [str(row.uid) for row in (late, early, unknown)]


def test_the_csv_links_carry_the_filter_and_not_the_place(editor: Client) -> None:
    statement = make_statement()

    html = page(editor, f"form=indirect&after={statement.uid}")

    assert 'href="/statements.csv?form=indirect"' in html
    assert 'href="/exports/?form=indirect"' in html


def test_an_unknown_value_is_told_plainly(editor: Client) -> None:
    make_statement()

    html = page(editor, "form=shouted")

    assert shown(html) == []
    assert "This list cannot be shown as asked" in html


@pytest.mark.parametrize("place", ["after=here", f"after={ABSENT}", f"before={ABSENT}"])
def test_a_place_that_is_gone_shows_the_first_page_and_says_so(editor: Client, place: str) -> None:
    statement = make_statement()

    html = page(editor, place)

    assert shown(html) == [str(statement.uid)]
    assert "is not there any more" in html


def test_an_actor_that_is_not_there_is_told(editor: Client) -> None:
    make_statement()

    html = page(editor, "actor=Nobody")

    assert shown(html) == []
    assert "No actor is called “Nobody”." in html


def test_an_empty_list_says_what_to_do(editor: Client) -> None:
    html = page(editor)

    assert "Nothing is recorded yet" in html


def test_every_field_has_a_label_and_every_chip_a_name(editor: Client) -> None:
    html = page(editor, "form=direct&text=x")

    fields = set(re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', html))
    assert fields <= set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    assert html.count('aria-label="Remove ') == 2
    assert html.count("<h1>") == 1


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    response = client.get(ADDRESS)

    assert response.status_code == 403


def test_the_list_only_reads(editor: Client) -> None:
    response = editor.post(ADDRESS)

    assert (response.status_code, Statement.objects.count()) == (405, 0)


@pytest.mark.parametrize(
    ("words", "found"),
    [("new", True), ("new crossed", True), ("other", True), ("standing", True), ("old", False)],
)
def test_a_speaker_is_found_by_the_names_it_has_now(
    editor: Client, words: str, found: bool
) -> None:
    speaker, standing = make_actor("Old Name"), make_actor("Standing")
    statement = make_statement(speaker=speaker)
    make_statement(speaker=make_actor("Somebody Else"), about=[speaker])
    renamed = rename_actor(
        user=usual(EDITOR),
        actor=speaker,
        version=speaker.version,
        name="New Name",
        kind=speaker.kind,
        aliases=["Other Ways"],
    )
    merge(user=usual(EDITOR), actor=renamed, version=renamed.version, into=standing)

    html = page(editor, f"text={words.replace(' ', '+')}")

    assert shown(html) == ([str(statement.uid)] if found else [])
