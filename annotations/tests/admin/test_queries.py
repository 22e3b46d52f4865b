"""A history costs the same number of queries however much it tells; for the lists see test_query_counts.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.permissions import REVIEWER
from annotations.tests.admin.acting import address, sign_in
from annotations.tests.factories import make_statement, make_user

pytestmark = pytest.mark.django_db


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
