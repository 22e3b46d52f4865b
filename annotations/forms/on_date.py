"""The form that asks how an article read on a day."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.response import FARTHEST


class OnDateForm(forms.Form):
    """A day. The browser's script says how far its clock is from UTC; without it the day is one in UTC."""

    on = forms.DateField(
        label=_("As it read on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the date as 2026-05-12.")},
        help_text=_("At the end of the day, in UTC."),
    )
    utc_offset = forms.IntegerField(  # minutes from the reader's clock to UTC: -270 in Kabul
        min_value=-FARTHEST,
        max_value=FARTHEST,
        required=False,
        widget=forms.HiddenInput(attrs={"data-utc-offset": True}),
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        offset = timedelta(minutes=typed.get("utc_offset") or 0)
        if typed.get("on"):
            try:
                midnight = datetime.combine(typed["on"], time(), UTC) + timedelta(days=1)
                typed["until"] = midnight + offset
            except OverflowError:
                self.add_error("on", _("No calendar has this day."))
        return typed
