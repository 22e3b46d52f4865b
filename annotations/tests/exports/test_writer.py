import csv
import io

from annotations.exports.cells import Profile
from annotations.exports.columns import Column, Shape
from annotations.exports.writer import csv_pieces

COLUMNS = (
    Column[str]("words", "The words.", Shape.TEXT, "", lambda row: row),
    Column[str]("length", "How many.", Shape.INTEGER, "", len),
)


def test_the_file_is_utf_8_with_mark_quotes_and_line_feeds() -> None:
    pieces = csv_pieces(COLUMNS, [["“ ”", 'say "no"'], ["Ma’arij, a\nb", ""]])

    assert (
        b"".join(pieces)
        == (
            '\ufeff"words","length"\n"“ ”","3"\n"say ""no""","8"\n"Ma’arij, a\nb","12"\n"","0"\n'
        ).encode()
    )


def test_head_and_chunks_are_pieces() -> None:
    assert len(list(csv_pieces(COLUMNS, [["a", "b"], ["c"]]))) == 3


def test_a_file_without_rows_has_its_head() -> None:
    assert b"".join(csv_pieces(COLUMNS, [])) == b'\xef\xbb\xbf"words","length"\n'


def test_formulas_are_guarded_unless_raw() -> None:
    safe = b"".join(csv_pieces(COLUMNS, [["=1+1"]]))
    raw = b"".join(csv_pieces(COLUMNS, [["=1+1"]], Profile.RAW))

    assert safe.splitlines()[1] == b'"\'=1+1","4"'
    assert raw.splitlines()[1] == b'"=1+1","4"'


def test_what_is_written_is_read_back() -> None:
    words = ['"', '""', ",", "\n", "\r\n", "\r", "a\0b", " ", "\u2028", "😀"]

    file = b"".join(csv_pieces(COLUMNS, [words], Profile.RAW)).decode("utf-8-sig")

    assert [row["words"] for row in csv.DictReader(io.StringIO(file, newline=""))] == words
