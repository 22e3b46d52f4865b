"""An address that is told what happens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.editing.subscribe import refuse_address
from annotations.forms.fields import TextField
from annotations.models.webhook import Event, Webhook


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
        """The address is asked for as `editing` does."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "url" in cleaned:
            refuse_address(
                cleaned["url"],
                is_active=bool(cleaned.get("is_active")),
                kept=self.initial.get("url", ""),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of `subscribe`."""
        return {name: self.cleaned_data[name] for name in ("url", "events", "is_active")}
