"""Articles are read as they were written: every kind of file, every encoding, nothing of what is around them."""

import codecs
from datetime import date
from gzip import compress

import pytest
from django.core.exceptions import ValidationError

from annotations.imports.article_fragments import words_of
from annotations.imports.articles import read_articles
from annotations.imports.feeds import read_feed
from annotations.imports.plan import Incoming
from annotations.imports.read_article import ReadArticle
from annotations.tests.imports import made_files
from annotations.tests.imports.made_files import document, written_document, zipped


def read(name: str, data: bytes | str, **more: str) -> ReadArticle:
    (article,), _warnings = read_articles(
        Incoming(name, data.encode() if isinstance(data, str) else data, **more)  # type: ignore[arg-type]
    )
    return article


def refusal(name: str, data: bytes | str) -> str:
    with pytest.raises(ValidationError) as raised:
        read(name, data)
    return " ".join(raised.value.messages)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_a_text_comes_as_received_whatever_its_encoding(encoding: str, mark: bytes) -> None:
    text = "  “Quoted” 😀\r\nمی‌رویم\u200c \te\u0301\n"

    found = read("a.TXT", mark + text.encode(encoding))

    assert (found.text, found.warnings) == (text, ())


def test_an_encoding_that_was_guessed_is_named() -> None:
    text = (
        "Das Ministerium erklärte, die Armee habe die Grenze überschritten. Größe, Füße, Äußerung. "
        * 4
    )

    found = read("a.txt", text.encode("cp1252"))

    assert found.text == text
    assert "look whether its letters are right" in found.warnings[0]


def test_the_server_says_the_encoding() -> None:
    found = read("a", "القوات".encode("cp1256"), content_type="text/plain; charset=windows-1256")

    assert (found.text, found.warnings) == ("القوات", ())


def test_of_a_page_only_the_article_is_taken() -> None:
    found = read("a.html", made_files.PAGE)

    assert found.text.endswith("without giving any further details.")
    assert not any(
        each in found.text for each in ("Menu", "Copyright", "Hidden", "alert", "<", "Sport")
    )
    assert (found.headline, found.byline) == ("Border guards accuse army", "Ann Writer")
    assert (found.published_on, found.language) == (date(2026, 5, 4), "fa-AF")


def test_a_document_gives_its_words_in_order() -> None:
    found = read("a.docx", written_document())

    assert found.text == (
        "Border guards accuse army\nThe ministry said so. Twice.\n\nIn a cell\nنیروها از مرز گذشتند."
    )
    assert found.headline == "Border guards accuse army"


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('One ')}<w:ins>{run.format('added')}</w:ins>"
        f"<w:del><w:r><w:delText>removed</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('moved')}</w:moveFrom><w:r><w:tab/><w:t>end</w:t><w:br/></w:r></w:p>"
    )

    assert read("a.docx", document(body)).text == "One added\tend"


def test_an_archive_gives_its_articles_and_names_what_is_none() -> None:
    data = zipped(
        ("in/one.txt", "One."),
        ("two.docx", written_document()),
        ("three.html", made_files.PAGE),
        ("empty.txt", ""),
        ("../../up.txt", "Up."),
        ("__MACOSX/._one.txt", "x"),
        (".DS_Store", "x"),
        ("picture.jpg", "x"),
        ("inner.zip", zipped(("a.txt", "a"))),
    )

    articles, warnings = read_articles(Incoming("a.zip", data))

    assert [(article.file, bool(article.errors)) for article in articles] == [
        ("in/one.txt", False),
        ("two.docx", False),
        ("three.html", False),
        ("empty.txt", True),
        ("../../up.txt", False),
    ]
    assert warnings == (
        "Not taken, since they are no .txt, .html or .docx: picture.jpg, inner.zip.",
    )


def test_a_table_gives_an_article_a_row_and_names_the_line_of_what_is_wrong() -> None:
    data = (
        "headline;text;published_on;weather\r\n"
        '"A ""b""";"One\nTwo";2026-05-04;x\r\n'
        '"\'=C";Three;04.05.2026;x\r\n'
        "D;;2026-05-04;\r\n"
        "E;Five\r\n"
    )

    articles, warnings = read_articles(Incoming("a.csv", data.encode()))

    assert [(a.line, a.headline, a.text, a.published_on) for a in articles] == [
        (2, 'A "b"', "One\nTwo", date(2026, 5, 4)),
        (4, "=C", "Three", None),
        (5, "D", "", date(2026, 5, 4)),
        (6, "E", "Five", None),
    ]
    assert [" ".join(a.errors)[:30] for a in articles] == [
        "",
        "“04.05.2026” is not a date suc",
        "There is no text.",
        "The line has 2 cells, its firs",
    ]
    assert warnings == (
        "The cells are separated by semicolons: read as such.",
        "Columns that are not read: weather.",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "names no column text"),
        ("a,b\n1,2", "names no column text"),
        ("text,text\na,b", "names a column twice: text"),
        ('text\n"a', "Line 2 cannot be read as CSV"),
        ('text\n"a"b', "Line 2 cannot be read as CSV"),
        ("text\n", "has no rows"),
        (b"text\n\xff\xfe\x00\x81", "is not text"),
    ],
)
def test_what_is_no_table_says_where(data: str | bytes, said: str) -> None:
    assert said in refusal("a.csv", data)


def test_a_feed_gives_its_entries_those_with_a_summary_unticked() -> None:
    first, second, third = read_feed(
        Incoming("feed.xml", made_files.FEED.encode(), settings={"outlet": ""})
    )

    assert first.text.startswith("One.\nTwo bold words.\nA sentence")
    assert "alert" not in first.text
    assert (first.headline, first.outlet, first.url, first.published_on, first.language) == (
        "First & foremost",
        "Kabul Times",
        "https://example.org/first",
        date(2026, 5, 4),
        "en",
    )
    assert (first.is_wanted, second.is_wanted, second.text) == (True, False, "Only a summary.")
    assert (third.is_wanted, third.errors, third.warnings) == (
        False, (), ("The feed has no text of this entry: bring in its address.",)
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"", b"https://example.org/feed", b"/etc/passwd", b"<html></html>", b"<rss/>", b"\x00" * 9],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError, match=r"no RSS or Atom feed|cannot be read"):
        read_feed(Incoming("feed.xml", data))


def test_the_day_of_an_entry_is_that_of_its_publication_or_else_of_its_change() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
        "<entry><title>a</title><updated>2026-05-05T00:00:00Z</updated><summary>x</summary></entry>"
        "<entry><title>b</title><summary>x</summary></entry></feed>"
    )

    entries = read_feed(Incoming("feed.atom", atom.encode(), settings={"outlet": ""}))

    assert [entry.published_on for entry in entries] == [date(2026, 5, 5), None]


def test_words_of_a_fragment_are_those_that_are_read() -> None:
    html = "a <b>b</b>\nc<br>d<script>e</script> f<p>g</p><ul><li>h<li>i</ul>&lt;j&gt; &amp;"

    assert words_of(html) == "a b c\nd f\ng\nh\ni\n<j> &"


@pytest.mark.parametrize("name", ["a.docx", "a.zip"])
@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), compress(b"x", mtime=0)])
def test_what_is_no_archive_is_refused(name: str, data: bytes) -> None:
    assert refusal(name, data)


@pytest.mark.parametrize("name", made_files.BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    reads = read_feed if name.endswith(".rss") else read_articles
    with pytest.raises(ValidationError):
        reads(Incoming(name, made_files.bomb(name)))
