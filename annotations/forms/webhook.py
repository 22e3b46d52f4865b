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

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            secure_target_of(url)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return url

    def values(self) -> dict[str, Any]:
        """The arguments of `subscribe`."""
        return {name: self.cleaned_data[name] for name in ("url", "events", "is_active")}
