"""Reading one object of a JSON file, so that whatever is wrong in it is named with its place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from annotations.imports.seed_records import SeedError


@dataclass(frozen=True)
class Node:
    """One object of the file and the place it stands at; reading a value checks it."""

    place: str
    values: Mapping[str, Any]

    def check_keys(self, required: str, optional: str = "") -> None:
        """SeedError for a missing or an unknown key; both arguments list keys, parted by spaces."""
        missing = set(required.split()) - set(self.values)
        unknown = set(self.values) - set(required.split()) - set(optional.split())
        if missing:
            raise SeedError(f"{self.place}: {_listed(missing)} missing")
        if unknown:
            raise SeedError(f"{self.place}: {_listed(unknown)} unknown")

    def text(self, key: str) -> str:
        """The text, empty where it is absent or null."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise SeedError(f"{self.place}: {key} is not a text")
        return value or ""

    def date(self, key: str) -> date | None:
        """The date, None where it is absent or null."""
        try:
            return date.fromisoformat(self.text(key)) if self.text(key) else None
        except ValueError as error:
            raise SeedError(f"{self.place}: {key} is not a date like 2026-01-31") from error

    def choice(self, key: str, choices: type[TextChoices]) -> str:
        """One of a closed set."""
        if self.text(key) not in choices.values:
            raise SeedError(f"{self.place}: {key} “{self.text(key)}” unknown")
        return self.text(key)

    def new(self, key: str, names: Collection[str]) -> str:
        """A name that the file did not give before."""
        value = self.text(key)
        if not value:
            raise SeedError(f"{self.place}: {key} missing")
        if value in names:
            raise SeedError(f"{self.place}: {key} “{value}” stands twice")
        return value

    def numbers(self, key: str, highest: int) -> tuple[int, ...]:
        """A list of numbers from 1 to the highest."""
        for value in self.items(key):
            if type(value) is not int or not 1 <= value <= highest:
                raise SeedError(f"{self.place}: {key} {value!r}: the claim has {highest} points")
        return tuple(self.items(key))

    def known(self, key: str, names: Collection[str]) -> str:
        """One of the names that the file gave before."""
        if self.text(key) not in names:
            raise SeedError(f"{self.place}: {key} “{self.text(key)}” unknown")
        return self.text(key)

    def all_known(self, key: str, names: Collection[str]) -> tuple[str, ...]:
        """A list of names that the file gave before."""
        for value in self.items(key):
            if value not in names:
                raise SeedError(f"{self.place}: {key} “{value}” unknown")
        return tuple(self.items(key))

    def items(self, key: str) -> list[Any]:
        """The list, empty where it is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise SeedError(f"{self.place}: {key} is not a list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts, empty where it is absent."""
        if not all(isinstance(value, str) and value for value in self.items(key)):
            raise SeedError(f"{self.place}: {key} holds something else than texts")
        return tuple(self.items(key))

    def children(self, key: str, named_by: str = "") -> "Iterator[Node]":
        """The objects of the list, each with a place that says its name or number."""
        for number, value in enumerate(self.items(key), start=1):
            singular = key.removesuffix("s").replace("_", " ")
            place = f"{self.place}, {singular} {number}"
            if not isinstance(value, dict):
                raise SeedError(f"{place}: not an object")
            if named_by and value.get(named_by):
                place = f"{self.place}, {singular} {value[named_by]}"
            yield Node(place, value)


def _listed(keys: Collection[str]) -> str:
    return ", ".join(sorted(keys))
