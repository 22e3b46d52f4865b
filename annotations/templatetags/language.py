"""The words of the page's scripts in the page's language."""

from django import template

from newsroom.languages import words_address

register = template.Library()

register.simple_tag(words_address)
