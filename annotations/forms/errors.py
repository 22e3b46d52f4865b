"""Putting what `editing` refuses beside the fields it speaks of."""

from django import forms
from django.core.exceptions import ValidationError


def show(form: forms.BaseForm, error: ValidationError) -> None:
    """Add the error to the form: to its own fields by name, the rest at its head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


