"""Columns that hold one of a few words."""

from collections.abc import Iterator

from annotations.doctor.found import CHUNK, Found, invariant, models_here


@invariant
def words_are_of_their_closed_sets(using: str) -> Iterator[Found]:
    """A form, act, relation, basis, status, state or kind is one of the domain's own words."""
    for model in models_here():
        for field in model._meta.concrete_fields:
            if not field.choices:
                continue
            allowed = [value for value, _ in field.flatchoices] + [""] * field.blank
            rows = model._default_manager.using(using).exclude(**{f"{field.name}__in": allowed})
            for pk, value in rows.values_list("pk", field.name).iterator(CHUNK):
                yield Found(model, pk, f"“{value}” is not a {field.verbose_name} that there is.")
