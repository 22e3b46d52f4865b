"""Both versions side by side, where somebody saved first."""

from dataclasses import dataclass
from typing import Any

from django.forms import ChoiceField, Field, Form, ModelMultipleChoiceField
from django.utils.translation import gettext as _

from annotations.editing.attribute import PartInput
from annotations.editing.place import Selection
from annotations.forms.errors import name_version
from annotations.forms.fields import SpansField
from annotations.models import Article, Attribution
from annotations.models.span import role_words
from annotations.models.words import listed

NOT_NAMED = ("content", "marker", "evidence")  # roles that the row's label says already


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


def stale_save(theirs: Article, form: Form, now: dict[str, Any]) -> StaleSave:
    """What differs between the record, whose values are `now`, and what was typed.

    The form then names the version that stands now, so that the next save is one on top of it.
    """
    pairs = [
        (str(form[name].label), said(field, now[name]), said(field, form.cleaned_data[name]))
        for name, field in form.fields.items()
        if name in now and name != "version"
    ]
    name_version(form, theirs.version)
    return StaleSave(last_editor(theirs), theirs.version, differing(pairs))


def differing(pairs: list[tuple[str, str, str]]) -> list[Difference]:
    """Those of the (label, theirs, yours) that are not the same."""
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def part_words(part: Attribution | PartInput) -> str:
    """The actor with all that was printed of it, so that no difference hides behind a name."""
    printed = f"“{part.as_printed}”" if part.as_printed else ""
    basis = dict(Attribution.Basis.choices).get(part.speaker_basis, "")
    return listed(
        word for word in (part.actor.name, printed, part.title_as_printed, str(basis)) if word
    )


def said(field: Field, value: Any) -> str:
    """The value as a person reads it: a choice by its label, several things one after the other."""
    if isinstance(field, SpansField):
        return " … ".join(_words(selection) for selection in value)
    if isinstance(field, ModelMultipleChoiceField):
        return listed(sorted(str(one) for one in value))
    if isinstance(value, str) and isinstance(field, ChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]  # read, it is pairs whatever was set
        return str(labels.get(value, value))
    return str(value or "")


def _words(selection: Selection) -> str:
    named = "" if selection.role in NOT_NAMED else f"{role_words(selection.role)}: "
    return f"{named}“{selection.exact}”"


def last_editor(record: Article) -> str:
    """The name of whoever saved the record last."""
    last = record.history.select_related("history_user").order_by("-history_id").first()
    return str(last.history_user) if last else _("Somebody")
