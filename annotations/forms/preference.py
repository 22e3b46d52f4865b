"""What an editor sets for themselves: the keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField
from annotations.keyboard import BY_NAME, GROUPS, Refused, Words, commands_for, conflicts, parse
from annotations.models import Preference

LONGEST = 20


class KeyField(TextField):
    """A chord as `keyboard.parse` writes it; “” for a command without a key."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "size": 8}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=LONGEST, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return parse(typed)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


class PreferenceForm(forms.Form):
    """Whether single keys act, and the key of each command."""

    single_keys = forms.BooleanField(
        label=_("Single keys act on the page"),
        help_text=_("Switch this off if you speak to your computer, or press keys by accident."),
        required=False,
    )
    quotes = forms.ChoiceField(
        label=_("Where a selection begins or ends at quotation marks"),
        choices=Preference.Quotes.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    defaults = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, preference: Preference, data: Any = None, *, annotates: bool) -> None:
        self.commands = commands_for(annotates=annotates)
        self.unlisted = {
            name: key
            for name, key in preference.bindings.items()
            if name not in {command.name for command in self.commands}
        }
        initial = {field_of(name): key for name, key in preference.keys.items()}
        own = {"single_keys": preference.single_keys, "quotes": preference.quotes}
        super().__init__(data, initial=initial | own)
        if not annotates:
            del self.fields["quotes"]
        for command in self.commands:
            self.fields[field_of(command.name)] = KeyField(label=command.words)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("defaults"):
            self.errors.clear()
            return typed
        keys = {c.name: typed.get(field_of(c.name), "") for c in self.commands}
        for name, other in conflicts(keys).items():
            said = _now("“%(key)s” is the key of “%(command)s” too: change one of them.")
            told = {"key": keys[name], "command": BY_NAME[other].words}
            self.add_error(field_of(name), ValidationError(said, params=told))
        return typed

    def values(self) -> dict[str, Any]:
        """The columns of the preference; of the keys, those that are not the defaults."""
        typed = self.cleaned_data
        chosen = {c.name: typed[field_of(c.name)] for c in self.commands if not typed["defaults"]}
        changed = {name: key for name, key in chosen.items() if key != BY_NAME[name].key}
        quotes = {"quotes": typed["quotes"]} if typed.get("quotes") else {}
        return {"single_keys": typed["single_keys"], "bindings": self.unlisted | changed, **quotes}

    def groups(self) -> list[tuple[Words, list[tuple[forms.BoundField, str]]]]:
        """The fields of the keys, each with its default, under the headings of the list of keys."""
        return [
            (words, [(self[field_of(c.name)], c.key) for c in self.commands if c.group == group])
            for group, words in GROUPS.items()
            if any(command.group == group for command in self.commands)
        ]


def field_of(command: str) -> str:
    """The name of the command's field."""
    return "key_" + command.replace("-", "_")
