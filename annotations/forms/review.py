"""What a reviewer types."""

from django import forms

from annotations.forms.fields import TextField


class ReasonForm(forms.Form):
    """Why work goes back: its author reads it."""

    reason = TextField(
        label="Why does it go back?",
        help_text="The author reads this on the home page.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "class": "vLargeTextField"}),
        error_messages={"required": "Say why it goes back: its author reads it."},
    )
