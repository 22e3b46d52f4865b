"""The form that splits a statement: which words go, and which links go along."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.editing.split import Link
from annotations.forms.fields import SpansField


class SplitForm(forms.Form):
    """`links` are those that stand at the statement, by the value that names each, with what it is in words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    spans = SpansField(
        roles=("content",),
        label=_("Words"),
        error_messages={"required": _("Select the words that become a statement of their own.")},
    )
    links = forms.MultipleChoiceField(
        label=_("These go along; all others stay"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, links: Mapping[str, tuple[Link, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = links
        field = self.fields["links"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(value, words) for value, (_link, words) in links.items()]

    def chosen_links(self) -> list[Link]:
        """Those that go along."""
        return [self.named[value][0] for value in self.cleaned_data["links"]]
