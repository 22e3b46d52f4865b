"""Which way words of an article are laid out, for templates."""

from django import template

from annotations.anchoring import direction as reading

register = template.Library()


@register.filter
def direction(words: str, language: str) -> str:
    """The value of `dir` for words of a text in this language."""
    return reading.direction(words, language)
