"""Files of articles, made up for tests: documents, archives, feeds; and those that would do harm."""

import gzip
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import docx

TEXT = "Border guards accuse army\n\nThe ministry said the army crossed the border.\nنیروها از مرز گذشتند."
PAGE = """<!doctype html><html lang="fa-AF"><head><title>Border guards accuse army | Outlet</title>
<meta property="article:published_time" content="2026-05-04T10:00:00Z">
<meta name="author" content="Ann Writer"><script>alert(1)</script></head><body>
<nav>Menu Home Sport</nav><article><h1>Border guards accuse army</h1>
<p>The ministry said on Monday that the army had crossed the border, killing four people.</p>
<p>“They came at night,” a spokesman said on Tuesday, without giving any further details.</p>
</article><div hidden>Hidden words</div><footer>Copyright Outlet</footer></body></html>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabul Times</title>
<language>en</language>
<item><title>First &amp; foremost</title><link>https://example.org/first</link>
<pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>One.</p><script>alert(1)</script><p>Two <b>bold</b> words.</p>%s]]>
</content:encoded></item>
<item><title>Second</title><link>https://example.org/second</link>
<description>Only a summary.</description></item>
<item><title>Third</title><link>https://example.org/third</link></item></channel></rss>""" % (
    "<p>" + "A sentence that makes the entry long enough to be a text. " * 10 + "</p>"
)
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)


def zipped(*members: tuple[str, bytes | str], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these (name, content)."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return kept.getvalue()


def document(body: str = "", declares: str = "") -> bytes:
    """A .docx of this body; with a declaration, as no word processor writes it."""
    return zipped(
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _RELATIONS),
        ("word/document.xml", f'<?xml version="1.0"?>{declares}{_DOCUMENT.format(body)}'),
    )


def written_document() -> bytes:
    """A .docx as python-docx writes it: a title, paragraphs, a table."""
    made = docx.Document()
    made.add_heading("Border guards accuse army", level=0)
    made.add_paragraph("The ministry said so.").add_run(" Twice.")
    made.add_table(1, 2).rows[0].cells[1].text = "In a cell"
    made.add_paragraph("نیروها از مرز گذشتند.")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def laughs(depth: int = 10) -> str:
    """The declaration of entities that expand tenfold, `depth` times."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth)]
    return f"<!DOCTYPE w:document [{''.join(lines)}]>"


def lying_over_each_other(number: int = 200) -> bytes:
    """A zip whose directory names the same packed bytes again and again."""
    one = zipped(("a.txt", b"a" * 900_000))
    end = one.rindex(b"PK\x05\x06")
    start = one.index(b"PK\x01\x02")
    directory = one[start:end] * number
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(directory), start, 0)
    return one[:start] + directory + tail


ZEROS = bytes(30 * 1024 * 1024)
PARAGRAPH = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"


def packed_page() -> bytes:
    """60 MB of zeros as gzip: what a server may answer."""
    return gzip.compress(bytes(60 * 1024 * 1024))


# Each small and each of a kind that costs far more than it should.
_MADE: dict[str, Callable[[], bytes]] = {
    "dense.zip": lambda: zipped(("a.txt", ZEROS)),
    "many.zip": lambda: zipped(
        *((f"{n}.txt", b"") for n in range(20_000)), packed=zipfile.ZIP_STORED
    ),
    "large.zip": lambda: zipped(*((f"{n}.txt", bytes(range(256)) * 40_000) for n in range(8))),
    "nested.zip": lambda: zipped(("b.zip", zipped(("c.zip", zipped(("d.txt", ZEROS)))))),
    "over.zip": lying_over_each_other,
    "dense.docx": lambda: zipped(("[Content_Types].xml", _CONTENT_TYPES), ("word/x.xml", ZEROS)),
    "tags.docx": lambda: document(PARAGRAPH * 400_000),
    "laughs.docx": lambda: document("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", laughs()),
    "deep.html": lambda: b"<div>" * 500_000,
    "tags.html": lambda: b"<b>x</b>" * 600_000,
    "names.html": lambda: b"<p " + b" ".join(b"a%d" % n for n in range(400_000)) + b">x</p>",
    "laughs.rss": lambda: bytes(
        laughs().replace("w:document", "rss") + "<rss version='2.0'><channel><title>&a9;</title>"
        "<item><title>&a9;</title></item></channel></rss>",
        "utf-8",
    ),
    "entries.rss": lambda: (
        b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 100_000
    ),
    "page.gz": packed_page,
}
BOMBS = tuple(name for name in _MADE if name != "page.gz")


@cache
def bomb(name: str) -> bytes:
    """One of BOMBS, or “page.gz”, which a server may answer."""
    return _MADE[name]()
