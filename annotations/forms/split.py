"""The form that splits a statement: which words go, and which links go along."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.editing.split import Along, Link
from annotations.forms.errors import name_version
from annotations.forms.fields import SpansField


class LinksField(forms.MultipleChoiceField):
    """Links, each by its name and the version that the page showed: “response:<uid>:3”."""

    named: Collection[str] = ()

    def valid_value(self, value: str) -> bool:
        """Whatever the version: whether it is still the one that is there is for the write to say."""
        return _named(value)[0] in self.named


def _named(value: str) -> tuple[str, int]:
    name, _colon, version = value.rpartition(":")
    return name, int(version) if version.isdecimal() and len(version) < 10 else 0


class SplitForm(forms.Form):
    """`links` are those that stand at the statement, by the name of each, with what it is in words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    spans = SpansField(
        roles=("content",),
        label=_("Words"),
        error_messages={"required": _("Select the words that become a statement of their own.")},
    )
    links = LinksField(
        label=_("These go along; all others stay"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, links: Mapping[str, tuple[Link, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = links
        field = self.fields["links"]
        assert isinstance(field, LinksField)
        field.named = links
        field.choices = [(f"{name}:{link.version}", words) for name, (link, words) in links.items()]

    def chosen_links(self) -> list[Along]:
        """Those that go along."""
        chosen = [_named(value) for value in self.cleaned_data["links"]]
        return [Along(self.named[name][0], version) for name, version in chosen]

    def name_versions(self, version: int) -> None:
        """Shown again with what was typed, name this version and those that the ticked links have now."""
        name_version(self, version)
        assert isinstance(self.data, QueryDict)
        ticked = {_named(value)[0] for value in self.data.getlist("links")}
        now = [f"{name}:{self.named[name][0].version}" for name in self.named if name in ticked]
        self.data.setlist("links", now)
