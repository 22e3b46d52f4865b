"""A file to be made in the background."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField
from annotations.forms.filters import StatementFilters

PROFILES = [("spreadsheet", _("safe to open in a spreadsheet")), ("raw", _("bare values"))]


class SavedExportForm(forms.Form):
    """Which format; the filter comes with the address of the page."""

    format = forms.ChoiceField(label=_("Which file?"))
    profile = forms.ChoiceField(
        label=_("How its cells are written, where it has cells"), choices=PROFILES, required=False
    )
    query = TextField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, request: HttpRequest, formats: list[tuple[str, str]], query: str
    ) -> None:
        super().__init__(data, initial={"query": query})
        self.request = request
        self.fields["format"].choices = formats  # type: ignore[attr-defined]  # it is a ChoiceField

    def clean_query(self) -> str:
        query: str = self.cleaned_data["query"]
        if not StatementFilters(QueryDict(query), request=self.request).is_valid():
            raise ValidationError(
                _("This filter cannot be read. Open the list of statements and choose anew.")
            )
        return query

    def values(self) -> dict[str, Any]:
        """The arguments of `save_export`."""
        typed = self.cleaned_data
        profile = typed["profile"] or PROFILES[0][0]
        return {"name": typed["format"], "query": typed["query"], "profile": profile}
