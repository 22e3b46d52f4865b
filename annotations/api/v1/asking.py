"""What an address may be asked besides the record: `fields`, `expand`, and the parameters of a list."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.request import Request

from annotations.api.v1.problems import Fault, refuse_parameters


@dataclass(frozen=True)
class Asked:
    """The members that an answer is to have (None for all), and what in it is to be whole instead of a uid."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()


class Shown(serializers.Serializer[Any]):
    """What an answer shows of a record. `expansions` are the names that `expand` takes here."""

    expansions: ClassVar[tuple[str, ...]] = ()

    @property
    def asked(self) -> Asked:
        asked: Asked = self.context.get("asked", Asked())
        return asked

    def get_fields(self) -> dict[str, Any]:
        """All of them, or in the record that the answer is of, those asked for."""
        fields = super().get_fields()
        is_outermost = getattr(self.parent, "parent", None) is None and (
            self.parent is None or isinstance(self.parent, serializers.ListSerializer)
        )
        wanted = self.asked.fields
        if wanted is None or not is_outermost:
            return fields
        return {name: field for name, field in fields.items() if name in wanted}


class Reference(serializers.Field[Any, Any, Any, Any]):
    """Another record: its uid or, where `expand` names it, the whole of it."""

    def __init__(self, shown: type[Shown], expand: str, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.shown, self.expand = shown, expand

    def to_representation(self, value: Any) -> Any:
        asked: Asked = self.context.get("asked", Asked())
        if self.expand not in asked.expand:
            return str(value.uid)
        return self.shown(value, context={**self.context, "asked": Asked(None, asked.expand)}).data


def asked_of(request: Request, shown: type[Shown], others: Collection[str] = ()) -> Asked:
    """What the request asks for; Refused (400) for a parameter or a name that this address does not know."""
    query = request.query_params
    refuse_unknown(query, ["fields", "expand", *others])
    faults: list[Fault] = []
    names = list(shown().fields)
    fields = _names(query, "fields", names, faults)
    expand = _names(query, "expand", shown.expansions, faults)
    refuse_parameters(faults)
    return Asked(frozenset(fields) if "fields" in query else None, frozenset(expand))


def refuse_unknown(query: QueryDict, known: Collection[str]) -> None:
    """Refused (400) for parameters that this address does not know, and for empty ones."""
    faults = [
        Fault("There is no such parameter here.", "unknown", parameter=name)
        for name in query
        if name not in known
    ]
    faults += [
        Fault("Give it a value or leave it out.", "blank", parameter=name)
        for name, values in query.lists()
        if name in known and "" in values
    ]
    faults += [
        Fault("Give it once.", "twice", parameter=name)
        for name, values in query.lists()
        if name in known and len(values) > 1
    ]
    refuse_parameters(faults)


def _names(
    query: QueryDict, parameter: str, known: Collection[str], faults: list[Fault]
) -> list[str]:
    """The names in a list with commas; a fault for each that is not known."""
    names = str(query[parameter]).split(",") if parameter in query else []
    may = ", ".join(known) or "none here"
    faults += [
        Fault(f"“{name}” is not known; it may be: {may}.", "unknown", parameter=parameter)
        for name in names
        if name not in known
    ]
    return names
