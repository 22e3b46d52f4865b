"""The form of the queue “Needs placing”: where words stand now."""

from dataclasses import replace

from django import forms

from annotations.editing.place import Selection
from annotations.forms.fields import NOT_WHOLE, SpansField
from annotations.models import Span


class PlaceForm(forms.Form):
    """One selection, and the number of the revision that it was made in."""

    spans = SpansField(
        roles=tuple(Span.Role.values),
        error_messages={"required": "Select the words as they stand now."},
    )
    revision = forms.IntegerField(min_value=1, error_messages={"required": NOT_WHOLE})

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
