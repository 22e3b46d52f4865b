"""What the tests of the exports share."""

from collections.abc import Callable

import pytest

from annotations.tests.exports.reading import CELLS, Cells


@pytest.fixture(params=CELLS)
def cells_of(request: pytest.FixtureRequest) -> Callable[..., Cells]:
    """Each of the two files in turn."""
    return CELLS[request.param]
