from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connections
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from annotations.exports import rows as rows_module
from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.cells import Profile
from annotations.exports.columns import Column
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.files import codebook_csv
from annotations.exports.formats import Format
from annotations.exports.registry import FORMATS
from annotations.exports.snapshot import EXPORT
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.forms.filters import StatementFilters
from annotations.tests.exports.reading import Cells, read, unpacked
from annotations.tests.factories import (
    approve,
    approve_all,
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_restatement,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
streaming = pytest.mark.django_db(
    transaction=True, databases=["default", EXPORT], serialized_rollback=True
)

STREAMED = [*FORMATS]
# In which a lone statement has no row, or no statement has.
NEVER_NAMES_IT = {"exchanges_csv", "claimreview_jsonld"}
NAMES = ["statements_csv", "codebook_csv"]  # both views; the matrix asks for each address
COLUMNS: dict[str, Sequence[Column[Any]]] = {
    "statements_csv": STATEMENT_COLUMNS,
    "exchanges_csv": EXCHANGE_COLUMNS,
    "actors_csv": ACTOR_COLUMNS,
}


@pytest.fixture
def reporter(client: Client) -> User:
    user = make_user("reporter")
    client.force_login(user)
    return user


@pytest.fixture
def editor(client: Client) -> User:
    user = make_user("editor")
    client.force_login(user)
    return user


def download(client: Client, name: str, **query: str) -> Cells:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    assert isinstance(response, StreamingHttpResponse)
    return read(iter(response))


@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_signed_in_is_asked_to(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"] == f"/sign-in/?next={reverse(name)}"


@pytest.mark.parametrize("name", NAMES)
def test_without_a_role_it_is_refused(client: Client, name: str) -> None:
    client.force_login(make_user(""))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, reporter: User, name: str, method: str) -> None:
    assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["excel", "", "RAW"])
def test_an_unknown_profile_is_told_in_plain_words(
    client: Client, reporter: User, name: str, profile: str
) -> None:
    response = client.get(reverse(name), {"profile": profile})

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"There is no such profile." in response.content


@pytest.mark.parametrize("name", STREAMED)
def test_a_filter_that_cannot_be_read_is_told_in_plain_words(
    client: Client, reporter: User, name: str
) -> None:
    response = client.get(reverse(name), {"said_from": "yesterday"})

    assert response.status_code == 400
    assert b"The filter in this address cannot be read." in response.content


@streaming
@pytest.mark.parametrize("each", FORMATS.values(), ids=FORMATS)
def test_it_is_saved_as_a_file_and_kept_by_no_cache(
    client: Client, reporter: User, each: Format
) -> None:
    response = client.get(reverse(each.name))
    response.getvalue()

    assert response["Content-Type"] == each.content_type
    assert response["Content-Disposition"] == f'attachment; filename="{each.file}"'
    assert response["Cache-Control"] == "private, no-store"
    assert not connections[EXPORT].in_atomic_block


@streaming
@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_without_rows_has_its_head(client: Client, reporter: User, name: str) -> None:
    head = client.get(reverse(name)).getvalue().decode("utf-8-sig")

    assert head == ",".join(f'"{column.name}"' for column in COLUMNS[name]) + "\n"


@streaming
@pytest.mark.parametrize("each", FORMATS.values(), ids=FORMATS)
def test_no_format_tells_a_reporter_of_work_that_is_not_approved(
    client: Client, reporter: User, each: Format
) -> None:
    ghost, army = make_actor("Hidden Ghost"), make_actor("Army", aliases=["The Army"])
    claim = make_statement(make_article(), speaker=army, gist="shown", about=[army])
    hidden = make_statement(claim.article, speaker=ghost, about=[army], note="hidden")
    make_response(claim, hidden, note="hidden")
    make_restatement(claim, hidden, note="hidden")
    approve_all(claim)

    file = unpacked(client.get(reverse(each.name)).getvalue())

    assert "hidden" not in file.casefold()
    assert str(hidden.uid) not in file
    assert each.name in NEVER_NAMES_IT or "Army" in file


def test_the_page_offers_every_format_under_the_lists_filter(
    client: Client, reporter: User
) -> None:
    page = client.get(reverse("exports"), {"act": "denial", "sort": "newest", "x": "1"})

    for each in FORMATS.values():
        assert f'href="/{each.file}?act=denial&amp;sort=newest"' in page.text
    assert 'href="/statements.csv?act=denial&amp;sort=newest&amp;profile=raw"' in page.text
    assert "Remove Act: denial" in page.text


def test_the_page_leads_back_where_a_filter_cannot_be_read(client: Client, reporter: User) -> None:
    response = client.get(reverse("exports"), {"said_from": "yesterday"})

    assert response["Location"] == "/statements/?said_from=yesterday"


def test_the_codebook_is_the_columns(client: Client, reporter: User) -> None:
    assert client.get(reverse("codebook_csv")).content == codebook_csv()


def test_a_raw_codebook_has_no_apostrophes(client: Client, reporter: User) -> None:
    response = client.get(reverse("codebook_csv"), {"profile": "raw"})

    assert response.content == codebook_csv(Profile.RAW)


@streaming
def test_a_reporter_downloads_approved_work(client: Client, reporter: User) -> None:
    army, article = make_actor("Army"), make_article()
    claim = make_statement(article, about=[army])
    link = make_response(claim, parties=[army])
    approve_all(claim, link.response, link)
    for state in ("draft", "submitted", "changes_requested", "rejected", "withdrawn"):
        hidden = make_statement(article, about=[army], gist="hidden")
        make_in_state(hidden, state)
        make_response(claim, hidden, note="hidden") if state != "withdrawn" else None

    statements = download(client, "statements_csv")
    exchanges = download(client, "exchanges_csv")

    assert [row["id"] for row in statements] == [str(claim.uid), str(link.response.uid)]
    assert [row["link_id"] for row in exchanges] == [str(link.uid)]
    assert "hidden" not in f"{statements}{exchanges}"


@streaming
def test_addresses_are_absolute(client: Client, reporter: User) -> None:
    statement = approve(make_statement())

    [row] = download(client, "statements_csv")

    assert row["address"] == f"http://testserver/statements/{statement.uid}/"


@streaming
def test_the_raw_profile_leaves_formulas_bare(client: Client, editor: User) -> None:
    make_statement(gist="=1+1")

    [safe] = download(client, "statements_csv")
    [raw] = download(client, "statements_csv", profile="raw")

    assert (safe["gist"], raw["gist"]) == ("'=1+1", "=1+1")


QUERIES: list[dict[str, str]] = [
    {},
    {"act": "denial"},
    {"text": "crossed"},
    {"answered": "open"},
    {"answered": "answered"},
    {"actor": "Army", "part": "about"},
    {"response": "denies"},
    {"answers": "any"},
    {"state": "submitted"},
    {"state": "withdrawn"},
    {"sort": "published"},
    {"actor": "Nobody of that name"},
]


@streaming
def test_it_holds_what_the_list_shows(client: Client, editor: User) -> None:
    army, article = make_actor("Army"), make_article()
    answered, opened = (make_statement(article, about=[army], gist="crossed") for _ in range(2))
    make_response(answered, parties=[army])
    make_in_state(opened, "submitted")
    make_in_state(make_statement(article), "withdrawn")

    for query in QUERIES:
        request = client.get(reverse("codebook_csv"), query).wsgi_request
        shown = StatementFilters(request.GET, request=request).qs.order_by("id")

        rows = download(client, "statements_csv", **query)

        assert [row["id"] for row in rows] == [str(each.uid) for each in shown], query


@streaming
def test_exchanges_are_narrowed_by_their_claims(client: Client, editor: User) -> None:
    link = make_response(make_statement(act="accusation"))
    make_response(make_statement(act="demand"), make_statement(link.claim.article))

    rows = download(client, "exchanges_csv", act="accusation")

    assert {row["claim_act"] for row in rows} == {"accusation"}


@streaming
def test_a_reader_who_goes_away_leaves_no_transaction(client: Client, editor: User) -> None:
    make_statement()
    response = client.get(reverse("statements_csv"))
    next(iter(response))

    response.close()

    assert not connections[EXPORT].in_atomic_block


@streaming
def test_a_break_in_the_middle_is_raised(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_statement()

    def broken(*args: object) -> None:
        raise DatabaseError("the server is gone")

    monkeypatch.setattr(rows_module, "statement_rows_of", broken)
    response = client.get(reverse("statements_csv"))

    with pytest.raises(DatabaseError, match="the server is gone"):
        b"".join(response)
