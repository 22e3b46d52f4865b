"""A new token for a program."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField
from annotations.models import Token

LASTS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("one year"))]


class TokenForm(forms.Form):
    """What it is for, what it may do, and for how long."""

    name = TextField(
        label=_("What is it for?"),
        help_text=_("A name by which you will know it: the program, the machine."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    scope = forms.ChoiceField(
        label=_("What may the program do?"),
        choices=[
            (Token.Scope.READ, _("Read what I see")),
            (Token.Scope.WRITE, _("Read and write, as I may")),
        ],
        initial=Token.Scope.READ,
        widget=forms.RadioSelect,
    )
    lasts = forms.ChoiceField(label=_("For how long?"), choices=LASTS, initial="90")

    def clean_lasts(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["lasts"]))

    def values(self) -> dict[str, Any]:
        """The arguments of `issue`."""
        return {name: self.cleaned_data[name] for name in ("name", "scope", "lasts")}
