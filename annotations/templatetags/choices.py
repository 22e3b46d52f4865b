"""What of a form's choices is chosen, for templates that lay the choices out themselves."""

from typing import Any

from django import template
from django.forms import BoundField

from annotations.models import COMMON

register = template.Library()


@register.filter
def chosen(field: BoundField, value: Any) -> bool:
    """Whether the value is among the field's."""
    return str(value) in {str(one) for one in field.value() or []}


@register.filter
def is_rare(relation: Any) -> bool:
    """Whether a relation is chosen that isn't among the common ones."""
    return bool(relation) and relation not in {common.value for common in COMMON}
