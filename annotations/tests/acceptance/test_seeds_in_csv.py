"""All of annotations.json is found again in the two files that a reporter downloads; whole sets."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from annotations.exports.cells import split
from annotations.exports.snapshot import EXPORT
from annotations.imports.seeds import uid_of
from annotations.permissions import REPORTER
from annotations.tests import seeded
from annotations.tests.exports.reading import Cells, read
from annotations.tests.factories import usual

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", EXPORT])
PARTS = ("speaker", "acting_for", "via", "addressee", "about")
ROLES = ("content", "source", "cue")


def _download(client: Client, name: str) -> Cells:
    seeded.load()
    client.force_login(usual(REPORTER))
    response = client.get(reverse(name), {"profile": "raw"})
    assert isinstance(response, StreamingHttpResponse)
    pieces: Iterator[bytes] = iter(response)
    return read(pieces)


def _uid(key: str) -> str:
    return str(uid_of("statement", key))


def _actor(key: str) -> str:
    return str(uid_of("actor", key))


def _several(row: dict[str, str], *columns: str) -> list[tuple[str, ...]]:
    """The values of columns that stand side by side, one tuple for each of the several."""
    values = [split(row[column]) for column in columns]
    longest = max(len(each) for each in values)
    return list(zip(*(each or ("",) * longest for each in values), strict=True))


def _expected_statements() -> set[tuple[Any, ...]]:
    return {
        (
            _uid(key),
            str(uid_of("article", statement["file"])),
            statement["form"],
            statement["act"],
            statement.get("venue", ""),
            statement.get("said_on_as_printed", ""),
            statement.get("note", ""),
            "approved",
            *(seeded.words(statement, role) for role in ROLES),
            tuple(statement.get("points", [])),
        )
        for key, statement in seeded.STATEMENTS.items()
    }


def _statements(cells: Cells) -> set[tuple[Any, ...]]:
    return {
        (
            *(row[column] for column in ("id", "article_id", "form", "act", "venue")),
            *(row[column] for column in ("said_on_as_printed", "note", "state")),
            *(split(row[role]) for role in ROLES),
            split(row["point"]),
        )
        for row in cells
    }


def _expected_attributions() -> set[tuple[Any, ...]]:
    return {
        (
            _uid(key),
            row["part"],
            _actor(row["actor"]),
            seeded.named(row["actor"]),
            row.get("as_printed", ""),
            row.get("title_as_printed", ""),
        )
        for key, statement in seeded.STATEMENTS.items()
        for row in statement["attributions"]
    }


def _attributions(cells: Cells) -> set[tuple[Any, ...]]:
    return {
        (row["id"], part, *values)
        for row in cells
        for part in PARTS
        for values in _several(
            row,
            f"{part}_id",
            part,
            f"{part}_as_printed",
            f"{part}_title_as_printed",
        )
    }


def _expected_restatements() -> set[tuple[Any, ...]]:
    return {
        (_uid(link["by"]), _uid(link["of"]), link["scope"], link.get("note", ""), "approved")
        for link in seeded.ANNOTATIONS["restatements"]
    }


def _restatements(cells: Cells) -> dict[str, set[tuple[Any, ...]]]:
    columns = ("id", "scope", "note", "state")
    return {
        "restates": {
            (row["id"], *values)
            for row in cells
            for values in _several(row, *(f"restates_{column}" for column in columns))
        },
        "restated_by": {
            (by, row["id"], *values)
            for row in cells
            for by, *values in _several(row, *(f"restated_by_{column}" for column in columns))
        },
    }


def _expected_silences() -> set[tuple[Any, ...]]:
    return {
        (
            _uid(reply["claim"]),
            _actor(reply["party"]),
            reply["status"],
            reply["evidence"],
            seeded.named(reply["claimant"]),
            reply["title_as_printed"],
            reply["note"],
            "",
        )
        for reply in seeded.REPLIES
    }


def _silences(cells: Cells) -> set[tuple[Any, ...]]:
    columns = ["party_id", "status", "evidence", "claimant", "title_as_printed", "note", "as_of"]
    return {
        (row["id"], *values)
        for row in cells
        for values in _several(row, *(f"reply_{column}" for column in columns))
    }


def _expected_responses() -> set[tuple[Any, ...]]:
    return {
        (
            str(uid_of("response", link["claim"], link["response"], link["relation"])),
            _uid(link["claim"]),
            _uid(link["response"]),
            link["relation"],
            link["link_basis"],
            link.get("marker", ""),
            frozenset(_actor(party) for party in link["for_parties"]),
            frozenset(
                (str(number), seeded.STATEMENTS[link["claim"]]["points"][number - 1])
                for number in link.get("answers", [])
            ),
            "true" if _file(link["claim"]) == _file(link["response"]) else "false",
        )
        for link in seeded.ANNOTATIONS["responses"]
    }


def _file(key: str) -> str:
    return str(seeded.STATEMENTS[key]["file"])


def _responses(cells: Cells) -> set[tuple[Any, ...]]:
    return {
        (
            *(row[column] for column in ("link_id", "claim_id", "response_id", "relation")),
            row["link_basis"],
            row["marker"],
            frozenset(split(row["for_party_id"])),
            frozenset(_several(row, "answered_point_number", "answered_point")),
            row["same_article"],
        )
        for row in cells
        if row["row"] == "response"
    }


def test_statements_csv_holds_everything(client: Client) -> None:
    cells = _download(client, "statements_csv")

    found = _restatements(cells)
    addresses = {row["address"].partition("/statements/")[2] for row in cells}
    assert addresses == {f"{_uid(key)}/" for key in seeded.STATEMENTS}
    assert len(cells) == seeded.ANNOTATIONS["counts"]["statements"]
    assert _statements(cells) == _expected_statements()
    assert _attributions(cells) == _expected_attributions()
    assert found["restates"] == found["restated_by"] == _expected_restatements()
    assert _silences(cells) == _expected_silences()


def test_exchanges_csv_holds_everything(client: Client) -> None:
    cells = _download(client, "exchanges_csv")

    links = [row for row in cells if row["row"] == "response"]
    alone = {row["claim_id"] for row in cells if row["row"] == "open_claim"}
    keys = {_uid(key): key for key in seeded.STATEMENTS}
    claims = {keys[row["claim_id"]] for row in cells}
    answers = {keys[row["response_id"]] for row in links}
    assert len(links) == seeded.ANNOTATIONS["counts"]["responses"]
    assert _responses(cells) == _expected_responses()
    assert alone == _expected_claims_alone()
    assert _sides(cells, "claim_") == _expected_sides(claims)
    assert _sides(links, "response_") == _expected_sides(answers)


def _sides(cells: Cells, side: str) -> set[tuple[Any, ...]]:
    """What an exchange's row says of one of its two statements; the rest is in statements.csv."""
    plain = ("id", "article_id", "quote", "form", "act", "venue", "said_on_as_printed", "state")
    several = ("speaker_as_printed", "speaker_title_as_printed", *PARTS)
    return {
        (
            *(row[f"{side}{column}"] for column in plain),
            *(split(row[f"{side}{column}"]) for column in several),
        )
        for row in cells
    }


def _expected_sides(keys: set[str]) -> set[tuple[Any, ...]]:
    return {
        (
            _uid(key),
            str(uid_of("article", statement["file"])),
            " … ".join(seeded.words(statement, "content")),
            statement["form"],
            statement["act"],
            statement.get("venue", ""),
            statement.get("said_on_as_printed", ""),
            "approved",
            _printed(statement, "as_printed"),
            _printed(statement, "title_as_printed"),
            *(_names(statement, part) for part in PARTS),
        )
        for key, statement in seeded.STATEMENTS.items()
        if key in keys
    }


def _printed(statement: dict[str, Any], column: str) -> tuple[str, ...]:
    """What is printed of the speakers; a column without any is an empty cell."""
    values = [r.get(column, "") for r in statement["attributions"] if r["part"] == "speaker"]
    return tuple(values) if any(values) else ()


def _names(statement: dict[str, Any], part: str) -> tuple[str, ...]:
    return tuple(seeded.named(r["actor"]) for r in statement["attributions"] if r["part"] == part)


def _expected_claims_alone() -> set[str]:
    """Statements that accuse somebody and that nothing answers."""
    answered = {link["claim"] for link in seeded.ANNOTATIONS["responses"]}
    return {
        _uid(key)
        for key, statement in seeded.STATEMENTS.items()
        if key not in answered and any(r["part"] == "about" for r in statement["attributions"])
    }
