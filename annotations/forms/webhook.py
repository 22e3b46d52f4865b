"""An address that is told what happens."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField
from annotations.models.webhook import Event, Webhook
from newsroom.public_addresses import Refused, secure_target_of


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Where it is, what is told there, and whether it is on."""

    url = TextField(
        label=_("Address"),
        help_text=_("Begins with https:// and is reached over the internet."),
        max_length=2000,
        widget=forms.URLInput(attrs={"class": "vURLField", "size": 80}),
    )
    events = forms.MultipleChoiceField(
        label=_("What is told there"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Webhook
        fields = ("url", "events", "is_active")

    def clean(self) -> dict[str, Any]:
        """The address is asked for as `editing` does: one that is switched off may stay as it was."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "url" in cleaned and (cleaned.get("is_active") or "url" in self.changed_data):
            try:
                secure_target_of(cleaned["url"])
            except Refused as refused:
                self.add_error("url", ValidationError(str(refused)))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of `subscribe`."""
        return {name: self.cleaned_data[name] for name in ("url", "events", "is_active")}
