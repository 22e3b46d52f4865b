"""Tables of expected suggestions: tab-separated, one row each, the first column says for what."""

from pathlib import Path

FIELDS = ("form", "act", "cue", "source", "as_printed", "title", "basis")


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table below its heading: the subject, then a value for each of FIELDS."""
    table = Path(__file__).with_name(name).read_text(encoding="utf-8")
    heading, *lines = (tuple(line.split("\t")) for line in table.splitlines())
    assert heading[1:] == FIELDS
    return lines
