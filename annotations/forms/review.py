"""What a reviewer types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField


class ReasonForm(forms.Form):
    """Why work goes back: its author reads it."""

    reason = TextField(
        label=_("Why does it go back?"),
        help_text=_("The author reads this on the home page."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "class": "vLargeTextField"}),
        error_messages={"required": _("Say why it goes back: its author reads it.")},
    )
