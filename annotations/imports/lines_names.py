"""What the lines of a file refer to by uid or name becomes the numbers that this database gave the rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model

from annotations.imports.lines_file import LinesError, Row
from annotations.models import Placement
from annotations.models.kinds import NAMES, OWN, Column, Kind

AT_ONCE = 500  # names asked for in one query

Numbers = dict[type[Model], dict[Any, int]]


def numbered(kind: Kind, chunk: Sequence[Row], later: Sequence[str]) -> list[list[Any]]:
    """Each row's values in the order of the kind's columns, references as numbers; for a history, its row's last.

    Columns named in `later` are left as they are. LinesError where a name is unknown.
    """
    columns = [column for column in kind.columns if column.refers and column.key not in later]
    numbers = _numbers(kind, columns, chunk)
    found = [[_value(row, column, numbers, later) for column in kind.columns] for row in chunk]
    if kind.kept:
        own = _own(kind, chunk, numbers)
        for row, values in zip(chunk, found, strict=True):
            values.append(own(row))
    return found


def _value(row: Row, column: Column, numbers: Numbers, later: Sequence[str]) -> Any:
    name = row.values[column.key]
    if column.refers is None or name is None or column.key in later:
        return name
    return _known(numbers[column.refers], name, row, column.key)


def _known(numbers: dict[Any, int], name: Any, row: Row, key: str) -> int:
    try:
        return numbers[name]
    except KeyError:
        raise LinesError(f"Line {row.number}, {key}: there is no “{name}” before it.") from None


def _numbers(kind: Kind, columns: Sequence[Column], chunk: Sequence[Row]) -> Numbers:
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for column in columns:
        assert column.refers is not None
        wanted[column.refers] |= {row.values[column.key] for row in chunk} - {None}
    if kind.names_own:
        assert kind.kept is not None
        wanted[kind.kept] |= {row.values[OWN] for row in chunk}
    return {model: numbers_of(model, names) for model, names in wanted.items()}


def numbers_of(model: type[Model], names: Iterable[Any]) -> dict[Any, int]:
    """The number of each of the rows, by uid or, where the model has none, by name; unknown ones are left out."""
    key = NAMES.get(model, "uid")
    asked = list(names)
    found: dict[Any, int] = {}
    for at in range(0, len(asked), AT_ONCE):
        rows = model._base_manager.filter(**{f"{key}__in": asked[at : at + AT_ONCE]})
        found.update(rows.values_list(key, "pk"))
    return found


def _own(kind: Kind, chunk: Sequence[Row], numbers: Numbers) -> Callable[[Row], int]:
    """What tells the number of the row that a line of a history is of."""
    assert kind.kept is not None
    if kind.kept is not Placement:
        own = numbers[kind.kept]
        return lambda row: _known(own, row.values[OWN], row, OWN)
    spans, revisions = (numbers[_refers(kind, key)] for key in ("span", "revision"))
    places = _places([spans[row.values["span"]] for row in chunk])
    return lambda row: _known(
        places,
        (spans[row.values["span"]], revisions[row.values["revision"]]),
        row,
        "span",
    )


def _refers(kind: Kind, key: str) -> type[Model]:
    (found,) = (column.refers for column in kind.columns if column.key == key)
    assert found is not None
    return found


def _places(spans: Sequence[int]) -> dict[Any, int]:
    """The number of each placement, by those of its span and its revision."""
    found: dict[Any, int] = {}
    for at in range(0, len(spans), AT_ONCE):
        rows = Placement.objects.filter(span__in=spans[at : at + AT_ONCE])
        found.update(
            ((span, text), pk) for span, text, pk in rows.values_list("span", "revision", "pk")
        )
    return found
