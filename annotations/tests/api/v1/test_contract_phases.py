"""schemathesis' other two phases: values at their bounds (coverage), and requests that answers lead to (stateful)."""

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override

from annotations.tests.api.v1.asking import tag
from annotations.tests.api.v1.test_contract import SEED, World, contract, ground, world

__all__ = ["world"]  # the fixture

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "export"]),
    pytest.mark.usefixtures("unthrottled", "unspilled"),
]
SCENARIOS, STEPS = 30, 8


@pytest.fixture
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = {"user": None, "token": None, "anon": None}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


@pytest.fixture
def unspilled(db: None) -> None:
    """Keep what is written in memory.

    The test's own transactions stay open on both connections. For each page without room in memory SQLite would
    wait until the reading one ends, which it does with the test.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1000000")


def fits(case: Any) -> bool:
    return case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE


def prepare(case: Any, world: World) -> None:
    """Let the case name what is there, but where just that is what does not fit."""
    if fits(case):
        (case.query or {}).pop("cursor", None)  # only a page tells one that fits
        ground(case, world)
        return
    record = world.records.get(case.path.split("/")[3])
    wrong = case.meta.phase.data.parameter_location
    if record is None:
        return
    if "uid" in (case.path_parameters or {}) and wrong != ParameterLocation.PATH:
        case.path_parameters["uid"] = str(record.uid)
    if "If-Match" in (case.headers or {}) and wrong != ParameterLocation.HEADER:
        case.headers["If-Match"] = tag(record)


def cases_of(operation: Any, schema: Any) -> Any:
    return CoverageGenerator(
        operation=operation,
        generation_modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
        generation_config=schema.config.generation_for(operation=operation, phase="coverage"),
        auth_storage=None,
        override=Override(),
        feedback=NO_FEEDBACK,
    )


def test_values_at_their_bounds_keep_the_contract(world: World) -> None:
    schema, told, tried = contract(), [], 0

    for result in schema.get_all_operations():
        for case in cases_of(result.ok(), schema):
            prepare(case, world)
            tried += 1
            point = transaction.savepoint()
            try:
                case.call_and_validate(headers=world.headers)
            except BaseExceptionGroup as group:
                told.append(f"{result.ok().label}: {case.meta.phase.data.description}: {group}")
            finally:
                transaction.savepoint_rollback(point)

    print(f"{tried} cases")
    assert "\n\n".join(told) == ""


def test_what_answers_lead_to_keeps_the_contract(world: World) -> None:
    machine: Any = contract().as_state_machine()

    class Scenario(machine):
        def setup(self) -> None:
            self.point = transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.point)
            super().teardown()

        def before_call(self, case: Any) -> None:
            if fits(case):
                (case.query or {}).pop("cursor", None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": world.headers}

        def validate_response(self, response: Any, case: Any, **sent: Any) -> None:
            case.validate_response(
                response, headers=world.headers, transport_kwargs=sent, recorder=self.recorder
            )

    seed(SEED)(Scenario).run(
        settings=settings(
            max_examples=SCENARIOS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
    )
