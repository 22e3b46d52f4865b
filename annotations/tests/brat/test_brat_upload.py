"""A zip of brat's files: the preview says what each text makes; carried out, all of it or nothing."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.exports.formats import Order
from annotations.exports.registry import FORMATS
from annotations.imports.brat_upload import BRAT
from annotations.imports.plan import Fate, Incoming, Plan
from annotations.models import Article, Statement, Upload
from annotations.permissions import EDITOR
from annotations.tests.brat.corpus import ANN, TEXT, entity
from annotations.tests.factories import make_statement, usual
from annotations.tests.lines.files import empty_but_accounts

pytestmark = pytest.mark.django_db

FILES = {
    "corpus/text/bridge.txt": TEXT,
    "corpus/ann/bridge_a1.ann": ANN + entity(20, "Discuss", "bridge"),
    "corpus/articles.tsv": "name\theadline\nbridge\tThe bridge\n",
    "corpus/ann/alone.ann": "",
}


def parsed(files: dict[str, str]) -> Plan:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return BRAT.parse(Incoming("corpus.zip", data.getvalue()), usual(EDITOR))


def test_the_preview_says_what_each_text_makes_and_carrying_out_makes_it() -> None:
    plan = parsed(FILES)
    before = Article.objects.count()

    done = BRAT.carry_out(plan, usual(EDITOR), whole=True)

    (row,) = done.rows
    assert before == 0
    assert row.makes == "Article “The bridge” with 3 statements and 1 link"
    assert row.warnings == ("bridge_a1.ann: 1 “Discuss” belong to no statement.",)
    assert plan.warnings == ("alone.ann has no text of its name.",)
    assert (row.fate, [link.address for link in row.made]) == (
        Fate.MADE, [Article.objects.get().get_absolute_url()],
    )  # fmt: skip
    assert Statement.objects.count() == 3
    assert [(again.is_chosen, again.warnings[0]) for again in parsed(FILES).rows] == [
        (False, "It is here already and stays as it is.")
    ]


def test_one_wrong_text_keeps_the_others_out_unless_asked_otherwise() -> None:
    plan = parsed(FILES | {"other.txt": TEXT, "other.ann": "T1\tCue 0 3\tXYZ\n"})

    whole = BRAT.carry_out(plan, usual(EDITOR), whole=True)
    none = Article.objects.count()
    partly = BRAT.carry_out(plan, usual(EDITOR), whole=False)

    assert [row.fate for row in whole.rows] == [Fate.NOT_DONE, Fate.REFUSED]
    assert none == 0
    assert [row.fate for row in partly.rows] == [Fate.MADE, Fate.REFUSED]
    assert partly.rows[1].errors == ("other.ann, line 1: T1: “The” stands there, not “XYZ”.",)


def test_an_archive_without_texts_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"no .txt file"):
        parsed({"a.ann": ""})


def test_the_pages_take_what_the_downloads_give(client: Client) -> None:
    client.force_login(usual(EDITOR))
    make_statement(exact="the army crossed the border.")
    order = Order(usual(EDITOR), "")
    given = {
        name: b"".join(FORMATS[name.replace(".", "_")].write(order, "default"))
        for name in ("records.jsonl", "brat.zip")
    }
    empty_but_accounts()

    for kind, name in (("lines", "records.jsonl"), ("brat", "brat.zip")):
        upload = SimpleUploadedFile(name, given[name])
        shown = client.post(f"/imports/new/{kind}/", {"file": upload})
        found = Upload.objects.get(importer=kind)
        client.post(f"{shown['Location']}carry-out/", {"digest": found.digest})

    quotes = [statement.quote() for statement in Statement.objects.all()]
    assert quotes == ["the army crossed the border."] * 2
