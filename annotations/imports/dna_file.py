"""A database of the Discourse Network Analyzer 3.x (SQLite), read as what it is: somebody else's file.

Opened read-only from a copy, without extensions, functions, views or attached files, within bounds of
time and size. Every value is checked for its type; SQLite itself takes any value in any column.
"""

import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAGIC = b"SQLite format 3\0"
SECONDS = 20.0  # for all that is read
LONGEST_VALUE = 32 * 1024 * 1024  # bytes of one value
MOST_ROWS = 1_000_000  # of one table
TABLES = {
    "DOCUMENTS": ("ID", "Title", "Text", "Author", "Source", "Section", "Notes", "Type", "Date"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable"),
    "ENTITIES": ("ID", "VariableId", "Value"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "SETTINGS": ("Property", "Value"),
}
OPTIONAL = {  # nothing that comes in stands on these
    "CODERS": ("ID", "Name"),
    "ATTRIBUTEVARIABLES": ("ID", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
    "VARIABLELINKS": ("SourceVariableId", "TargetVariableId"),
    "REGEXES": ("Label",),
}
COLUMNS = TABLES | OPTIONAL
EXTRAS = {"STATEMENTS": ("Coder",)}  # columns that nothing stands on
EMPTY = {("STATEMENTS", "Coder"): 0, ("DATALONGTEXT", "Value"): ""}  # what NULL stands for
NUMBERS = {"ID", "StatementTypeId", "DocumentId", "Start", "Stop", "StatementId", "VariableId"}
NUMBERS |= {"Entity", "Date", "Coder", "EntityId", "AttributeVariableId"}
NUMBERS |= {"SourceVariableId", "TargetVariableId"}
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)

Values = Mapping[str, str | int | bool]


@dataclass(frozen=True)
class DnaStatement:
    """A statement; `start` and `stop` count UTF-16 units of the document's text. `values` by variable."""

    id: int
    kind: str
    start: int
    stop: int
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class DnaDocument:
    """A document with its statements, in the order of their places; `date` in seconds since 1970, UTC."""

    id: int
    title: str
    text: str
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: int
    statements: tuple[DnaStatement, ...]


@dataclass(frozen=True)
class DnaEntity:
    """A value of a variable (a person, a concept) with the attributes that say something of it."""

    variable: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DnaDatabase:
    """The documents and entities by id, and how much there is of the rest.

    `coders` holds how many statements each coded, by name; `others` the rows of what has no place here.
    `unread` are tables, `odd` counts values, that are not as they should be and were left out.
    """

    documents: tuple[DnaDocument, ...]
    entities: tuple[DnaEntity, ...] = ()
    coders: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    odd: Mapping[str, int] = field(default_factory=dict)


def read(data: bytes) -> DnaDatabase:
    """What the file holds; ValidationError where it is no such database, or a hostile one."""
    if not data.startswith(MAGIC):
        raise ValidationError(_("This is no SQLite database."))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.dna"
        path.write_bytes(data)
        try:
            tables, unread, odd = _tables(path)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            said = _("The database cannot be read: %(why)s.") % {"why": str(error)[:200]}
            raise ValidationError(said) from error
    _refuse_other_versions(tables["SETTINGS"])
    return DnaDatabase(
        documents=tuple(_documents(tables)),
        entities=tuple(_entities(tables)),
        coders=_coders(tables),
        others={name: len(tables[name]) for name in ("VARIABLELINKS", "REGEXES")},
        unread=unread,
        odd=odd,
    )


def _tables(path: Path) -> tuple[dict[str, list[dict[str, Any]]], tuple[str, ...], Counter[str]]:
    """Each table's rows, and what could not be read of those that nothing stands on."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        _confine(database)
        unread, odd = list[str](), Counter[str]()
        columns = {name: _columns(database, name, unread) for name in COLUMNS}
        database.set_authorizer(_authorize)
        tables = {name: list(_rows(database, name, columns[name], odd)) for name in COLUMNS}
    finally:
        database.close()
    return tables, tuple(unread), odd


def _confine(database: sqlite3.Connection) -> None:
    ends = time.monotonic() + SECONDS
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.set_progress_handler(lambda: time.monotonic() > ends, 10_000)


def _columns(database: sqlite3.Connection, name: str, unread: list[str]) -> tuple[str, ...]:
    """Those to read of the table; none where it is missing or unfit and nothing stands on it."""
    try:
        return _readable(database, name)
    except ValidationError:
        if name not in OPTIONAL:
            raise
        unread.append(name)
        return ()


def _readable(database: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """ValidationError unless the table is an ordinary one, with the columns it should have."""
    query = "SELECT type, sql FROM sqlite_master WHERE upper(name) = ?"
    found = database.execute(query, (name,)).fetchall()
    if not found and name in OPTIONAL:
        return ()
    plain = [sql for kind, sql in found if kind == "table" and isinstance(sql, str)]
    if len(found) != 1 or not plain or "VIRTUAL" in plain[0].upper().split("(")[0]:
        said = _(
            "This is no database of the Discourse Network Analyzer 3: it has no table %(name)s."
        )
        raise ValidationError(said % {"name": name})
    there = {row[1]: row[6] for row in database.execute(f'PRAGMA table_xinfo("{name}")')}
    missing = [column for column in COLUMNS[name] if there.get(column) != 0]
    if missing:
        said = _("The table %(name)s has no column %(column)s.")
        raise ValidationError(said % {"name": name, "column": missing[0]})
    extras = (column for column in EXTRAS.get(name, ()) if there.get(column) == 0)
    return (*COLUMNS[name], *extras)


def _authorize(action: int, *_names: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _rows(
    database: sqlite3.Connection, name: str, columns: tuple[str, ...], odd: Counter[str]
) -> Iterator[dict[str, Any]]:
    """The rows; of what nothing stands on, values of another kind are left out and counted in `odd`."""
    if not columns:
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    rows = database.execute(f'SELECT {listed} FROM "{name}" LIMIT {MOST_ROWS + 1}')  # noqa: S608  our own names
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            said = _("The table %(name)s has more than %(most)s rows.")
            raise ValidationError(said % {"name": name, "most": f"{MOST_ROWS:,}"})
        found = {
            column: EMPTY.get((name, column)) if value is None else value
            for column, value in zip(columns, row, strict=True)
        }
        unfit = [column for column, value in found.items() if not _is_fit(name, column, value)]
        if not unfit:
            yield found
        elif name in OPTIONAL:
            odd[name] += 1
        elif set(unfit) <= {*EXTRAS.get(name, ())}:
            odd[f"{name} / {unfit[0]}"] += 1
            yield {column: value for column, value in found.items() if column not in unfit}
        else:
            said = _("%(table)s, row %(number)s: %(column)s has a value of another kind.")
            raise ValidationError(said % {"table": name, "number": number, "column": unfit[0]})


def _is_fit(name: str, column: str, value: Any) -> bool:
    is_number = column in NUMBERS or (column == "Value" and name in ("DATABOOLEAN", "DATAINTEGER"))
    return isinstance(value, int if is_number else str)


def _refuse_other_versions(settings: list[dict[str, Any]]) -> None:
    versions = [row["Value"] for row in settings if row["Property"].lower() == "version"]
    if versions and not versions[0].startswith("3."):
        said = _("The database is of version %(version)s; only version 3 can be read.")
        raise ValidationError(said % {"version": versions[0][:20]})


def _documents(tables: dict[str, list[dict[str, Any]]]) -> Iterator[DnaDocument]:
    statements = _statements(tables)
    for row in sorted(tables["DOCUMENTS"], key=lambda each: int(each["ID"])):
        own = sorted(statements.pop(row["ID"], []), key=lambda each: (each.start, each.id))
        yield DnaDocument(
            id=row["ID"],
            title=row["Title"],
            text=row["Text"],
            author=row["Author"],
            source=row["Source"],
            section=row["Section"],
            notes=row["Notes"],
            type=row["Type"],
            date=row["Date"],
            statements=tuple(own),
        )
    if statements:
        said = _("Statement %(id)s belongs to a document that is not there.")
        raise ValidationError(said % {"id": next(iter(statements.values()))[0].id})


def _statements(tables: dict[str, list[dict[str, Any]]]) -> dict[int, list[DnaStatement]]:
    """By the document's id."""
    kinds = {row["ID"]: row["Label"] for row in tables["STATEMENTTYPES"]}
    values = _values(tables)
    found: dict[int, list[DnaStatement]] = defaultdict(list)
    for row in tables["STATEMENTS"]:
        kind = kinds.get(row["StatementTypeId"], "")
        statement = DnaStatement(row["ID"], kind, row["Start"], row["Stop"], values[row["ID"]])
        found[row["DocumentId"]].append(statement)
    return found


def _values(tables: dict[str, list[dict[str, Any]]]) -> dict[int, dict[str, str | int | bool]]:
    """What each statement says, by its id and the name of the variable."""
    variables = {row["ID"]: row["Variable"] for row in tables["VARIABLES"]}
    entities = {row["ID"]: row["Value"] for row in tables["ENTITIES"]}
    found: dict[int, dict[str, str | int | bool]] = defaultdict(dict)
    for row in tables["DATASHORTTEXT"]:
        name = variables.get(row["VariableId"], "")
        found[row["StatementId"]][name] = entities.get(row["Entity"], "")
    for table in ("DATALONGTEXT", "DATAINTEGER", "DATABOOLEAN"):
        for row in tables[table]:
            value = bool(row["Value"]) if table == "DATABOOLEAN" else row["Value"]
            found[row["StatementId"]][variables.get(row["VariableId"], "")] = value
    return found


def _entities(tables: dict[str, list[dict[str, Any]]]) -> Iterator[DnaEntity]:
    """By id, with what attributes say of them."""
    variables = {row["ID"]: row["Variable"] for row in tables["VARIABLES"]}
    names = {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]}
    given: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in tables["ATTRIBUTEVALUES"]:
        if row["AttributeValue"].strip() and row["AttributeVariableId"] in names:
            given[row["EntityId"]].append(
                (names[row["AttributeVariableId"]], row["AttributeValue"])
            )
    for row in sorted(tables["ENTITIES"], key=lambda each: int(each["ID"])):
        variable = variables.get(row["VariableId"], "")
        yield DnaEntity(variable, row["Value"], tuple(given.get(row["ID"], ())))


def _coders(tables: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """How many statements each coded, by name; empty where it names nobody."""
    names = {row["ID"]: row["Name"] for row in tables["CODERS"]}
    return Counter(names.get(row.get("Coder", 0), "") for row in tables["STATEMENTS"])
