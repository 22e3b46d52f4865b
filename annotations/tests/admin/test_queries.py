"""A list costs the same number of queries at one row and at fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.permissions import REVIEWER
from annotations.tests.admin.acting import address, sign_in
from annotations.tests.admin.rows import make_rows
from annotations.tests.factories import make_statement, make_user

pytestmark = pytest.mark.django_db

QUERIES = {
    "article": 6,
    "actor": 6,
    "post": 5,
    "statement": 19,
    "response": 23,
    "restatement": 20,
    "reply": 16,
    "attempt": 5,
}


@pytest.mark.parametrize(("kind", "queries"), QUERIES.items())
def test_list_costs_the_same(kind: str, queries: int) -> None:
    client = sign_in(make_user(REVIEWER))
    [first] = make_rows(kind, 1)
    client.get(address(first))

    with CaptureQueriesContext(
        connection,
    ) as at_one:
        one = client.get(address(first))
    make_rows(kind, 49)
    with CaptureQueriesContext(connection) as at_fifty:
        fifty = client.get(address(first))

    assert (len(at_one), len(at_fifty)) == (queries, queries)
    assert len(one.context["cl"].result_list) >= 1
    assert len(fifty.context["cl"].result_list) == 50


def test_history_costs_the_same_at_any_number_of_spans() -> None:
    client = sign_in(make_user(REVIEWER))
    one = make_statement()
    words = ["the army crossed the border.", "The army denied the claim.", "a spokesman said."]
    several = make_statement(exact=words)
    asked = []

    for statement in (one, one, several):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address(statement, "history"))
        assert page.status_code == 200
        asked.append(sum("annotations_placement" in query["sql"] for query in queries))

    assert asked == [2, 2, 2]
