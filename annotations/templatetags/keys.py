"""The keys, for the page's scripts."""

from typing import Any

from django import template
from django.urls import reverse

from annotations.keyboard import GROUPS, commands_for, fixed_for
from annotations.models import Preference
from annotations.permissions import User, may_annotate

register = template.Library()


@register.filter
def keys_for(user: User) -> dict[str, Any]:
    """The commands with the user's keys, in the order and under the headings in which they are listed."""
    preference, annotates = Preference.of(user), may_annotate(user)
    keys = preference.keys
    commands, fixed = commands_for(annotates=annotates), fixed_for(annotates=annotates)
    groups = {command.group for command in commands} | {row.group for row in fixed}
    return {
        "single": preference.single_keys,
        "quotes": preference.quotes,
        "page": reverse("preferences"),
        "groups": [
            {"name": name, "words": str(words)} for name, words in GROUPS.items() if name in groups
        ],
        "commands": [
            {"name": c.name, "key": keys[c.name], "words": str(c.words), "group": c.group}
            for c in commands
        ],
        "fixed": [{"keys": row.keys, "words": str(row.words), "group": row.group} for row in fixed],
    }
