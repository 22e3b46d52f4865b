"""statements.csv comes back from a spreadsheet: what was changed is shown, taken in, or named by its line."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.exports.cells import Profile
from annotations.exports.fetch import Reader, for_export, statement_rows_of
from annotations.exports.rows import statement_rows
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces
from annotations.imports.plan import Fate, Incoming, Plan
from annotations.imports.statement_cells import read_cell
from annotations.imports.statement_edit import EDITABLE, edited
from annotations.imports.statement_table import COLUMNS, STATEMENTS, parse
from annotations.models import Actor, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_article,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
SITE = "https://example.org"


def exported(profile: Profile = Profile.SPREADSHEET) -> bytes:
    rows = statement_rows(user=usual(EDITOR), site=SITE, using="default")
    return b"".join(csv_pieces(STATEMENT_COLUMNS, rows, profile))


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def saved(rows: list[dict[str, str]], encoding: str = "utf-8", **how: Any) -> bytes:
    """As a spreadsheet saves them."""
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, rows[0], **how)
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue().encode(encoding, "replace")


def changed(**values: str) -> bytes:
    """The first line with these cells, the others as they are."""
    first, *others = cells(exported())
    return saved([first | values, *others])


def plan_of(data: bytes) -> Plan:
    return parse(Incoming("statements.csv", data), usual(EDITOR))


def carry_out(data: bytes, *, whole: bool = True) -> Plan:
    return STATEMENTS.carry_out(plan_of(data), usual(EDITOR), whole=whole)


@pytest.fixture
def statement() -> Statement:
    """With everything that a file can change, and another one after it."""
    made = make_statement(
        speaker=make_actor("A | B", kind=Actor.Kind.ORGANISATION),
        about=[make_actor("C"), make_actor("نیروها")],
        source="The ministry",
        title="ministry",
        points=["=1+1", "They crossed | at night"],
        gist="-not a formula: “q” \\ é",
        said_on=date(2026, 5, 12),
        venue="کابل",
        note="Two\nlines",
    )
    make_statement(gist="Another", said_on=date(2026, 1, 2))
    return made


@pytest.mark.parametrize("profile", list(Profile))
def test_unchanged_nothing_changes(statement: Statement, profile: Profile) -> None:
    plan = plan_of(exported(profile))

    assert (plan.rows, plan.warnings) == ((), ("2 lines are as they were.",))


@pytest.mark.parametrize(
    "damage",
    [
        lambda rows: saved(rows, delimiter=";", lineterminator="\r\n"),
        lambda rows: saved(rows, delimiter="\t"),
        lambda rows: b"sep=;\r\n" + saved(rows, delimiter=";"),
        lambda rows: saved(rows, encoding="utf-16"),
        lambda rows: saved([{k: v.replace("\n", "\r\n") for k, v in r.items()} for r in rows]),
        lambda rows: saved([r | {"said_on": r["said_on"].replace("-", "/")} for r in rows]),
        lambda rows: saved([r | {"article_retracted": "FALSE"} for r in rows]),
        lambda rows: saved(list(reversed(rows))),
        lambda rows: saved([{k: r[k] for k in ("version", "gist", "id")} for r in rows]),
        lambda rows: saved(rows) + b",,,\r\n" + b"," * 90,
    ],
    ids=[
        "semicolons",
        "tabs",
        "sep",
        "utf16",
        "crlf",
        "dates",
        "truth",
        "order",
        "columns",
        "empty",
    ],
)
def test_what_a_spreadsheet_does_by_itself_changes_nothing(
    statement: Statement, damage: Callable[[list[dict[str, str]]], bytes]
) -> None:
    assert plan_of(damage(cells(exported()))).rows == ()


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-05-12", "12.05.2026"),
        ("2026-05-12", "5/12/2026"),
        ("2026-05-12", "12/5/26"),
        ("2026-05-12", "2026-05-12 00:00:00"),
        ("2026-05", "May-26"),
        ("2026-05", "01.05.2026"),
        ("2026-05-12", "12-May-26"),
    ],
)
def test_a_date_that_was_shown_otherwise_is_the_one_that_stood_there(now: str, shown: str) -> None:
    read = read_cell("said_on", shown, shown, now, is_day=True)

    assert (read.value, read.wrong) == (now, "")
    assert now in read.mended


def test_each_changed_cell_is_shown_and_taken_in(statement: Statement) -> None:
    values = {
        "form": "direct",
        "act": "denial",
        "gist": "'+ a gist",
        "said_on": "2026-06",
        "said_on_as_printed": "in June",
        "venue": "Herat",
        "note": "",
        "speaker_basis": "role_only",
        "speaker_as_printed": "ministry",
        "speaker_title_as_printed": "",
        "about_as_printed": "x \\| y | ",
        "point_number": "2",
        "point": "They crossed at dawn | New one",
    }

    plan = plan_of(changed(**values))
    done = carry_out(changed(**values))

    (row,) = plan.rows
    assert {change.name for change in row.changes} == set(values)
    assert row.line == 2
    assert ("gist", statement.gist, "+ a gist") in [(c.name, c.old, c.new) for c in row.changes]
    assert [row.fate for row in done.rows] == [Fate.CHANGED]
    now = cells(exported(Profile.RAW))[0]
    assert {name: now[name] for name in values} == values | {
        "gist": "+ a gist",
        "point_number": "2 | 3",
    }
    assert (now["said_on_precision"], now["version"]) == ("month", str(statement.version + 1))
    assert fresh(statement).quote() == statement.quote()


def test_approved_work_goes_back_to_review_and_says_so(statement: Statement) -> None:
    approve(statement)

    (row,) = plan_of(changed(gist="Other")).rows
    carry_out(changed(gist="Other"))

    assert row.warnings == ("It is approved: it goes back to its reviewers.",)
    assert fresh(statement).state == "submitted"


def test_what_is_not_changed_by_a_file_is_named(statement: Statement) -> None:
    data = changed(quote="Other words", speaker="Other", state="approved", gist="Other")

    (row,) = plan_of(data).rows
    carry_out(data)

    assert row.warnings == (
        "Not changed by a file, and left as it is here: quote, speaker, state.",
    )
    assert [change.name for change in row.changes] == ["gist"]
    assert (fresh(statement).state, fresh(statement).gist) == ("draft", "Other")


def revised(statement: Statement, **values: Any) -> None:
    """What somebody else did meanwhile."""
    reader = Reader(usual(EDITOR), "", "default")
    found = for_export(Statement.objects.filter(pk=statement.pk), usual(EDITOR))
    (row,) = statement_rows_of(list(found), reader)
    now = edited(row, {})
    details = StatementDetails(**{**vars(now.details), **values})
    spans = [Selection(span.role, 0, 0, "", span.uid) for span in statement.live_spans()]
    revise(
        user=make_user(EDITOR),
        statement=statement,
        version=row.statement.version,
        details=details,
        parts=now.parts,
        points=now.points,
        selections=spans,
        revision_number=1,
    )


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("“We did not.”", "We did not."),
        ('"We did not."', "We did not."),
        ("called it “baseless”", "called it “baseless”"),
        ("“Baseless”, he said", "“Baseless”, he said"),
        ("“No,” he said. “Never.”", "“No,” he said. “Never.”"),
        ("“", "“"),
    ],
)
def test_the_marks_of_a_quote_are_shown_on_both_sides_or_on_none(quote: str, shown: str) -> None:
    article = make_article(text=f"The ministry: {quote} So it ended.")
    make_statement(article, exact=quote)

    (row,) = plan_of(changed(gist="Another gist")).rows

    assert row.makes == f"1 change in “{shown}”"


def test_others_changes_elsewhere_stay(statement: Statement) -> None:
    data = changed(gist="From the file")
    revised(statement, venue="Herat")

    done = carry_out(data)

    now = fresh(statement)
    assert [row.fate for row in done.rows] == [Fate.CHANGED]
    assert (now.gist, now.venue) == ("From the file", "Herat")


def test_a_cell_that_somebody_else_changed_too_is_shown_with_both(statement: Statement) -> None:
    data = changed(gist="From the file", speaker_as_printed="ministry")
    revised(statement, gist="From the page")

    (row,) = plan_of(data).rows
    done = carry_out(data)

    assert [(c.name, c.old, c.new, c.now) for c in row.changes if c.name == "gist"] == [
        ("gist", statement.gist, "From the file", "From the page")
    ]
    known, unknown = row.errors
    assert "Somebody else changed gist since" in known
    assert "perhaps in speaker_as_printed, too" in unknown  # no history says what stood there
    assert [row.fate for row in done.rows] == [Fate.REFUSED]
    assert fresh(statement).gist == "From the page"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"id": ""}, "names no statement"),
        ({"id": "5b0c7e2a-3f59-4d6f-9a35-7d6c0f0e8a41"}, "no such statement"),
        ({"version": "one"}, "“one” is no version"),
        ({"form": "loud"}, "form: “loud” is none of direct"),
        ({"speaker_basis": "guess"}, "speaker_basis: “guess” is none of named"),
        ({"said_on": "13.13.2026"}, "said_on: “13.13.2026” is not a date"),
        ({"said_on": "12.06.2026"}, "said_on: “12.06.2026” is not a date"),
        ({"about_as_printed": "one"}, "about_as_printed has 1 values for 2 actors"),
        ({"point": "one"}, "point has 1 texts for 2 numbers"),
        ({"point": "one |  "}, "point has an empty text"),
        ({"point_number": "1 | 9"}, "point_number names a point that is not there"),
        ({"gist": "x" * 301}, "gist: "),
        ({"gist": "a\x00b"}, "gist: Character 2 cannot be stored"),
        ({"venue": "????"}, "venue lost its letters"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    statement: Statement, values: dict[str, str], said: str
) -> None:
    (row,) = plan_of(changed(**values)).rows

    assert said in row.errors[0]
    assert (row.line, row.is_ready) == (2, False)


def test_a_line_that_stands_there_twice_and_one_that_was_deleted(statement: Statement) -> None:
    first, second = cells(exported())
    delete(statement)

    plan = plan_of(saved([first, second | {"gist": "a"}, second | {"gist": "b"}]))

    assert [row.errors[:1] for row in plan.rows] == [
        ("The statement was deleted. Bring it back first.",),
        (),
        ("The same statement stands in an earlier line, too.",),
    ]


def test_one_line_that_is_refused_keeps_all_out_unless_asked(statement: Statement) -> None:
    first, second = cells(exported())
    data = saved([first | {"gist": "One"}, second | {"form": "loud"}])

    whole, partly = carry_out(data), fresh(statement).gist
    done = carry_out(data, whole=False)

    assert [row.fate for row in whole.rows] == [Fate.NOT_DONE, Fate.REFUSED]
    assert partly == statement.gist
    assert [row.fate for row in done.rows] == [Fate.CHANGED, Fate.REFUSED]
    assert fresh(statement).gist == "One"


@pytest.mark.parametrize("data", [b"", b"id\n1", b"version,gist\n1,2", b"\xff\xfe\x00"])
def test_what_is_not_our_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        plan_of(data)


def test_the_documents_name_every_column_that_a_file_may_change() -> None:
    from django.conf import settings

    text = (settings.BASE_DIR / "docs" / "editors.md").read_text()

    assert COLUMNS.keys() >= EDITABLE
    assert {name for name in EDITABLE if f"`{name}`" not in text} == set()
