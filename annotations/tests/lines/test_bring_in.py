"""Our own JSON Lines come in beside what is here: as drafts, each record once, and whole files or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from annotations.doctor import examine
from annotations.exports.formats import Order
from annotations.exports.lines_selection import selection
from annotations.imports.lines import LINES
from annotations.imports.plan import Fate, Incoming, Plan
from annotations.models import Actor, Article, Post, ReplyRecord, Response, Restatement, Statement
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import make_actor, make_statement, make_user, usual
from annotations.tests.lines.files import edited, empty, empty_but_accounts

NOBODY = "11111111-2222-4333-8444-555555555555"

pytestmark = pytest.mark.django_db


def taken(role: str = EDITOR) -> bytes:
    return b"".join(selection(Order(usual(role), ""), "default"))


def plan_of(file: bytes) -> Plan:
    return LINES.parse(Incoming("records.jsonl", file), usual(EDITOR))


def bring_in(file: bytes, *, whole: bool = True) -> Plan:
    return LINES.carry_out(plan_of(file), usual(EDITOR), whole=whole)


def told() -> dict[str, Any]:
    """What is recorded, without who did it and how far it is."""
    return {
        "articles": {
            (a.uid, a.headline, tuple(r.text for r in a.revisions.order_by("number")))
            for a in Article.objects.all()
        },
        "zones": {
            (z.kind, z.start, z.end)
            for a in Article.objects.all()
            for z in a.revision.zones.filter(withdrawn_at=None)
        },
        "actors": {
            (a.uid, a.name, a.kind, a.wikidata, a.resolved.name, *sorted(map(str, a.live_aliases())))
            for a in Actor.objects.all()
        },
        "posts": {(str(p.holder), str(p)) for p in Post.objects.live()},
        "statements": {
            (
                s.uid, s.form, s.act, s.said_on, s.quote(),
                tuple((x.role, x.exact()) for x in s.live_spans()),
                tuple((p.part, p.actor.name, p.as_printed) for p in s.live_attributions()),
                tuple(map(str, s.live_points())),
            )
            for s in Statement.objects.live()
        },
        "responses": {
            (r.uid, r.relation, r.link_basis, r.marker(), tuple(map(str, r.live_parties())),
             tuple(map(str, r.live_answers())))
            for r in Response.objects.live()
        },
        "restatements": {(r.uid, r.of.uid, r.by.uid, r.scope) for r in Restatement.objects.live()},
        "replies": {
            (r.uid, r.status, r.party.name, r.evidence(), tuple(a.outcome for a in r.attempts.all()))
            for r in ReplyRecord.objects.live()
        },
    }  # fmt: skip


def test_all_that_was_taken_away_comes_in_elsewhere_as_drafts() -> None:
    make_world()
    file, before = taken(), told()
    empty()

    plan = bring_in(file)

    assert {row.fate for row in plan.rows} == {Fate.MADE}
    after = told()
    named = {row[0] for row in after["actors"]}
    assert after | {"actors": set()} == before | {"actors": set()}
    assert after["actors"] == {row for row in before["actors"] if row[0] in named}
    states = {(row.state, row.created_by) for row in Statement.objects.all()}
    assert states == {("draft", usual(EDITOR))}
    assert [outcome.invariant.name for outcome in examine("default") if outcome.number] == []


def test_what_is_here_already_is_said_and_left_as_it_is() -> None:
    world = make_world()
    file, before = taken(), told()

    plan = bring_in(file)

    assert {row.fate for row in plan.rows} == {Fate.LEFT_OUT}
    assert {row.warnings for row in plan.rows} == {("It is here already and stays as it is.",)}
    assert world.claim.get_absolute_url() in {
        link.address for row in plan.rows for link in row.links
    }
    assert told() == before


def test_a_reporters_file_of_approved_work_comes_in_too() -> None:
    from annotations.tests.factories import approve

    approve(make_statement(exact="the army crossed the border."))
    file = taken(REPORTER)
    empty()

    plan = bring_in(file)

    assert [row.fate for row in plan.rows] == [Fate.MADE] * 3
    assert Statement.objects.get().quote() == "the army crossed the border."


def test_a_new_statement_joins_an_article_that_is_here() -> None:
    statement = make_statement(exact="the army crossed the border.")
    file = taken().replace(str(statement.uid).encode(), NOBODY.encode())

    plan = bring_in(file)

    assert [row.fate for row in plan.rows] == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.MADE]
    assert Article.objects.get().statements.count() == 2


@pytest.mark.parametrize(
    ("record", "edit", "said"),
    [
        ("placement", lambda v: v.update(exact="other"), "does not stand there"),
        ("statement", lambda v: v.update(article=NOBODY), "neither in the file nor here"),
        ("attribution", lambda v: v.update(actor=NOBODY), "is not here: bring it in first"),
        ("span", lambda v: v.update(role="cue"), "A statement needs its words"),
        ("revision", lambda v: v.update(number=7), "no text of this article"),
    ],
)  # fmt: skip
def test_one_wrong_record_keeps_the_whole_file_out(
    record: str, edit: Callable[[dict[str, Any]], object], said: str
) -> None:
    make_statement(exact="the army crossed the border.")
    file = edited(taken(), record, edit)
    empty()
    make_user(EDITOR)

    plan = bring_in(file)

    assert said in " ".join(error for row in plan.rows for error in row.errors)
    assert {row.fate for row in plan.rows} <= {Fate.REFUSED, Fate.NOT_DONE}
    assert (Actor.objects.count(), Article.objects.count()) == (0, 0)


def test_a_file_that_cannot_be_read_is_refused_with_its_line() -> None:
    make_actor()

    with pytest.raises(ValidationError, match=r"records.jsonl.*Line 2"):
        plan_of(taken() + b"{\n")


def test_the_command_tells_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_statement(exact="the army crossed the border.")
    (tmp_path / "records.jsonl").write_bytes(taken())
    empty()

    call_command("import_jsonl", str(tmp_path / "records.jsonl"), user=usual(EDITOR).username)

    assert "Rows: 3 made; 0 files refused" in capsys.readouterr().out


def test_a_post_is_brought_in_once() -> None:
    make_world()
    file = taken()
    uids = set(Post.objects.values_list("uid", flat=True))
    empty_but_accounts()

    bring_in(file)
    bring_in(file)

    assert uids
    assert sorted(Post.objects.values_list("uid", flat=True)) == sorted(uids)
