"""brat standoff comes in as somebody's drafts, goes out, and comes in elsewhere as the same."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.doctor import examine
from annotations.exports.archive import brat_zip
from annotations.exports.brat import File, files
from annotations.exports.formats import Order
from annotations.imports.brat import Fate, Outcome, import_folder
from annotations.imports.brat_folder import pairs
from annotations.imports.brat_types import Types
from annotations.models import Actor, Article, Response, Statement
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.brat.corpus import ANN, TEXT, entity, write
from annotations.tests.factories import (
    approve,
    make_actor,
    make_response,
    make_restatement,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db


def bring_in(folder: Path, table: Path | None = None) -> list[Outcome]:
    return list(import_folder(pairs(folder, table), user=usual(EDITOR), types=Types()))


def test_statements_come_in_with_their_words_speakers_and_links_as_drafts(tmp_path: Path) -> None:
    (outcome,) = bring_in(write(tmp_path))

    assert (outcome.fate, outcome.statements, outcome.links, outcome.problems) == ("made", 3, 1, ())
    assert Article.objects.get().revision.text == TEXT
    assert [
        (
            row.quote(),
            [s.exact() for s in row.live_spans("source")],
            [s.exact() for s in row.live_spans("cue")],
            [(p.actor.name, p.actor.kind, p.as_printed, p.speaker_basis) for p in row.speakers()],
            (row.form, row.act, row.state, row.note, row.created_by),
        )
        for row in Statement.objects.order_by("id")
    ] == [
        (
            "the bridge “is safe 🌉”.", ["The mayor of Ötz"], ["said"],
            [("The mayor of Ötz", "unnamed_person", "The mayor of Ötz", "role_only")],
            ("mixed", "assertion", "draft", "", usual(EDITOR)),
        ),
        (
            "it was not … that it would close", ["Officials"], [],
            [("Officials", "unnamed_group", "Officials", "role_only")],
            ("indirect", "assertion", "draft", "", usual(EDITOR)),
        ),
        (
            "that.", ["She"], ["denied"],
            [("Unnamed source", "unnamed_person", "She", "pronoun")],
            ("indirect", "denial", "draft", "see the council's minutes", usual(EDITOR)),
        ),
    ]  # fmt: skip
    link = Response.objects.get()
    assert (link.relation, link.claim.quote()[:10], link.response.quote()) == (
        "denies", "it was not", "that.",
    )  # fmt: skip
    assert [o.invariant.name for o in examine("default") if o.number] == []


def test_a_second_run_goes_on_where_the_first_one_stopped(tmp_path: Path) -> None:
    write(tmp_path)
    bring_in(tmp_path)
    write(tmp_path, name="other", text=f"Other.\n{TEXT}", ann="")

    again = bring_in(tmp_path)

    assert [(each.name, each.fate, each.statements) for each in again] == [
        ("bridge", Fate.THERE, 0),
        ("other", Fate.MADE, 0),
    ]
    assert (Article.objects.count(), Statement.objects.count()) == (2, 3)


@pytest.mark.parametrize(
    "ann",
    [
        ANN.replace("said\n", "says\n"),
        ANN + entity(20, "Content", "the bridge “is safe") + "E9\tAttribution:T20 Content:T20\nT21",
        ANN + "R2\tdenies Arg1:E3 Arg2:E2\n",
        ANN.replace("see the council", "\0"),
    ],
    ids=["other words", "cut off", "the same link twice", "NUL"],
)
def test_a_file_with_a_fault_leaves_nothing_behind(tmp_path: Path, ann: str) -> None:
    (outcome,) = bring_in(write(tmp_path, ann=ann))

    assert outcome.fate == Fate.REFUSED
    assert any(told.problem.refuses for told in outcome.problems)
    counts = [model.objects.count() for model in (Article, Statement, Actor)]
    assert counts == [0, 0, 0]


def test_a_name_is_the_one_actor_called_so_and_unnamed_people_are_no_person(tmp_path: Path) -> None:
    known = make_actor("Ada Lovelace", aliases=["Countess Ada Lovelace"])
    make_actor("Officials", kind="organisation")
    text = "Countess Ada Lovelace said no. Ada Lovelace said yes. Officials said it."
    ann = "".join(
        entity(n, "Source", source, text=text) + entity(n + 1, "Content", said, text=text)
        + f"E{n}\tAttribution:T{n} Content:T{n + 1} Source:T{n}\n"
        for n, source, said in (
            (1, "Countess Ada Lovelace", "no"), (3, ". Ada Lovelace", "yes"), (5, "Officials", "it"),
        )
    ).replace(". Ada", "Ada").replace(" 29 43", " 31 43")  # fmt: skip

    bring_in(write(tmp_path, text=text, ann=ann))

    speakers = [row.speakers()[0].actor for row in Statement.objects.order_by("id")]
    assert [actor.kind for actor in speakers] == ["person", "person", "unnamed_group"]
    assert speakers[:2] == [known, known]


def test_text_with_cr_and_bom_keeps_its_words(tmp_path: Path) -> None:
    received = "\ufeff" + TEXT.replace("\n", "\r\n")
    lines = ANN.replace("T5\tSource", "T5\tOldSource").split("\n")
    assert lines
    ann = entity(1, "Content", "it was not", text=received) + "E1\tAttribution:T1 Content:T1\n"

    bring_in(write(tmp_path, text=received, ann=ann))

    assert Statement.objects.get().quote() == "it was not"


def test_a_table_tells_headline_outlet_and_date(tmp_path: Path) -> None:
    write(tmp_path)
    table = tmp_path / "metadata.tsv"
    table.write_text(
        'filename\tpublisher\tpublication_date\tauthor\ttitle\nbridge\tThe "Post\tx\tNone\tA bridge\n'
    )
    table.write_text(table.read_text().replace("\tx\t", "\t2016-03-11\t"))

    bring_in(tmp_path, table)

    article = Article.objects.get()
    assert article.outlet
    assert (article.headline, article.outlet.name, article.outlet.kind, str(article.published_on)) == (
        "A bridge", 'The "Post', "media", "2016-03-11",
    )  # fmt: skip
    assert article.byline == ""


def test_what_goes_out_comes_in_elsewhere_as_the_same(tmp_path: Path) -> None:
    accused = make_actor("The army", kind="organisation")
    claim = make_statement(
        exact=["said the army", "the border."], about=[accused], via=[make_actor("An agency")],
        source="The ministry", title="ministry", cue="ministry said", points=["It crossed.", "It shot."],
        said_on=date(2026, 3, 1), venue="Geneva", gist="An accusation\nin two lines", note="“so”",
    )  # fmt: skip
    answer = make_statement(claim.article, "denied the claim", act="denial", speaker=accused)
    make_response(claim, answer, parties=[accused], answers=claim.live_points()[1:], note="Soon.")
    make_restatement(claim, make_statement(claim.article, "the army crossed the border on Monday"))
    everything = Order(usual(EDITOR), site="")
    before = list(files(everything, "default"))
    for file in before:
        (tmp_path / file.name).write_bytes(file.data)

    (outcome,) = bring_in(tmp_path, tmp_path / "articles.tsv")

    copy = Order(usual(EDITOR), "", lambda rows: rows.exclude(article=claim.article))
    after = [_bare(file) for file in files(copy, "default")]
    assert (outcome.fate, outcome.problems) == (Fate.MADE, ())
    assert after == [_bare(file) for file in before]


def _bare(file: File) -> list[str]:
    """The lines without what another copy has of its own: its uid, and the file's name made of it."""
    return re.sub(r'"uid": "[^"]+"|[^\n\t]+\t[0-9a-f-]{36}', "", file.data.decode()).split("\n")


def test_a_reporter_takes_approved_work_only() -> None:
    first = make_statement(exact="the army crossed the border.")
    make_statement(first.article, "denied the claim")
    approve(first)

    with zipfile.ZipFile(
        io.BytesIO(b"".join(brat_zip(Order(usual(REPORTER), ""), "default")))
    ) as zipped:
        anns = [zipped.read(name).decode() for name in zipped.namelist() if name.endswith(".ann")]

    assert [ann.count("\nE") for ann in anns] == [1]
    assert "denied the claim" not in "".join(anns)


def test_the_command_tells_what_it_did_and_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, ann=ANN + entity(20, "Discuss", "bridge"))
    write(tmp_path, name="broken", ann="x")
    (tmp_path / "alone.ann").write_text("")

    with pytest.raises(SystemExit):
        call_command("import_brat", str(tmp_path), user=usual(EDITOR).username)

    said = capsys.readouterr().out
    assert "bridge_a1.ann: 1 “Discuss” belong to no statement.\n" in said
    assert "broken_a1.ann:1: The line cannot be read: “x”. (refused)\n" in said
    assert "alone.ann: not taken" in said
    assert "1 imported, 0 there already, 1 refused; 3 statements, 1 links" in said


def test_only_an_editor_imports(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not an editor"):
        call_command("import_brat", str(write(tmp_path)), user=usual(REPORTER).username)
