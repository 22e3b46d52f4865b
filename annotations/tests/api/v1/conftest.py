"""Who asks the API in these tests."""

import pytest
from django.test import Client

from annotations.permissions import EDITOR
from annotations.tests.api.v1.asking import signed_in
from annotations.tests.factories import usual


@pytest.fixture
def editor() -> Client:
    return signed_in(usual(EDITOR))
