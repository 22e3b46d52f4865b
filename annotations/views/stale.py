"""Both versions side by side, where somebody saved first."""

from dataclasses import dataclass
from typing import Any

from annotations.forms.errors import name_version
from annotations.forms.statement import StatementForms, initial_of
from annotations.models import Attribution, Statement
from annotations.models.review import Reviewed


@dataclass(frozen=True)
class Difference:
    """One thing that differs: as it is stored now, and as it was typed."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class StaleSave:
    """Who saved first, and what differs; `version` is the one that the next save has to name."""

    by: str
    version: int
    differences: list[Difference]


def differences(theirs: Statement, forms: StatementForms) -> StaleSave:
    """What differs between the statement as it stands now and what was typed; the form then names the new version."""
    now = initial_of(theirs, 0)
    typed = forms.form.cleaned_data
    pairs = [
        (str(field.label), str(now["form"].get(name) or ""), str(typed.get(name) or ""))
        for name, field in forms.form.fields.items()
        if name not in ("version", "revision", "spans")
    ]
    pairs.append(("Words", _words(now["form"]["spans"]), _words(typed["spans"])))
    for kind in Attribution.Kind:
        stored = ", ".join(row.actor.name for row in theirs.live_attributions(kind))
        yours = ", ".join(part.actor.name for part in forms.part_inputs() if part.part == kind)
        pairs.append((kind.label.capitalize(), stored, yours))
    pairs.append(
        (
            "Points",
            "; ".join(p.text for p in theirs.live_points()),
            "; ".join(p.text for p in forms.point_inputs()),
        )
    )
    name_version(forms.form, theirs.version)
    return StaleSave(
        by=last_editor(theirs),
        version=theirs.version,
        differences=[Difference(*pair) for pair in pairs if pair[1] != pair[2]],
    )


def _words(selections: object) -> str:
    assert isinstance(selections, list)
    return " … ".join(
        f"{s.role}: “{s.exact}”" if s.role != "content" else f"“{s.exact}”" for s in selections
    )


def last_editor(record: Reviewed) -> str:
    """The name of whoever saved the record last."""
    history: Any = record.history  # type: ignore[attr-defined]
    last = history.select_related("history_user").order_by("-history_id").first()
    return str(last.history_user) if last else "Somebody"
