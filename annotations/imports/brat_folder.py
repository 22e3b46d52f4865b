"""Which files of a folder belong together: a text, its annotations, and what a table says of it."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

LARGEST_TABLE = 64 * 1024 * 1024  # bytes
COLUMNS = {  # by what we call it: what corpora call it
    "name": ("name", "filename", "file"),
    "headline": ("headline", "title"),
    "outlet": ("outlet", "publisher"),
    "url": ("url",),
    "byline": ("byline", "author"),
    "published_on": ("published_on", "publication_date", "date"),
    "language": ("language",),
}


@dataclass(frozen=True)
class About:
    """What a table says of a text; empty where it says nothing."""

    headline: str = ""
    outlet: str = ""
    url: str = ""
    byline: str = ""
    published_on: date | None = None
    language: str = "en"


@dataclass(frozen=True)
class Pair:
    """A text with its annotations: one .ann file, or one of each annotator."""

    name: str
    text: Path
    anns: tuple[Path, ...]
    about: About = field(default_factory=About)


def pairs(folder: Path, table: Path | None = None, only: Sequence[str] = ()) -> Iterator[Pair]:
    """Every .txt below the folder, by name, with the .ann files that are called so.

    `x.txt` goes with `x.ann` and with `x_ANNOTATOR.ann`, in whatever folder they are; `only` names
    the annotators whose files are taken, all where it is empty. ValueError for a table that cannot be read.
    """
    about = table_of(table.name, table.read_bytes()) if table else {}
    anns: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.ann")):
        anns.setdefault(path.stem, []).append(path)
    endings: dict[str, list[Path]] = {}
    for stem, paths in anns.items():
        name, _underscore, annotator = stem.rpartition("_")
        if not only or annotator in only:
            endings.setdefault(name, []).extend(paths)
    for text in sorted(folder.rglob("*.txt"), key=lambda path: (path.name, path)):
        found = [*anns.get(text.stem, []), *endings.get(text.stem, [])]
        yield Pair(text.stem, text, tuple(found), about.get(text.stem, About()))


def without_text(folder: Path, found: Sequence[Pair]) -> list[str]:
    """The names of the .ann files below the folder that belong to none of the texts found."""
    taken = {path for pair in found for path in pair.anns}
    return sorted(path.name for path in folder.rglob("*.ann") if path not in taken)


def table_of(file: str, data: bytes) -> dict[str, About]:
    """What a table says, by the names of texts; ValueError where it cannot be read."""
    if len(data) > LARGEST_TABLE:
        raise ValueError(_("%(file)s is too large.") % {"file": file})
    try:
        # As Windows and old Macs end their lines, too; a line is a row, since no cell is quoted.
        lines = io.StringIO(data.decode("utf-8-sig"), newline=None)
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        given = [name for name in COLUMNS["name"] if name in (rows.fieldnames or [])]
        if not given:
            said = _("%(file)s has no column “name” or “filename”.")
            raise ValueError(said % {"file": file})
        return {row[given[0]] or "": _about(row) for row in rows}
    except UnicodeDecodeError as error:
        said = _("%(file)s is not UTF-8 at byte %(place)d.")
        raise ValueError(said % {"file": file, "place": error.start + 1}) from error
    except csv.Error as error:  # that is all that it refuses without quotes
        said = _("%(file)s has a cell that is too long to be read.")
        raise ValueError(said % {"file": file}) from error


def _about(row: dict[str, str | None]) -> About:
    values = {ours: _value(row, theirs) for ours, theirs in COLUMNS.items()}
    try:
        day = date.fromisoformat(values["published_on"]) if values["published_on"] else None
    except ValueError:
        day = None
    return About(
        headline=values["headline"][:500],
        outlet=values["outlet"][:300],
        url=values["url"],
        byline=values["byline"][:300],
        published_on=day,
        language=values["language"] or "en",
    )


def _value(row: dict[str, str | None], names: Sequence[str]) -> str:
    found = next((row[name] for name in names if row.get(name)), "") or ""
    return "" if found in {"None", "NULL", "-"} else found.strip()
