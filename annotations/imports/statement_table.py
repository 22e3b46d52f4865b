"""statements.csv again, after somebody edited it in a spreadsheet: what they changed, line by line."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.editing.highlight import revise
from annotations.editing.place import Selection
from annotations.exports.cells import text_of
from annotations.exports.columns import Shape
from annotations.exports.fetch import Reader, for_export, statement_rows_of
from annotations.exports.records import StatementRow
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.imports.carry import row_by_row
from annotations.imports.plan import CellChange, Fate, Importer, Incoming, Made, Plan, Row
from annotations.imports.sheets import SheetRow, read_sheet
from annotations.imports.statement_base import cells_at
from annotations.imports.statement_cells import Read, read_cell
from annotations.imports.statement_edit import EDITABLE, Edited, edited
from annotations.models import Statement
from annotations.permissions import User

COLUMNS = {column.name: column for column in STATEMENT_COLUMNS}
_ADDRESSES = frozenset(("address", "article_address"))  # differ from site to site
_DAYS = frozenset(
    name for name, column in COLUMNS.items() if column.shape in (Shape.DAY, Shape.PARTIAL_DAY)
)
_KEYS = frozenset(("id", "version"))
CHUNK = 500
Cells = Mapping[str, str]
_SHOWN = 80  # characters of a quote
_PAIRS = (("“", "”"), ('"', '"'))


@dataclass(frozen=True)
class Revision:
    """What carries a line out."""

    statement: Statement
    edited: Edited


def parse(file: Incoming, user: User) -> Plan:
    """A row for each line that changes something or cannot be read; ValidationError where none can."""
    try:
        sheet = read_sheet(file.data, file.content_type, COLUMNS, ("id", "version"))
    except ValidationError as error:
        raise ValidationError([f"“{file.name}”: {said}" for said in error.messages]) from error
    reader = Reader(user, "", "default")
    seen: set[str] = set()
    rows: list[Row] = []
    for start in range(0, len(sheet.rows), CHUNK):
        rows += _rows(file.name, sheet.rows[start : start + CHUNK], reader, seen)
    same = len(sheet.rows) - len(rows)
    warnings = list(sheet.warnings)
    if sheet.unknown:
        said = _("Columns that are not read: %(names)s.")
        warnings.append(said % {"names": ", ".join(sheet.unknown)[:300]})
    if same:
        warnings.append(
            ngettext("%(number)s line is as it was.", "%(number)s lines are as they were.", same)
            % {"number": f"{same:,}"}
        )
    return Plan(tuple(rows), tuple(warnings))


def _rows(name: str, lines: Sequence[SheetRow], reader: Reader, seen: set[str]) -> Iterator[Row]:
    """What the lines change; nothing for those that change nothing."""
    wanted = {uid for line in lines if (uid := _uid(line)) is not None}
    statements = for_export(reader.statements().filter(uid__in=wanted), reader.user)
    found = {row.statement.uid: row for row in statement_rows_of(list(statements), reader)}
    for line in lines:
        uid = _uid(line)
        errors = [*line.errors, *_unfit(line, uid, found, seen)]
        seen.add(str(uid))
        if errors:
            yield Row(_("A line that fits no statement"), name, line.line, errors=tuple(errors))
        elif uid is not None:
            yield from _row(name, line, found[uid])


def _uid(line: SheetRow) -> uuid.UUID | None:
    try:
        return uuid.UUID(line.cells.get("id", "").strip())
    except ValueError:
        return None


def _unfit(
    line: SheetRow, uid: uuid.UUID | None, found: dict[uuid.UUID, StatementRow], seen: set[str]
) -> Iterator[str]:
    if uid is None:
        yield _("It names no statement: new ones are recorded in their articles.")
    elif uid not in found:
        yield _("There is no such statement here.")
    elif found[uid].statement.is_withdrawn:
        yield _("The statement was deleted. Bring it back first.")
    elif str(uid) in seen:
        yield _("The same statement stands in an earlier line, too.")
    version = line.cells.get("version", "").strip()
    if uid is not None and not (version.isdecimal() and len(version) < 10):
        yield _("“%(value)s” is no version.") % {"value": version[:40]}


def _row(name: str, line: SheetRow, stored: StatementRow) -> Iterator[Row]:
    """The line's row, where a cell of it differs from what is here."""
    now = {
        each: text_of(COLUMNS[each].value(stored))
        for each in line.cells
        if each in COLUMNS and each not in _KEYS | _ADDRESSES
    }
    read = {
        each: read_cell(each, line.raw[each], line.cells[each], now[each], is_day=each in _DAYS)
        for each in now
    }
    version = int(line.cells["version"])
    is_newest = version == stored.statement.version
    base = now if is_newest else cells_at(stored, version)
    # What nobody changed in the file is no change, though others did so here meanwhile; and what
    # follows from their changes, such as the state, is not told of the file.
    differing = {
        each: cell
        for each, cell in read.items()
        if cell.wrong
        or (
            cell.value != now[each]
            and (base.get(each) != cell.value if each in EDITABLE else is_newest)
        )
    }
    if differing:
        mended = tuple(cell.mended for cell in read.values() if cell.mended and cell.value)
        row = _differing(stored, now, base, differing)
        warnings = (*mended, *row.warnings)
        yield replace(row, file=name, line=line.line, warnings=warnings)


def _differing(stored: StatementRow, now: Cells, base: Cells, differing: Mapping[str, Read]) -> Row:
    """The row of these cells, `now` what stands here, `base` what stood here when it was downloaded."""
    statement = stored.statement
    typed = {each: cell.value for each, cell in differing.items() if each in EDITABLE}
    conflicts = [each for each in typed if base.get(each) != now[each]]
    errors = [cell.wrong for cell in differing.values() if cell.wrong]
    errors += _conflicting(conflicts, base)
    payload = None
    if typed and not errors:
        try:
            payload = Revision(statement, edited(stored, typed))
        except ValidationError as error:
            errors += error.messages
    return Row(
        _makes(statement, len(typed)),
        changes=tuple(
            CellChange(
                each,
                base.get(each, now[each]),
                value,
                now[each] if each in conflicts and each in base else "",
            )
            for each, value in typed.items()
        ),
        errors=tuple(errors),
        warnings=tuple(_warned(statement, differing, is_done=payload is not None)),
        links=(Made(_("Its page"), statement.get_absolute_url()),),
        is_chosen=payload is not None,
        seen=f"{statement.uid} {statement.version}",
        payload=payload,
    )


def _conflicting(names: Sequence[str], base: Cells) -> Iterator[str]:
    """What is said of columns that others changed, or may have: of some it is not known what stood there."""
    known = [each for each in names if each in base]
    unknown = [each for each in names if each not in base]
    if known:
        said = _(
            "Somebody else changed %(names)s since the file was downloaded. Change it on its page, or in "
            "a file that you download anew."
        )
        yield said % {"names": ", ".join(known)}
    if unknown:
        said = _(
            "The statement was changed since the file was downloaded, perhaps in %(names)s, too. Change "
            "that on its page, or in a file that you download anew."
        )
        yield said % {"names": ", ".join(unknown)}


def _warned(statement: Statement, differing: Mapping[str, Read], *, is_done: bool) -> Iterator[str]:
    fixed = [each for each in differing if each not in EDITABLE]
    if fixed:
        said = _("Not changed by a file, and left as it is here: %(names)s.")
        yield said % {"names": ", ".join(fixed)}
    if is_done and statement.is_approved:
        yield _("It is approved: it goes back to its reviewers.")


def _makes(statement: Statement, number: int) -> str:
    quote = _unwrapped(statement.quote())
    quote = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"
    if not number:
        return _("Nothing changes in “%(quote)s”") % {"quote": quote}
    said = ngettext("%(number)s change in “%(quote)s”", "%(number)s changes in “%(quote)s”", number)
    return said % {"number": number, "quote": quote}


def _unwrapped(quote: str) -> str:
    """The quote without the one pair of marks that is around all of it: a pair stands in the words around."""
    for opening, closing in _PAIRS:
        inner = quote[1:-1]
        is_whole = len(quote) > 2 and quote[0] == opening and quote[-1] == closing
        if is_whole and opening not in inner and closing not in inner:
            return inner
    return quote


def revise_row(row: Row, user: User) -> Row:
    """The row's statement, revised; its words in the text stay as they are."""
    if row.payload is None:
        return replace(row, fate=Fate.UNCHANGED)
    statement, new = row.payload.statement, row.payload.edited
    kept = [
        Selection(span.role, 0, 0, "", span.uid)
        for span in statement.spans.filter(withdrawn_at__isnull=True)
    ]
    revised = revise(
        user=user,
        statement=statement,
        version=statement.version,
        details=new.details,
        parts=new.parts,
        points=new.points,
        selections=kept,
        revision_number=statement.article.revision.number,
    )
    link = Made(_("Its page"), revised.get_absolute_url())
    return replace(row, fate=Fate.CHANGED, made=(link,), links=())


STATEMENTS = Importer(
    name="statements",
    label=gettext_lazy("statements.csv, edited"),
    help=gettext_lazy(
        "The file of statements as it was downloaded here, after somebody changed cells in a "
        "spreadsheet. You see each cell before and after. Statements that are not in the file stay as they are."
    ),
    accepts=(".csv",),
    parse=parse,
    carry_out=row_by_row(revise_row),
)
