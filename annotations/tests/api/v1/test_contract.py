"""The contract tried out by schemathesis: every operation, all checks, with data that fits and data that doesn't."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker
from schemathesis.generation import GenerationMode

from annotations.editing.issue import issue
from annotations.editing.name import PostDetails, give_post
from annotations.permissions import ADMINISTRATOR
from annotations.tests.api.v1.asking import tag
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db(databases=["default", "export"])

# Which refusals are right beyond schemathesis' own list. Data may fit the schema and not the articles
# (words that are not in the text, a second link): 422. A version that is none, or an old one: 428, 412.
# If-None-Match may be any text, `*` among them: 304.
ALSO_RIGHT = {
    "positive_data_acceptance": ["304", "412", "422"],
    "negative_data_rejection": ["412"],
    "missing_required_header": ["428"],
}
SEED = int(os.environ.get("CONTRACT_SEED", "1"))
WORDS = {"role": "content", "exact": "denied the claim"}


@dataclass(frozen=True)
class World:
    """Who asks, and what there is: by the first word of an address, and by the name of a body's field."""

    headers: dict[str, str]
    records: dict[str, Any]
    named: dict[str, Any]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    signals = (request_started, request_finished)  # they would close the test's connection
    for signal in signals:
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        _wait_for_me()
        yield make_world()
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


def _wait_for_me() -> None:
    """On a busy machine a case may take longer to make up than the server waits for an idle transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def make_world() -> World:
    lasts = timedelta(days=1)
    user = make_user(ADMINISTRATOR)
    secret = issue(user=user, name="schemathesis", scope="write", lasts=lasts).secret
    speaker, army = make_actor("Khwarizmi"), make_actor("Army")
    claim = make_statement(make_article(), about=[army], speaker=speaker)
    answer = make_statement(claim.article, "an expert called it likely", speaker=army)
    other = make_statement(claim.article, "Nothing of the kind happened", about=[speaker])
    details = PostDetails("head", make_actor("Office"))
    records = {
        "articles": claim.article,
        "actors": make_actor("Amry"),
        "posts": give_post(user=usual("editor"), holder=speaker, details=details),
        "statements": answer,
        "responses": make_response(claim, answer, parties=[army]),
        "restatements": make_restatement(claim, answer),
        "reply-records": make_reply_record(claim, army),
    }
    named = {
        **dict.fromkeys(("article", "marker_in", "evidence_in"), claim.article),
        **dict.fromkeys(("claim", "of"), other),
        **dict.fromkeys(("response", "by"), answer),
        **dict.fromkeys(("party", "holder"), speaker),
        **dict.fromkeys(("outlet", "organisation", "into", "claimant"), army),
    }
    bodies: dict[str, Any] = {name: str(record.uid) for name, record in named.items()}
    part = {"part": "speaker", "actor": str(speaker.uid)}
    bodies |= {"spans": [WORDS], "attributions": [part], "parties": [], "answers": []}
    current = {name: fresh(record) for name, record in records.items()}
    return World({"Authorization": f"Bearer {secret}"}, current, bodies)


def contract() -> Any:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = schemathesis.openapi.from_dict(generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]
    schema.app = get_wsgi_application()
    for name, statuses in ALSO_RIGHT.items():
        check = getattr(schema.config.checks, name)
        check.expected_statuses = [*check.expected_statuses, *statuses]
    return schema


def ground(case: Any, world: World) -> None:
    """Let the case name what is there: else it would end at a 404, or at a uid that nothing has."""
    record = world.records.get(case.path.split("/")[3])
    if "uid" in (case.path_parameters or {}) and record is not None:
        case.path_parameters["uid"] = str(record.uid)
        if "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = tag(record)
    rows = case.body.get("statements", [case.body]) if isinstance(case.body, dict) else []
    for row in rows:
        row.update({name: value for name, value in world.named.items() if name in row})


def keep_to_it(operation: Any, mode: GenerationMode, examples: int, world: World) -> None:
    """FailureGroup, with a request that repeats it, where an answer breaks the contract."""
    strategy = operation.as_strategy(generation_mode=mode)
    fits = mode == GenerationMode.POSITIVE

    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, is_grounded=st.booleans() if examples > 1 else st.just(True))
    def check(case: Any, is_grounded: bool) -> None:
        if fits:
            (case.query or {}).pop("cursor", None)  # only a page tells one that fits
        if fits and is_grounded:
            ground(case, world)
        point = transaction.savepoint()
        try:
            case.call_and_validate(headers=world.headers)
        finally:
            transaction.savepoint_rollback(point)

    check()


def broken(world: World, examples: int) -> list[str]:
    """What breaks the contract, told for each operation."""
    told = []
    for result in contract().get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                keep_to_it(result.ok(), mode, examples, world)
            except BaseExceptionGroup as group:
                told.append(f"{result.ok().label} ({mode.name}): {group}")
    return told


def test_every_operation_keeps_the_contract(world: World) -> None:
    assert "\n\n".join(broken(world, 1)) == ""


@pytest.mark.long
def test_every_operation_keeps_the_contract_with_many_examples(world: World) -> None:
    assert "\n\n".join(broken(world, 30)) == ""


def test_every_operation_declares_how_one_signs_in() -> None:
    schema = contract().raw_schema
    undeclared = [
        (path, method)
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if {name for way in operation.get("security", []) for name in way}
        != {"token", "cookieAuth"}
    ]

    assert undeclared == []
    assert set(schema["components"]["securitySchemes"]) == {"token", "cookieAuth"}
