"""The form for a statement: its words, form and act, who said it, what it alleges."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.attribute import PartInput, PointInput, basis_of
from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection
from annotations.forms.actor import not_in_the_list
from annotations.forms.fields import (
    ActorField,
    PartialDate,
    PartialDateField,
    SpansField,
    TextField,
    selections_of,
)
from annotations.models import Actor, Attribution, Point, Statement
from annotations.permissions import User

MOST = 60  # rows of actors, and of points


class StatementForm(forms.Form):
    """One statement. `spans` are the words chosen; parts and points come in formsets beside it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    # What a new statement will be known by: so that it is recorded once, however often it is sent.
    made_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    spans = SpansField(
        label=_("Words"),
        roles=("content", "source", "cue"),
        error_messages={"required": _("Select what was said in the text first.")},
    )
    form = forms.ChoiceField(label=_("Form"), choices=Statement.Form.choices)
    act = forms.ChoiceField(label=_("Act"), choices=Statement.Act.choices)
    gist = TextField(label=_("Gist, in one neutral line"), max_length=300, required=False)
    said_on = PartialDateField(
        label=_("Said on"), required=False, help_text=_("2026-05-12, 2026-05 or 2026")
    )
    said_on_as_printed = TextField(label=_("Date as printed"), max_length=200, required=False)
    venue = TextField(label=_("Venue"), max_length=200, required=False)
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def details(self) -> StatementDetails:
        """What was typed, for `editing`."""
        return details_of(self.cleaned_data)


def details_of(typed: Mapping[str, Any]) -> StatementDetails:
    """What was typed or sent, once it is cleaned, for `editing`."""
    return StatementDetails(
        form=typed["form"],
        act=typed["act"],
        gist=typed["gist"],
        said_on=typed["said_on"].date,
        said_on_precision=typed["said_on"].precision,
        said_on_as_printed=typed["said_on_as_printed"],
        venue=typed["venue"],
        note=typed["note"],
    )


class PartForm(forms.Form):
    """One actor's part. `actor_name` is what was typed beside the actor chosen, kept when none was."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(choices=Attribution.Kind.choices, widget=forms.HiddenInput)
    actor = ActorField(required=False)
    actor_name = TextField(max_length=300, required=False)
    as_printed = TextField(label=_("As printed"), max_length=300, required=False)
    title_as_printed = TextField(label=_("Title as printed"), max_length=300, required=False)
    speaker_basis = forms.ChoiceField(
        label=_("Known how"), choices=[("", "—"), *Attribution.Basis.choices], required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["actor"]
        assert isinstance(field, ActorField)
        field.queryset = Actor.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("actor") and typed.get("actor_name"):
            self.add_error("actor", not_in_the_list(typed["actor_name"]))
        part = typed.get("part", "")
        if typed.get("actor") or part != Attribution.Kind.SPEAKER:
            typed["speaker_basis"] = basis_of(part, typed.get("speaker_basis", ""))
        return typed

    def part_input(self) -> PartInput | None:
        """What was typed, for `editing`; None for a row left empty."""
        typed = self.cleaned_data
        if not typed.get("actor"):
            return None
        return PartInput(
            part=typed["part"],
            actor=typed["actor"],
            as_printed=typed["as_printed"],
            title_as_printed=typed["title_as_printed"],
            speaker_basis=typed["speaker_basis"],
            uid=typed["uid"],
        )


class PointForm(forms.Form):
    """One separately answerable allegation; an empty one is no point."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = TextField(label=_("Point"), max_length=500, required=False)


class RowsFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # no generic at run time
    """Rows that the page adds and removes: each may be missing when the form comes back."""

    def initial_form_count(self) -> int:
        """None of the rows has to be there once the form is sent."""
        return 0 if self.is_bound else super().initial_form_count()


PartFormSet = forms.formset_factory(
    PartForm, formset=RowsFormSet, extra=0, max_num=MOST, absolute_max=MOST
)
PointFormSet = forms.formset_factory(
    PointForm, formset=RowsFormSet, extra=0, max_num=MOST, absolute_max=MOST
)


class StatementForms:
    """The statement's form with its formsets: valid together, read together."""

    def __init__(self, user: User, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        initial = initial or {}
        self.form = StatementForm(data, initial=initial.get("form"))
        self.parts = PartFormSet(
            data,
            initial=initial.get("parts"),
            prefix="parts",
            form_kwargs={"user": user},
            error_messages={
                "too_many_forms": _("A statement names at most %(most)s actors.") % {"most": MOST}
            },
        )
        self.points = PointFormSet(
            data,
            initial=initial.get("points"),
            prefix="points",
            error_messages={
                "too_many_forms": _("A statement has at most %(most)s points.") % {"most": MOST}
            },
        )

    def is_valid(self) -> bool:
        """Whether all of it is; each is asked, so that every error shows."""
        return all([self.form.is_valid(), self.parts.is_valid(), self.points.is_valid()])

    def too_many(self) -> list[str]:
        """What is wrong with the number of rows."""
        if not self.form.is_bound:
            return []
        return [*self.parts.non_form_errors(), *self.points.non_form_errors()]

    def chosen(self) -> list[Selection]:
        """The words that the form shows as chosen; none where they did not arrive whole."""
        field = self.form.fields["spans"]
        assert isinstance(field, SpansField)
        try:
            return field.to_python(self.form["spans"].value())
        except ValidationError:
            return []

    def blank_parts(self) -> dict[str, PartForm]:
        """An empty row for each part, for the page to add."""
        blank = {}
        for kind in Attribution.Kind.values:
            form = self.parts.empty_form
            form.initial = {"part": kind}
            blank[kind] = form
        return blank

    def part_inputs(self) -> list[PartInput]:
        """The actors chosen, in their order."""
        return [part for form in self.parts.forms if (part := form.part_input())]

    def point_inputs(self) -> list[PointInput]:
        """The points that have text, in their order."""
        rows = [form.cleaned_data for form in self.points.forms]
        return [PointInput(row["text"], row["uid"]) for row in rows if row.get("text")]


def initial_of(statement: Statement, revision_number: int) -> dict[str, Any]:
    """What the forms show for a statement that is there."""
    return {
        "form": {
            "version": statement.version,
            "revision": revision_number,
            "spans": selections_of(statement.live_spans()),
            "form": statement.form,
            "act": statement.act,
            "gist": statement.gist,
            "said_on": PartialDate(statement.said_on, statement.said_on_precision),
            "said_on_as_printed": statement.said_on_as_printed,
            "venue": statement.venue,
            "note": statement.note,
        },
        "parts": [_part(row) for row in statement.live_attributions()],
        "points": [_point(point) for point in statement.live_points()],
    }


def _part(row: Attribution) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "part": row.part,
        "actor": row.actor.uid,
        "actor_name": row.actor.name,
        "as_printed": row.as_printed,
        "title_as_printed": row.title_as_printed,
        "speaker_basis": row.speaker_basis,
    }


def _point(point: Point) -> dict[str, Any]:
    return {"uid": point.uid, "text": point.text}
