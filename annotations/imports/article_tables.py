"""Articles in a CSV file: one in each row, named columns, only `text` needed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.editing.receive import refuse_unfit
from annotations.imports.plan import Incoming
from annotations.imports.read_article import ReadArticle
from annotations.imports.sheets import Sheet, SheetRow, read_sheet
from annotations.models.validators import refuse_unstorable

COLUMNS = (
    "text",
    "headline",
    "outlet",
    "url",
    "byline",
    "dateline",
    "published_on",
    "language",
)
MOST = 5000


def read_table(file: Incoming) -> tuple[Sheet, list[ReadArticle]]:
    """The sheet, for its warnings, and its articles; ValidationError where it is none."""
    sheet = read_sheet(file.data, file.content_type, COLUMNS, ("text",))
    if len(sheet.rows) > MOST:
        raise ValidationError(
            _("The file has more than %(most)s rows."), params={"most": f"{MOST:,}"}
        )
    return sheet, [_article(file.name, row) for row in sheet.rows]


def _article(name: str, row: SheetRow) -> ReadArticle:
    cells = row.cells
    errors = list(row.errors)
    published_on = None
    try:
        published_on = day_of(cells.get("published_on", ""))
        refuse_unfit(cells.get("text", ""))
        refuse_unstorable(cells.get("text", ""))
    except ValidationError as error:
        errors += error.messages
    return ReadArticle(
        name,
        cells.get("text", ""),
        row.line,
        cells.get("headline", ""),
        cells.get("outlet", ""),
        cells.get("url", ""),
        cells.get("byline", ""),
        cells.get("dateline", ""),
        published_on,
        cells.get("language", ""),
        errors=tuple(errors),
    )


def day_of(typed: str) -> date | None:
    """A day as 2026-05-12; None for an empty cell; ValidationError for what Excel makes of it otherwise."""
    if not typed.strip():
        return None
    try:
        if len(typed.strip()) != 10:
            raise ValueError(typed)
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise ValidationError(
            _("“%(typed)s” is not a date such as 2026-05-12: format the column as text."),
            params={"typed": typed[:40]},
        ) from error
