"""What a form shows when `editing` refuses it: errors beside their fields, the version to name next."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict


def show(form: forms.BaseForm, error: ValidationError) -> None:
    """Add the error to the form: to its own fields by name, the rest at its head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def name_version(form: forms.BaseForm, version: int) -> None:
    """Make the sent form, shown again with what was typed, name this version when it is sent once more."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[form.add_prefix("version")] = str(version)
    form.data = data
