"""A save that somebody else came before: what only one side changed is merged, the rest is for a person to choose."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from annotations.editing.change import Stale
from annotations.editing.three_way import Side, three_way
from annotations.forms.errors import show
from annotations.forms.statement import StatementForms
from annotations.models.as_of import AsOf, at_version
from annotations.models.review import Reviewed
from annotations.models.words import listed
from annotations.views.sheets import PARTS, POINTS, SPANS, Sheet, Value

CHOOSE = "choose-"
TO_CHOOSE = "to-choose"  # sent for each choice that was shown
COMPARE = "compare"  # sent where nothing is to be saved yet: what differs, asks a draft that was taken up again
TRIES = 3  # others may save while this is merged

F = TypeVar("F", bound=forms.Form | StatementForms)
R = TypeVar("R")


@dataclass(frozen=True)
class Choice:
    """A field that both changed, for a person to choose."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """Who saved first, what of theirs the form has now, and what both changed; `data` is what it would send."""

    by: str
    at: datetime
    data: QueryDict
    both: list[Choice]
    theirs: list[str]

    @property
    def theirs_line(self) -> str:
        return listed(self.theirs)

    @property
    def said(self) -> str:
        """After a save that needed no choice."""
        if not self.theirs:
            return _("Saved.")
        words = _("Saved. What %(by)s changed meanwhile is kept too: %(what)s.")
        return words % {"by": self.by, "what": self.theirs_line}


@dataclass(frozen=True)
class Compared:
    """How to read the record as it is stored, what was typed, and what was there at a version."""

    current: Callable[[], Reviewed]
    stored: Callable[[Any, Any], Sheet]
    typed: Callable[[Any], Sheet]
    earlier: Callable[[Any, AsOf], Sheet]


@dataclass(frozen=True)
class Outcome(Generic[F, R]):
    """The forms as they are to be shown; `saved` where they need not be."""

    forms: F
    saved: R | None = None
    merged: Merged | None = None
    said: str = field(default="")
    is_comparison: bool = False

    @property
    def status(self) -> int:
        """Where it was not saved: 422 for what is wrong in the form, 200 for a mere comparison, else 409."""
        if _main(self.forms).errors:
            return 422
        if self.is_comparison and not (self.merged and self.merged.both):
            return 200
        return 409


def settle(
    request: HttpRequest,
    sent: F,
    compared: Compared,
    again: Callable[[QueryDict], F],
    save: Callable[[F], R],
) -> Outcome[F, R]:
    """Save what was typed, merged with what others saved meanwhile, as far as that needs nobody's choice.

    `sent` is valid; `again` makes the form of merged data.
    """
    chosen = {
        name.removeprefix(CHOOSE)
        for name, side in request.POST.items()
        if name.startswith(CHOOSE) and side == Side.THEIRS
    }
    is_comparison = COMPARE in request.POST
    undecided = set() if is_comparison else _undecided(request.POST)
    is_merged = bool(chosen or undecided or is_comparison)
    merged = _merge(sent, compared, chosen, undecided) if is_merged else None
    for _try in range(TRIES):
        if merged:
            sent = again(merged.data)
            if undecided and merged.both and sent.is_valid():
                show(
                    _main(sent),
                    ValidationError(_("Choose one of the two wherever you both changed.")),
                )
            if merged.both or is_comparison or not sent.is_valid():
                break
        try:
            return Outcome(sent, save(sent), merged, merged.said if merged else _("Saved."))
        except Stale:
            merged = _merge(sent, compared, set(), set())
        except ValidationError as error:
            show(_main(sent), error)
            break
    return Outcome(sent, None, merged, is_comparison=is_comparison)


def _undecided(typed: QueryDict) -> set[str]:
    """The choices that were shown and not made."""
    names = (name for name in typed.getlist(TO_CHOOSE) if typed.get(name) not in {*Side})
    return {name.removeprefix(CHOOSE) for name in names}


def _main(sent: Any) -> forms.Form:
    main: forms.Form = sent.form if isinstance(sent, StatementForms) else sent
    return main


def _merge(sent: Any, compared: Compared, chosen: set[str], undecided: set[str]) -> Merged:
    """Against the version that the form names. Who chose theirs then chose what stood at that version.

    What is undecided is for the person to choose again, unless both say the same by now.
    """
    record, main = compared.current(), _main(sent)
    theirs, mine = compared.stored(sent, record), compared.typed(sent)
    then = at_version(record, main.cleaned_data["version"] or 0)
    base = compared.earlier(sent, then) if then else None
    named = theirs if main.cleaned_data["version"] == record.version else base
    mine |= {key: named[key] for key in chosen if named and key in mine}
    merge = three_way(_compared(base) if base else None, _compared(theirs), _compared(mine))
    differing = {
        key for key in undecided & mine.keys() if mine[key].compared != theirs[key].compared
    }
    open_keys = [key for key in mine if key in differing or key in merge.both]
    taken = mine | {key: theirs[key] for key in merge.of(Side.THEIRS)}
    last = record.history.select_related("history_user").order_by("-history_id").first()
    return Merged(
        by=str(last.history_user) if last else _("Somebody"),
        at=last.history_date if last else record.changed_at,
        data=_written(main, taken, record.version),
        both=[_choice(key, theirs[key], mine[key]) for key in open_keys],
        theirs=[theirs[key].label for key in merge.of(Side.THEIRS)],
    )


def _compared(sheet: Sheet) -> dict[str, Any]:
    return {key: value.compared for key, value in sheet.items()}


def _choice(key: str, theirs: Value, mine: Value) -> Choice:
    return Choice(CHOOSE + key, mine.label, theirs.words, mine.words)


def _written(main: forms.Form, sheet: Sheet, version: int) -> QueryDict:
    """The form's data with these values, naming this version."""
    assert isinstance(main.data, QueryDict)
    data = main.data.copy()
    for name in [*data]:
        if name.startswith((CHOOSE, TO_CHOOSE, COMPARE)):
            del data[name]
    data["version"] = str(version)
    rows: list[dict[str, str]] = []
    spans: dict[str, list[Any]] = {}
    for key, value in sheet.items():
        if key.startswith(PARTS):
            rows += value.typed
        elif key == POINTS:
            _write_rows(data, "points", list(value.typed))
        elif key.startswith(SPANS):
            spans.setdefault(key.split(":")[1], []).extend(value.typed)
        else:
            data.setlist(key, list(value.typed))
            if f"{key}_name" in main.fields:
                data[f"{key}_name"] = value.words
    if POINTS in sheet:
        _write_rows(data, "parts", rows)
    for name, chosen in spans.items():
        data[name] = json.dumps([asdict(each) | {"uid": str(each.uid or "")} for each in chosen])
    return data


def _write_rows(data: QueryDict, prefix: str, rows: list[dict[str, str]]) -> None:
    for name in [*data]:
        if name.startswith(f"{prefix}-"):
            del data[name]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = value
