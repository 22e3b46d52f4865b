import pytest

from annotations.imports.brat_folder import table_of


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_tables_lines_end_as_any_system_ends_them(end: str) -> None:
    data = end.join(["name\theadline", "one\tOne", "two\t“Two", ""]).encode()

    told = table_of("articles.tsv", data)

    assert {name: about.headline for name, about in told.items()} == {"one": "One", "two": "“Two"}


@pytest.mark.parametrize(
    "data", [b"", b"\r", b"name\n\xff", b"x\ty\n", b"name\n" + b"9" * 13_000_000]
)
def test_what_is_no_table_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^articles\.tsv"):
        table_of("articles.tsv", data)
