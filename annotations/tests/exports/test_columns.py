import re
from typing import Any

import pytest
from django.db.models import TextChoices

from annotations.exports import closed_sets
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.codebook import FILES
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS, LINK_COLUMNS
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.models import (
    GROUPS,
    Actor,
    Attribution,
    LinkBasis,
    Relation,
    ReplyRecord,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.models.answered import Answered


@pytest.mark.parametrize("file", FILES)
def test_names_are_unique_and_plain(file: str) -> None:
    names = [column.name for column in FILES[file]]

    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


@pytest.mark.parametrize("file", FILES)
def test_every_column_says_what_it_means_and_where_it_comes_from(file: str) -> None:
    silent = [
        column.name
        for column in FILES[file]
        if not column.meaning.endswith(".") or not column.source
    ]

    assert silent == []


def test_an_exchange_opens_with_who_said_what_and_who_answered_what() -> None:
    assert [column.name for column in EXCHANGE_COLUMNS][:8] == [
        "row",
        "claim_quote",
        "claim_speaker",
        "claim_speaker_title_as_printed",
        "relation",
        "response_quote",
        "response_speaker",
        "response_speaker_title_as_printed",
    ]


def test_an_exchange_has_the_link_once_and_columns_of_statements() -> None:
    of_statements = {
        f"{side}_{column.name}" for column in STATEMENT_COLUMNS for side in ("claim", "response")
    }

    names = [column.name for column in EXCHANGE_COLUMNS]

    assert len(names) == len(set(names))
    assert set(names) - of_statements == {column.name for column in LINK_COLUMNS}


@pytest.mark.parametrize(
    ("closed_set", "choices"),
    [
        (closed_sets.FORM, Statement.Form),
        (closed_sets.ACT, Statement.Act),
        (closed_sets.PRECISION, Statement.Precision),
        (closed_sets.KIND, Actor.Kind),
        (closed_sets.BASIS, Attribution.Basis),
        (closed_sets.STATE, ReviewState),
        (closed_sets.PARTY_ANSWER, Answered),
        (closed_sets.REPLY_STATUS, ReplyRecord.Status),
        (closed_sets.RELATION, Relation),
        (closed_sets.LINK_BASIS, LinkBasis),
        (closed_sets.SCOPE, Restatement.Scope),
    ],
    ids=lambda value: getattr(value, "name", value.__name__ if isinstance(value, type) else ""),
)
def test_a_closed_set_is_the_one_that_is_recorded(
    closed_set: ClosedSet, choices: type[TextChoices]
) -> None:
    assert list(closed_set.values) == choices.values


def test_relation_groups_list_their_relations() -> None:
    groups: dict[str, Any] = {group: ", ".join(relations) for group, relations in GROUPS.items()}

    assert closed_sets.RELATION_GROUP.meanings == groups
