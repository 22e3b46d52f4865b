"""Annotations are found at the addresses that files of them name, by who sees what they are made of."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotations.api.web_annotations import IRIS, MINIMAL, TYPE
from annotations.editing.issue import issue
from annotations.exports.formats import Order
from annotations.exports.w3c import served
from annotations.exports.w3c.documents import annotations_zip
from annotations.exports.w3c_check.files import Given, read
from annotations.exports.w3c_check.validate import validate
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.exports.w3c import made_up
from annotations.tests.factories import approve, delete, make_statement, make_user

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
ADDRESS = "/api/annotations/"


@pytest.fixture
def reporter(client: Client) -> Client:
    client.force_login(make_user(REPORTER))
    return client


def at(client: Client, address: str, **headers: str) -> Any:
    return client.get(address.removeprefix(HERE), headers=headers)


def test_the_chain_of_pages_is_that_of_the_archive(
    reporter: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "RECORDS", 2)
    made_up.record()
    make_statement()  # nobody approved it
    path = tmp_path / "annotations.zip"
    order = Order(make_user(REPORTER), HERE)
    path.write_bytes(b"".join(annotations_zip(order, "default", 2)))
    archive = read([path]).documents

    whole = at(reporter, ADDRESS, prefer=f'return=representation;include="{MINIMAL}"').json()
    found, following = [], whole["first"]
    while following:
        found.append(at(reporter, following).json())
        following = found[-1].get("next")

    assert len(found) > 2
    assert found == [archive[f"page-{number}.jsonld"] for number in range(1, len(found) + 1)]
    assert whole == {k: v for k, v in archive["collection.jsonld"].items() if k != "created"}
    assert validate(Given({"whole": whole, **{each["id"]: each for each in found}})).findings == ()
    assert at(reporter, f"{ADDRESS}?page={len(found) + 1}").status_code == 404
    items = [item for page in found for item in page["items"]]
    alone = [at(reporter, item["id"]).json() for item in items]
    assert [{k: v for k, v in each.items() if k != "@context"} for each in alone] == items
    assert validate(Given({each["id"]: each for each in alone})).findings == ()


def test_the_first_page_stands_inside_unless_less_is_preferred(reporter: Client) -> None:
    made_up.record()

    whole = at(reporter, ADDRESS).json()
    names = at(reporter, ADDRESS, prefer=f'return=representation;include="{IRIS}"').json()

    assert [item["id"] for item in whole["first"]["items"]] == names["first"]["items"]
    assert names["first"]["id"] == f"{HERE}{ADDRESS}?page=1&iris=1"
    assert whole["total"] == len(names["first"]["items"]) == 10
    assert at(reporter, f"{ADDRESS}?act=denial").json()["id"] == f"{HERE}{ADDRESS}?act=denial"


def test_what_the_protocol_asks_of_an_answer(reporter: Client) -> None:
    uid = approve(make_statement()).uid
    for address, kind in ((f"{ADDRESS}{uid}/", "Resource"), (ADDRESS, "BasicContainer")):
        answer = at(reporter, address, accept="application/ld+json")
        again = at(reporter, address, if_none_match=answer["ETag"])

        assert answer["Content-Type"] == TYPE
        assert f'<http://www.w3.org/ns/ldp#{kind}>; rel="type"' in answer["Link"]
        assert {"GET", "HEAD", "OPTIONS"} == set(answer["Allow"].split(", "))
        assert {"Accept", "Prefer"} <= set(answer["Vary"].split(", "))
        assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
        assert reporter.options(address)["Allow"] == answer["Allow"]
        assert reporter.head(address)["ETag"] == answer["ETag"]


@pytest.mark.parametrize(
    "query", ["?words=nonsense", "?what=1", "?page=0", "?page=x", "?act=nonsense", "?iris=7"]
)
def test_what_cannot_be_asked_is_named(reporter: Client, query: str) -> None:
    uid = approve(make_statement()).uid
    address = f"{ADDRESS}{uid}/" if "w" in query else ADDRESS

    answer = reporter.get(address + query)

    assert answer.status_code == 400
    assert query[1:].partition("=")[0] in answer.json()


def test_work_is_there_for_whom_it_is_shown_deleted_work_too(reporter: Client) -> None:
    statement = make_statement(source="The ministry")
    address = f"{ADDRESS}{statement.uid}/"
    editor = Client()
    editor.force_login(make_user(EDITOR))
    asked = [address, f"{address}?words=source", f"{address}?words=cue"]

    assert [reporter.get(each).status_code for each in asked] == [404, 404, 404]
    assert [editor.get(each).status_code for each in asked] == [200, 200, 404]
    delete(statement)
    listed = editor.get(f"{ADDRESS}?state=withdrawn").json()["first"]["items"]
    assert [each["id"] for each in listed] == [HERE + each for each in asked[:2]]
    assert [at(editor, each["id"]).json()["nr:reviewState"] for each in listed] == [
        each["nr:reviewState"] for each in listed
    ]
    assert [reporter.get(each).status_code for each in asked] == [404, 404, 404]


def test_pages_of_names_end_where_the_collection_says(
    reporter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "RECORDS", 2)
    made_up.record()

    whole = at(reporter, ADDRESS, prefer=f'return=representation;include="{IRIS}"').json()
    chain = [whole["first"]["id"]]
    while following := at(reporter, chain[-1]).json().get("next"):
        chain.append(following)

    assert len(chain) > 2
    assert chain[-1] == whole["last"]


def test_a_program_reads_with_its_token() -> None:
    secret = issue(
        user=make_user(REPORTER), name="desk", scope="read", lasts=timedelta(days=1)
    ).secret
    uid = approve(make_statement()).uid

    answer = Client().get(f"{ADDRESS}{uid}/", headers={"authorization": f"Bearer {secret}"})

    assert answer.json()["canonical"] == f"urn:uuid:{uid}"


def test_a_page_costs_the_same_for_one_statement_and_for_many(
    reporter: Client, django_assert_num_queries: Any
) -> None:
    made_up.record()
    reporter.get(f"{ADDRESS}?page=1")

    with django_assert_num_queries(24):
        reporter.get(f"{ADDRESS}?page=1")
    made_up.record()
    with django_assert_num_queries(24):
        reporter.get(f"{ADDRESS}?page=1")
