"""What the editable cells of a statement held at an earlier version: its history says so, as far as it can."""

from dataclasses import replace

from annotations.exports.cells import text_of
from annotations.exports.records import StatementRow
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.imports.statement_edit import DETAILS
from annotations.models import Statement

_VALUES = {column.name: column.value for column in STATEMENT_COLUMNS if column.name in DETAILS}


def cells_at(row: StatementRow, version: int) -> dict[str, str]:
    """The cells of the statement's own fields at that version, by column.

    Points and printed words are rows of their own, whose histories name no version: they are left out,
    so that whatever the file has differently is shown as a conflict, never put over another's change.
    """
    kept = Statement.history.filter(uid=row.statement.uid, version=version)
    then = kept.order_by("-history_date", "-history_id").first()
    if then is None:
        return {}
    old = Statement(
        form=then.form,
        act=then.act,
        gist=then.gist,
        said_on=then.said_on,
        said_on_precision=then.said_on_precision,
        said_on_as_printed=then.said_on_as_printed,
        venue=then.venue,
        note=then.note,
    )
    return {name: text_of(value(_of(row, old))) for name, value in _VALUES.items()}


def _of(row: StatementRow, old: Statement) -> StatementRow:
    return replace(row, statement=old)
