"""Files made to be expensive, or to hide what a look would find: refused before they cost anything."""

import io
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError

from annotations.imports import brat_file
from annotations.imports.article_documents import read_document
from annotations.imports.article_texts import is_never, page_text_of
from annotations.imports.feeds import read_feed
from annotations.imports.plan import Incoming
from annotations.imports.sheets import read_sheet

DECLARING = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">]><rss><channel>&a;</channel></rss>'
SECONDS = 5  # each of these took minutes, or all the memory, before


def test_pieces_far_longer_than_their_words_are_not_put_together() -> None:
    pieces = ";".join(["0 999999"] * 100_000)

    began = time.monotonic()
    found = brat_file.read(f"T1\tContent {pieces}\tx\n", "x" * 1_000_000)

    assert [problem.refuses for problem in found.problems] == [True]
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_a_feed_declares_no_entities_in_any_encoding(encoding: str) -> None:
    with pytest.raises(ValidationError, match="declares entities"):
        read_feed(Incoming("feed.xml", DECLARING.encode(encoding)))


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-ENTITY', ""),
        (b"+ADwAIQ-ENTITY", "text/xml; charset=UTF-7"),
    ],
)
def test_a_feed_hides_nothing_behind_its_encoding(data: bytes, content_type: str) -> None:
    with pytest.raises(ValidationError, match="declares entities"):
        read_feed(Incoming("feed.xml", data, content_type=content_type))


def test_no_page_is_decoded_in_time_of_the_square() -> None:
    page = b"<meta charset=idna>.xn--" + b"a" * 3_000_000 + b".\xff"

    began = time.monotonic()
    with pytest.raises(ValidationError, match="This is not text"):
        page_text_of(page)

    assert time.monotonic() - began < SECONDS
    assert is_never("punycode")
    assert not is_never("windows-1256")


def test_a_document_is_bounded_whatever_its_parts_are_called() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.bin", DECLARING)

    with pytest.raises(ValidationError, match="declares entities"):
        read_document(Incoming("a.docx", file.getvalue()))


def test_a_table_of_very_many_columns_is_read_in_time() -> None:
    head = ",".join(["text", *(f"c{number}" for number in range(200_000))])

    began = time.monotonic()
    read_sheet(f"{head}\n".encode(), "", ["text"], ["text"])

    assert time.monotonic() - began < SECONDS
