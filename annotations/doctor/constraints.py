"""The database's own rules: whether it still has them, and whether every row keeps them.

A dump restored without its constraints, or SQLite with a pragma, takes what they forbid.
"""

from collections.abc import Iterator
from functools import cache

from django.db import connections
from django.db.models import (
    CheckConstraint,
    Count,
    Exists,
    ForeignKey,
    Model,
    OuterRef,
    UniqueConstraint,
)

from annotations.doctor.found import CHUNK, Found, invariant, models_here

Constraint = CheckConstraint | UniqueConstraint
# Invariants of their own tell of these.
TOLD_ELSEWHERE = frozenset(
    {
        "actor_is_not_merged_into_itself",
        "article_url_is_unique_where_given",
        "placement_has_a_place_unless_it_needs_one",
        "post_begins_before_it_ends",
        "reply_record_goes_back_with_a_reason",
        "reply_record_is_kept_once_for_a_claim_and_party",
        "response_goes_back_with_a_reason",
        "response_is_linked_once_for_a_relation",
        "response_is_not_to_itself",
        "restatement_goes_back_with_a_reason",
        "restatement_is_not_of_itself",
        "restatement_is_recorded_once",
        "revision_says_why_it_came_unless_it_is_the_first",
        "said_on_has_a_precision",
        "speaker_and_nobody_else_has_a_basis",
        "statement_goes_back_with_a_reason",
        "wikidata_item_names_one_actor",
    }
)


@cache
def constraints() -> dict[str, tuple[type[Model], Constraint]]:
    """Each named constraint of the records and their parts, with its model."""
    return {
        constraint.name: (model, constraint)
        for model in models_here()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    }


def broken(using: str, *names: str) -> Iterator[Found]:
    """The rows that break the constraints of these names."""
    for name in names:
        model, constraint = constraints()[name]
        if isinstance(constraint, CheckConstraint):
            yield from _against(using, model, constraint)
        else:
            yield from _doubled(using, model, constraint)


def _against(using: str, model: type[Model], constraint: CheckConstraint) -> Iterator[Found]:
    rows = model._default_manager.using(using).exclude(constraint.condition)
    for pk in rows.values_list("pk", flat=True).iterator(CHUNK):
        yield Found(model, pk, _words(constraint))


def _doubled(using: str, model: type[Model], constraint: UniqueConstraint) -> Iterator[Found]:
    rows = model._default_manager.using(using).order_by()
    if constraint.condition is not None:
        rows = rows.filter(constraint.condition)
    there = rows.filter(**{f"{name}__isnull": False for name in constraint.fields})
    groups = there.values(*constraint.fields).annotate(rows=Count("pk")).filter(rows__gt=1)
    for group in groups.iterator(CHUNK):
        number = group.pop("rows")
        for pk in rows.filter(**group).order_by("pk").values_list("pk", flat=True):
            yield Found(model, pk, f"{_words(constraint)} There are {number} of it.")


def _words(constraint: Constraint) -> str:
    """What the constraint tells an editor or, where it has no such words, its name: names read."""
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.violation_error_message)
    return f"It breaks the rule “{constraint.name.replace('_', ' ')}”."


@invariant
def rows_keep_the_databases_rules(using: str) -> Iterator[Found]:
    """Every row keeps the database's constraints, whether they were there when it was written or not."""
    yield from broken(using, *sorted(constraints().keys() - TOLD_ELSEWHERE))


@invariant
def the_database_has_its_rules(using: str) -> Iterator[Found]:
    """Every constraint of the models is there in the database."""
    connection = connections[using]
    ruled = dict.fromkeys(model for model, _ in constraints().values())
    with connection.cursor() as cursor:
        for model in ruled:
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            for name, (owner, _) in constraints().items():
                if owner is model and name not in there:
                    yield Found(model, None, f"The database lacks the constraint “{name}”.")


@invariant
def references_lead_to_rows(using: str) -> Iterator[Found]:
    """What a row refers to is there, since rows are never removed."""
    for model in models_here():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                yield from _dangling(using, model, field)


def _dangling(using: str, model: type[Model], field: "ForeignKey[Model]") -> Iterator[Found]:
    target = field.related_model._default_manager.filter(pk=OuterRef(field.attname))
    rows = model._default_manager.using(using).filter(
        ~Exists(target), **{f"{field.name}__isnull": False}
    )
    for pk, key in rows.values_list("pk", field.attname).iterator(CHUNK):
        yield Found(model, pk, f"Its {field.verbose_name} (#{key}) is not there.")
