"""The forms for links between statements, and for what is known of a silence."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.editing.record_reply import ReplyDetails
from annotations.forms.actor import not_in_the_list
from annotations.forms.fields import ActorField, SpansField, TextField
from annotations.models import (
    COMMON,
    Actor,
    ContactAttempt,
    LinkBasis,
    Point,
    Relation,
    ReplyRecord,
    Restatement,
    Statement,
)
from annotations.permissions import User

FARTHEST = 15 * 60  # minutes: no clock is farther from UTC


class ResponseForm(forms.Form):
    """How `response` answers `claim`."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    relation = forms.ChoiceField(
        label=_("How does it answer?"),
        choices=[(r.value, r.label) for r in COMMON]
        + [(r.value, r.label) for r in Relation if r not in COMMON],
        error_messages={"required": _("Choose how it answers.")},
    )
    link_basis = forms.ChoiceField(
        label=_("What shows that it answers?"), choices=LinkBasis.choices
    )
    parties = forms.ModelMultipleChoiceField(
        label=_("Whose answer is it?"),
        queryset=Actor.objects.none(),
        to_field_name="uid",
        required=False,
    )
    answers = forms.ModelMultipleChoiceField(
        label=_("Which points does it answer?"),
        queryset=Point.objects.none(),
        to_field_name="uid",
        required=False,
    )
    marker = SpansField(roles=("marker",), required=False)
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, claim: Statement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties, answers = self.fields["parties"], self.fields["answers"]
        assert isinstance(parties, forms.ModelMultipleChoiceField)
        assert isinstance(answers, forms.ModelMultipleChoiceField)
        parties.queryset = Actor.objects.filter(pk__in=[actor.pk for actor in claim.accused()])
        answers.queryset = claim.points.filter(withdrawn_at__isnull=True).order_by("ordinal")


class RestatementForm(forms.Form):
    """How much of the fuller wording is said again."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label=_("How much of it?"), choices=Restatement.Scope.choices, initial="whole"
    )
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReplyForm(forms.Form):
    """What is known of one accused party's reply to one claim."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    party = forms.ModelChoiceField(
        label=_("Who has not responded?"),
        queryset=Actor.objects.none(),
        to_field_name="uid",
        empty_label=None,
        error_messages={"required": _("Choose whose reply this is about.")},
    )
    status = forms.ChoiceField(label=_("What is known?"), choices=ReplyRecord.Status.choices)
    as_of = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_on = forms.DateField(
        label=_("Reply due on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    claimant = ActorField(required=False)
    claimant_name = TextField(max_length=300, required=False)
    claimant_as_printed = TextField(label=_("Claimant as printed"), max_length=300, required=False)
    title_as_printed = TextField(
        label=_("Claimant’s title as printed"), max_length=300, required=False
    )
    evidence = SpansField(roles=("evidence",), required=False)
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        claim: Statement,
        user: User,
        *args: Any,
        record: ReplyRecord | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        party, claimant = self.fields["party"], self.fields["claimant"]
        assert isinstance(party, forms.ModelChoiceField)
        assert isinstance(claimant, ActorField)
        parties = [record.party.resolved] if record else claim.accused()
        party.queryset = Actor.objects.filter(pk__in=[actor.pk for actor in parties])
        claimant.queryset = Actor.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("claimant") and typed.get("claimant_name"):
            self.add_error("claimant", not_in_the_list(typed["claimant_name"]))
        return typed

    def details(self) -> ReplyDetails:
        """What was typed, for `editing`."""
        typed = self.cleaned_data
        return ReplyDetails(
            status=typed["status"],
            as_of=typed["as_of"],
            due_on=typed["due_on"],
            claimant=typed["claimant"],
            claimant_as_printed=typed["claimant_as_printed"],
            title_as_printed=typed["title_as_printed"],
            note=typed["note"],
        )


class MomentField(forms.DateTimeField):
    """A date and time of day, read as UTC whatever the server's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(UTC):
            return super().prepare_value(value)


class AttemptForm(forms.Form):
    """One attempt to get a reply. The browser's script says how far its clock is from UTC."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    attempted_at = MomentField(label=_("When"), help_text=_("In UTC."))
    utc_offset = forms.IntegerField(  # minutes from the reader's clock to UTC: -270 in Kabul
        min_value=-FARTHEST,
        max_value=FARTHEST,
        required=False,
        widget=forms.HiddenInput(attrs={"data-utc-offset": True}),
    )
    means = forms.ChoiceField(label=_("How"), choices=ContactAttempt.Means.choices)
    outcome = TextField(label=_("What came of it"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        offset = timedelta(minutes=typed.pop("utc_offset", None) or 0)
        try:
            if "attempted_at" in typed:
                typed["attempted_at"] += offset
                for farthest in (-FARTHEST, FARTHEST):  # it is shown by any clock
                    typed["attempted_at"] + timedelta(minutes=farthest)
        except OverflowError:
            self.add_error("attempted_at", _("Enter a valid date/time."))
        return typed


def attempt_initial(attempt: ContactAttempt, version: int) -> dict[str, Any]:
    """What the form shows for an attempt that is there, on a reply record of this version."""
    return {
        "version": version,
        "attempted_at": attempt.attempted_at,
        "means": attempt.means,
        "outcome": attempt.outcome,
    }
