"""Articles, feeds and edited tables come in by command: told first, whole, and again without doing it twice."""

from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.imports.feeds import FEED
from annotations.imports.plan import Incoming
from annotations.management.commands import import_feed
from annotations.models import Article, Upload
from annotations.permissions import REPORTER
from annotations.tests.factories import fresh, make_statement, make_user, usual
from annotations.tests.imports.made_files import FEED as MADE
from annotations.tests.imports.made_files import PAGE, zipped
from annotations.tests.imports.test_statement_table import changed

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: Any, fails: bool = False) -> str:
    """What the command says."""
    said = StringIO()
    name = usual("editor").username
    ends: Any = pytest.raises(SystemExit, match="1") if fails else nullcontext()
    with ends:
        call_command(command, *map(str, arguments), f"--user={name}", stdout=said)
    return said.getvalue()


def test_articles_come_in_from_folders_and_only_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("One.")
    (tmp_path / "two.zip").write_bytes(zipped(("a.txt", "Two."), ("b.txt", "Three.")))
    (tmp_path / "picture.jpg").write_bytes(b"x")

    told = run("import_articles", tmp_path, "--preview")
    nothing = Article.objects.count()
    first = run("import_articles", tmp_path, "--outlet=Kabul Times")
    again = run("import_articles", tmp_path)

    assert ("one.txt: Article “One.”" in told, nothing) == (True, 0)
    assert first.splitlines()[-1].startswith(
        "Rows: 3 made; 0 files refused, or lines of them; 3 rows in "
    )
    assert "Rows: 3 left out; 0 files refused" in again
    assert Article.objects.count() == 3
    assert {str(article.outlet) for article in Article.objects.all()} == {"Kabul Times"}


def test_a_file_that_is_partly_wrong_stays_out_and_the_next_comes_in(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,published_on\nOne.,2026-05-04\nTwo.,4 May\n")
    (tmp_path / "b.txt").write_text("Three.")
    (tmp_path / "c.txt").write_bytes(b"\x00")

    whole = run("import_articles", tmp_path, fails=True)
    texts = {article.revision.text for article in Article.objects.all()}
    run("import_articles", tmp_path, "--partly", fails=True)

    assert "a.csv:3: Article “Two.”" in whole
    assert "“4 May” is not a date" in whole
    assert "c.txt" in whole
    assert texts == {"Three."}
    assert {article.revision.text for article in Article.objects.all()} == {"One.", "Three."}


def test_a_feed_comes_in_by_its_texts_or_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(address: str, importer: Any, settings: dict[str, str]) -> Incoming:
        data = MADE if importer is FEED else PAGE.replace("four people", address)
        kind = "" if importer is FEED else "text/html"
        return Incoming(address, data.encode(), address, kind, settings)

    monkeypatch.setattr(import_feed, "fetched", fetched)  # the network

    texts = run("import_feed", "https://example.org/feed")
    before = Article.objects.count()
    pages = run("import_feed", "https://example.org/feed", "--pages")

    assert (before, "1 made" in texts, "entry 3" in texts) == (1, True, True)
    assert "https://example.org/first" in pages  # which is here already, by its address
    assert Article.objects.count() == 3


def test_an_edited_table_comes_in_once(tmp_path: Path) -> None:
    statement = make_statement(gist="Before")
    (tmp_path / "statements.csv").write_bytes(changed(gist="After"))

    told = run("import_csv", tmp_path / "statements.csv", "--preview")
    before = fresh(statement).gist
    first = run("import_csv", tmp_path / "statements.csv")
    again = run("import_csv", tmp_path / "statements.csv")

    assert "gist: 'Before' → 'After'" in told
    assert (before, fresh(statement).gist) == ("Before", "After")
    assert ("1 changed" in first, "Rows: none" in again) == (True, True), again


def test_who_is_no_editor_brings_nothing_in(tmp_path: Path) -> None:
    name = make_user(REPORTER).username
    for user, said in ((name, "is not an editor"), ("nobody-here", "no account")):
        with pytest.raises(CommandError, match=said):
            call_command("import_articles", str(tmp_path), f"--user={user}")
    with pytest.raises(CommandError, match="There is no"):
        call_command("import_articles", str(tmp_path / "none"), f"--user={name}")


def test_tidying_forgets_old_files() -> None:
    call_command("tidy", stdout=StringIO())

    assert not Upload.objects.exists()
