"""The form of the queue “Needs placing”: where words stand now."""

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.place import Selection
from annotations.forms.fields import NOT_WHOLE, SpansField
from annotations.models import Span

MOST = 50  # others that are placed together with one


class AlsoField(forms.Field):
    """Spans and the versions of their owners, each as “uid:version”."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[tuple[uuid.UUID, int]]:
        try:
            return [self._one(*row.split(":")) for row in (value or [])[:MOST]]
        except (TypeError, ValueError) as error:
            raise ValidationError(_("The page did not arrive whole. Load it again.")) from error

    def _one(self, uid: str, version: str) -> tuple[uuid.UUID, int]:
        if not version.isdecimal() or len(version) > 9:
            raise ValueError(version)
        return uuid.UUID(uid), int(version)


class PlaceForm(forms.Form):
    """One selection, the number of the revision that it was made in, and whether the others go along."""

    also = AlsoField(required=False)
    together = forms.BooleanField(required=False)

    spans = SpansField(
        roles=tuple(Span.Role.values),
        error_messages={"required": _("Select the words as they stand now.")},
    )
    revision = forms.IntegerField(min_value=1, error_messages={"required": NOT_WHOLE})

    def others(self) -> dict[uuid.UUID, int]:
        """The other spans that are placed with it, with their owners' versions."""
        return dict(self.cleaned_data["also"]) if self.cleaned_data["together"] else {}

    def clean_spans(self) -> list[Selection]:
        """Exactly one."""
        found: list[Selection] = self.cleaned_data["spans"]
        if len(found) != 1:
            raise forms.ValidationError(NOT_WHOLE)
        return found

    def selection(self, span: Span) -> Selection:
        """The words, as the span's own."""
        found: Selection = self.cleaned_data["spans"][0]
        return replace(found, role=span.role, uid=None)

    def complaint(self) -> str:
        """All that is wrong with it, in one line."""
        lines = [str(line) for errors in self.errors.values() for line in errors]
        return " ".join(dict.fromkeys(lines))
