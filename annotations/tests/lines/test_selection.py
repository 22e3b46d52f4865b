"""What somebody takes away as JSON Lines: what they see of what the filter lets through, and nothing else."""

import json
from typing import Any

import pytest

from annotations.exports.formats import Order
from annotations.exports.lines_selection import selection
from annotations.models import Statement
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import approve, delete, make_actor, make_statement, usual

pytestmark = pytest.mark.django_db


def taken(role: str, narrow: Any = None) -> list[dict[str, Any]]:
    order = Order(usual(role), "", narrow) if narrow else Order(usual(role), "")
    return [json.loads(line) for line in b"".join(selection(order, "default")).split(b"\n") if line]


def of(lines: list[dict[str, Any]], record: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["record"] == record]


def test_the_first_line_counts_the_others_and_all_that_is_named_is_there() -> None:
    make_world()

    first, *lines = taken(EDITOR)

    assert (first["profile"], sum(first["counts"].values())) == ("selection", len(lines))
    assert {name for name, n in first["counts"].items() if n != len(of(lines, name))} == set()
    uids = {line["uid"] for line in lines if "uid" in line}
    named = {
        line[key]
        for line in lines
        for key in ("statement", "article", "claim", "response", "of", "by", "actor", "party",
                    "outlet", "span", "revision", "point", "merged_into", "source_span", "holder")
        if line.get(key)
    }  # fmt: skip
    assert named - uids == set()
    assert not [line for line in lines if line["record"].endswith("history")]


def test_a_reporter_takes_approved_work_and_is_not_told_who_did_it() -> None:
    hidden = make_actor("Secret source")
    seen = make_statement(exact="the army crossed the border.", note="n")
    make_statement(seen.article, "denied the claim", speaker=hidden)
    approve(seen)

    lines = taken(REPORTER)

    assert [line["uid"] for line in of(lines, "statement")] == [str(seen.uid)]
    told = json.dumps(lines)
    assert [word for word in ("Secret", "usual-", "review") if word in told] == []


def test_those_linked_to_the_chosen_come_along_and_deleted_work_does_not() -> None:
    world = make_world()
    delete(make_statement(world.article, "a spokesman"))
    one = lambda rows: rows.filter(pk=world.claim.pk)  # noqa: E731

    lines = taken(EDITOR, one)

    statements = {line["uid"] for line in of(lines, "statement")}
    kept = Statement.objects.filter(uid__in=statements)
    assert {world.claim, world.answer, world.restatement.by} == set(kept)
    assert [line["uid"] for line in of(lines, "response")] == [str(world.link.uid)]
