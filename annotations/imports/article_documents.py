"""The article in a .docx document: its words in order, added ones of tracked changes too, deleted ones not."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import docx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from lxml import etree

from annotations.imports.archives import DAMAGED, MB, Bounds, content_of, opened
from annotations.imports.plan import Incoming
from annotations.imports.read_article import ReadArticle

BOUNDS = Bounds(members=1000, each=20 * MB, together=40 * MB)
LARGEST_XML = 6 * MB  # bytes of all parts that are parsed: a book has two or three
MOST_TAGS = 150_000  # in them: each costs some hundred bytes of memory
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}moveFrom", f"{_W}del", _FALLBACK}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_IS_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00|\x00<\x00!", re.IGNORECASE)
_UNFIT = (
    *DAMAGED,
    OpcError,
    etree.LxmlError,
    KeyError,
    AttributeError,
    TypeError,
    IndexError,
    AssertionError,
    RecursionError,
)  # what python-docx raises on documents that are none


def read_document(file: Incoming) -> ReadArticle:
    """The article of a .docx file, its title offered; ValidationError where it cannot be read safely."""
    if not is_zipfile(BytesIO(file.data)):
        raise ValidationError(_("The document cannot be read: it is damaged or no .docx."))
    with opened(file.data, BOUNDS) as archive:
        _refuse_parts(archive)
    try:
        document = docx.Document(BytesIO(file.data))
        text = "".join(_words(document.element.body)).strip("\n")
        headline = _headline(document)
    except _UNFIT as error:
        raise ValidationError(
            _("The document cannot be read: it is damaged or no .docx.")
        ) from error
    return ReadArticle(file.name, text, headline=headline, url=file.address)


def _refuse_parts(archive: ZipFile) -> None:
    """Entities are not expanded by declaring none; and no tree is built that is too large to hold."""
    size = tags = 0
    for member in archive.infolist():
        part = content_of(archive, member)
        if not _IS_XML.match(
            part
        ):  # whatever it is called: the document itself says what is parsed
            continue
        size += member.file_size
        if size > LARGEST_XML:
            raise ValidationError(_("The document is too large to be an article."))
        tags += part.count(b"<")
        if _DECLARES.search(part):
            raise ValidationError(_("The document declares entities, which no .docx does."))
    if tags > MOST_TAGS:
        raise ValidationError(_("The document is too large to be an article."))


def _words(body: Any) -> Iterator[str]:
    """The words in the order in which they are read; each paragraph ends its line."""
    skipped = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LEFT_OUT:
            skipped += 1 if event == "start" else -1
        if skipped:
            continue
        if event == "end" and element.tag == f"{_W}p":
            yield "\n"
        elif event == "start" and element.tag == f"{_W}t":
            yield element.text or ""
        elif event == "start" and element.tag in _BREAKS and element.getparent().tag == f"{_W}r":
            yield _BREAKS[element.tag]


def _headline(document: Any) -> str:
    """The paragraph that is styled as the title or, where there is none, the document's title."""
    for paragraph in document.paragraphs[:20]:
        if paragraph.style is not None and paragraph.style.name in ("Title", "Heading 1"):
            words = str(paragraph.text).strip()
            if words:
                return words
    return str(document.core_properties.title or "").strip()
