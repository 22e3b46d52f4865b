import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from annotations.exports.formats import Order
from annotations.exports.w3c.documents import annotations_jsonld, annotations_zip
from annotations.exports.w3c_check.files import Given, read
from annotations.exports.w3c_check.validate import validate
from annotations.models.statement import StatementQuerySet
from annotations.tests import seeded
from annotations.tests.exports.reading import SITE
from annotations.tests.exports.w3c import made_up
from annotations.tests.factories import correct_text, make_statement, make_user, usual

pytestmark = pytest.mark.django_db


def exported(tmp_path: Path, role: str = "reporter", size: int = 3, **how: Any) -> Given:
    path = tmp_path / "annotations.zip"
    order = Order(make_user(role), SITE, **how)
    path.write_bytes(b"".join(annotations_zip(order, "default", size)))
    return read([path])


def items(given: Given) -> list[dict[str, Any]]:
    pages = sorted(name for name in given.documents if name.startswith("page"))
    return [item for name in pages for item in given.documents[name]["items"]]


def named(given: Given, ending: str) -> dict[str, Any]:
    [found] = [item for item in items(given) if item["id"].endswith(ending)]
    return found


def test_a_made_up_article_with_every_length_of_letter_passes(tmp_path: Path) -> None:
    link = made_up.record()

    given = exported(tmp_path)
    verdict = validate(given)

    assert verdict.findings == ()
    assert (verdict.annotations, verdict.targets, verdict.compared) == (10, 8, 8)
    assert len(given.documents) == 3  # two pages of at most three records, and the collection
    claim = named(given, f"{link.claim.uid}/")
    assert [each["selector"][0]["exact"] for each in claim["target"]] == [
        "“The 🏳️‍🌈 flag was burnt,”",
        "“and nobody — nobody — helped.”",
    ]
    start = claim["target"][0]["selector"][1]["start"]
    assert given.texts[claim["target"][0]["source"]][start:].startswith("“The 🏳️")
    assert claim["body"][0]["name"] == "Envoy 😀"


def test_the_seeds_pass(tmp_path: Path) -> None:
    seeded.load()

    verdict = validate(exported(tmp_path, size=20))

    assert verdict.findings == ()
    assert verdict.targets == verdict.compared > 40


def test_a_link_is_an_annotation_of_its_own(tmp_path: Path) -> None:
    link = made_up.record()

    found = named(exported(tmp_path), f"/{link.uid}/")

    assert found["target"] == f"{SITE}/api/annotations/{link.claim.uid}/"
    assert found["body"][0]["source"] == f"{SITE}/api/annotations/{link.response.uid}/"
    assert found["nr:page"]["id"] == f"{SITE}/statements/{link.claim.uid}/#response-{link.uid}"
    assert [body["nr:term"]["id"] for body in found["body"] if "nr:term" in body] == [
        "nr:link-response",
        "nr:relation-denies",
        "nr:link-basis-same_article",
    ]
    assert (found["motivation"], found["nr:answersPoint"]) == ("linking", [1])


def test_a_filter_brings_the_other_ends_of_links_along(tmp_path: Path) -> None:
    link = made_up.record()
    make_statement(act="demand")

    def denials(rows: StatementQuerySet) -> StatementQuerySet:
        return rows.filter(act="denial")

    given = exported(tmp_path, "editor", narrow=denials, query="act=denial")

    assert validate(given).findings == ()
    assert {link.claim.uid, link.response.uid} == {
        each.uid for each in (link.claim, link.response) if named(given, f"{each.uid}/")
    }
    assert given.documents["collection.jsonld"]["id"] == f"{SITE}/api/annotations/?act=denial"
    assert len(items(given)) == 6


def test_one_file_holds_the_same_annotations(tmp_path: Path) -> None:
    made_up.record()
    given = exported(tmp_path)

    whole = json.loads(b"".join(annotations_jsonld(Order(usual("reporter"), SITE), "default")))

    assert whole["first"]["items"] == items(given)
    assert whole["total"] == len(items(given))
    assert validate(Given({"whole.jsonld": whole}, given.texts)).findings == ()


def test_nothing_is_an_empty_collection_without_pages(tmp_path: Path) -> None:
    whole = json.loads(b"".join(annotations_jsonld(Order(make_user(), SITE), "default")))
    given = exported(tmp_path)

    assert (whole["total"], "first" in whole) == (0, False)
    assert list(given.documents) == ["collection.jsonld"]
    assert validate(Given({"whole.jsonld": whole})).findings == ()
    assert validate(given).findings == ()


def test_words_that_a_correction_left_without_a_place_keep_the_text_they_stood_in(
    tmp_path: Path,
) -> None:
    statement = make_statement()
    correct_text(statement.article, "Something else altogether.\n")

    given = exported(tmp_path, "editor")

    assert validate(given).findings == ()
    assert items(given)[0]["target"][0]["source"].endswith("/revisions/1/")


def test_authors_are_named_to_those_who_see_all_work(tmp_path: Path) -> None:
    made_up.record()

    assert items(exported(tmp_path))[0]["creator"]["type"] == "Organization"
    assert items(exported(tmp_path, "editor"))[0]["creator"] == {
        "type": "Person",
        "nickname": "usual-editor",
    }


def test_queries_do_not_grow_with_the_statements(django_assert_num_queries: Any) -> None:
    made_up.record()
    order = Order(usual("editor"), SITE)
    b"".join(annotations_jsonld(order, "default"))

    with django_assert_num_queries(21):
        b"".join(annotations_jsonld(order, "default"))
    made_up.record()
    with django_assert_num_queries(21):
        b"".join(annotations_jsonld(order, "default"))


def test_the_command_passes_it(tmp_path: Path) -> None:
    made_up.record()
    exported(tmp_path)
    said = io.StringIO()

    call_command("validate_w3c", tmp_path / "annotations.zip", stdout=said)

    assert said.getvalue().splitlines()[-1] == "No faults."


def test_the_vocabulary_is_public_and_has_every_term(client: Client, tmp_path: Path) -> None:
    link = made_up.record()
    graph = client.get("/ns/statements", headers={"accept": "application/ld+json"}).json()["@graph"]
    page = client.get("/ns/statements").text
    terms = {node["@id"].partition("#")[2]: node for node in graph}

    text = json.dumps(items(exported(tmp_path)))
    used = {word.split('"')[0] for word in text.split('"nr:')[1:]}

    assert used - set(terms) == set()
    assert [name for name in used if f'id="{name}"' not in page] == []
    assert (
        terms["relation-denies"]["broader"] == "http://testserver/ns/statements#relation-group-deny"
    )
    assert link.group == "deny"
