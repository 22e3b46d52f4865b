"""What the types of a corpus mean: which words are content, source and cue, what ties them, how statements link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from annotations.models import Relation


@dataclass(frozen=True)
class Types:
    """Types of the corpus by what they are here, without regard to case; numbers at a role's end don't count.

    As they stand they read PolNeAR and what we write. `ignored` are known and left out without a word.
    """

    content: tuple[str, ...] = ("Content", "Quote", "Quotation", "Claim")
    source: tuple[str, ...] = ("Source", "Speaker")
    cue: tuple[str, ...] = ("Cue",)
    statement: tuple[str, ...] = ("Attribution", "Attribution-no-source", "Statement")
    ignored: tuple[str, ...] = ()
    responses: Mapping[str, str] = field(
        default_factory=lambda: {value: value for value in Relation.values}
    )

    def role_of(self, kind: str) -> str:
        """content, source or cue; empty for another type."""
        bare = kind.casefold().rstrip("0123456789")
        for role in ("content", "source", "cue"):
            if bare in {name.casefold() for name in getattr(self, role)}:
                return role
        return ""

    def is_statement(self, kind: str) -> bool:
        return kind.casefold() in {name.casefold() for name in self.statement}

    def is_ignored(self, kind: str) -> bool:
        return kind.casefold() in {name.casefold() for name in self.ignored}

    def relation_of(self, kind: str) -> str:
        """The relation of a response; empty for another type."""
        known = {name.casefold(): relation for name, relation in self.responses.items()}
        return known.get(kind.casefold(), "")


def from_json(given: str) -> Types:
    """Types from a file such as {"content": ["Quote"], "responses": {"Rebuttal": "rebuts"}}.

    ValueError names what is wrong; what is not given stays as it is.
    """
    values: Any = json.loads(given)
    known = {each.name for each in fields(Types)}
    if not isinstance(values, dict) or not set(values) <= known:
        raise ValueError(_("The types may be: %(known)s.") % {"known": ", ".join(sorted(known))})
    responses = values.pop("responses", {})
    if not isinstance(responses, dict) or not set(responses.values()) <= set(Relation.values):
        raise ValueError(_("responses: an object from a type to one of our relations."))
    for name, types in values.items():
        if not isinstance(types, list) or not all(isinstance(each, str) for each in types):
            raise ValueError(_("%(name)s: a list of types.") % {"name": name})
    chosen: dict[str, Any] = {name: tuple(types) for name, types in values.items()}
    if responses:
        chosen["responses"] = responses
    return Types(**chosen)
