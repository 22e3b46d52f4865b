"""Who is signed in to the pages."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.permissions import EDITOR
from annotations.tests.factories import make_user


@pytest.fixture
def editor(client: Client) -> User:
    """An editor, signed in with the test's client."""
    user = make_user(EDITOR)
    client.force_login(user)
    return user
