"""Our own JSON Lines come in beside what is here: each record as a draft of who brings it in.

Records whose uid is known are left as they are. Histories, review states, accounts and versions of the
file don't come along: for those an operator restores the whole file into an empty database.
"""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.imports.carry import row_by_row
from annotations.imports.lines_acts import bring_in
from annotations.imports.lines_file import LinesError, read
from annotations.imports.lines_records import RECORDS, Lines, Told, gathered, texts_of
from annotations.imports.plan import Importer, Incoming, Made, Plan, Row
from annotations.models import (
    Actor,
    Article,
    Post,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.permissions import User

MODELS: dict[str, type[Model]] = {
    "actor": Actor,
    "post": Post,
    "article": Article,
    "statement": Statement,
    "response": Response,
    "restatement": Restatement,
    "reply_record": ReplyRecord,
}
# What a record cannot be brought in without.
NEEDS = {
    "actor": ("merged_into",),
    "post": ("holder", "organisation"),
    "article": ("outlet",),
    "statement": ("article",),
    "response": ("claim", "response"),
    "restatement": ("of", "by"),
    "reply_record": ("claim", "party", "claimant"),
}


def parse(file: Incoming, user: User) -> Plan:
    """A row for each record of the file that is not deleted; ValidationError names the line that cannot be read."""
    try:
        _head, rows = read(BytesIO(file.data))
        lines = gathered(rows)
    except LinesError as error:
        raise ValidationError(f"“{file.name}”: {error}") from error
    here = {kind: _here(kind, lines, user) for kind in RECORDS}
    seen = {told.uid for told in lines.records} | {uid for rows in here.values() for uid in rows}
    return Plan(tuple(_row(told, lines, here[told.kind], seen) for told in lines.records))


def _here(kind: str, lines: Lines, user: User) -> dict[UUID, Any]:
    """The rows of the kind that are here already, or that records of the file refer to, by uid."""
    model: Any = MODELS[kind]
    wanted = {told.uid for told in lines.records if told.kind == kind}
    wanted |= {uid for told in lines.records for uid in _needed(told)}
    found: dict[UUID, Any] = {}
    asked = sorted(wanted)
    for at in range(0, len(asked), 500):
        rows = model.objects.visible_to(user).filter(uid__in=asked[at : at + 500])
        found.update({row.uid: row for row in rows})
    return found


def _needed(told: Told) -> list[UUID]:
    return [told.values[key] for key in NEEDS[told.kind] if told.values[key] is not None]


def _row(told: Told, lines: Lines, here: dict[UUID, Any], seen: set[UUID]) -> Row:
    is_here = told.uid in here
    missing = [str(uid) for uid in _needed(told) if uid not in seen]
    said = _("It refers to what is neither in the file nor here: %(uids)s.")
    return Row(
        makes=_named(told),
        line=told.number,
        errors=(said % {"uids": ", ".join(missing)},) if missing and not is_here else (),
        warnings=(_("It is here already and stays as it is."),) if is_here else (),
        links=_links(here[told.uid]) if is_here else (),
        is_chosen=not is_here,
        payload=(told, lines),
    )


def _links(row: Any) -> tuple[Made, ...]:
    get_url = getattr(row, "get_absolute_url", None)
    return (Made(str(row), get_url()),) if get_url else ()


def _named(told: Told) -> str:
    """What the record is, in an editor's words."""
    what = str(MODELS[told.kind]._meta.verbose_name)
    return f"{what[:1].upper()}{what[1:]}: {Truncator(_words(told)).chars(120)}"


def _words(told: Told) -> str:
    values = told.values
    if told.kind in {"actor", "post"}:
        return str(values.get("name") or values.get("title"))
    if told.kind == "article":
        first = next(texts_of(told), None)
        return str(values["headline"] or (first["opening"] if first else ""))
    if told.kind == "statement":
        spans = {span["uid"] for span in told.live("span") if span["role"] == "content"}
        exact = {p["span"]: p["exact"] for p in told.parts["placement"] if p["span"] in spans}
        return " … ".join(exact.values())
    name = {"response": "relation", "restatement": "scope"}.get(told.kind, "status")
    field: Any = MODELS[told.kind]._meta.get_field(name)
    return str(dict(field.flatchoices).get(values[name], values[name]))


LINES = Importer(
    name="lines",
    label=gettext_lazy("Our own JSON Lines"),
    help=gettext_lazy(
        "A file “records.jsonl” of this program, from here or another newsroom. Its records come in as your "
        "drafts; those that are here already stay as they are."
    ),
    accepts=(".jsonl",),
    parse=parse,
    carry_out=row_by_row(bring_in),
)
