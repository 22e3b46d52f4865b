"""Two browsers on one article at once, random acts each with undo: no act is lost, nothing goes wrong.

MONKEY_SEED repeats the choices (not the moments); each run prints it.
"""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from random import SystemRandom
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from annotations.doctor import examine
from annotations.doctor.found import kept_models
from annotations.permissions import EDITOR
from annotations.tests.browser.monkey import ACTORS, SENTENCES, Monkey
from annotations.tests.factories import make_actor, make_article, make_statement, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("most", [10, pytest.param(200, marks=pytest.mark.long)])
def test_nothing_is_lost_between_two_browsers(
    live_server: LiveServer, browser_type_launch_args: dict[str, Any], most: int
) -> None:
    seed = int(os.environ.get("MONKEY_SEED") or SystemRandom().randrange(2**31))
    print(f"\nMONKEY_SEED={seed}", flush=True)
    article = make_article(text="\n\n".join(SENTENCES))
    speaker, *_ = (make_actor(name) for name in ACTORS)
    for number in (1, 2):
        make_statement(article, f"the road {number} was closed", speaker=speaker)
    users = [make_user(EDITOR) for _ in range(2)]
    monkeys = [
        Monkey(seed + number, live_server.url, cookie_of(user, live_server.url), article, most)
        for number, user in enumerate(users)
    ]

    with ThreadPoolExecutor(len(monkeys)) as pool:
        list(pool.map(lambda monkey: monkey.run(browser_type_launch_args), monkeys))

    for user, monkey in zip(users, monkeys, strict=True):
        print(user, monkey.acts, "refused:", monkey.refused)
        assert len(monkey.acknowledged) == most
        assert changes_of(user) == set(monkey.acknowledged)
        refusals = r"(409|422) (articles|statements|responses)/"
        assert [said for said in monkey.complaints if not re.match(refusals, said)] == []
    assert [outcome.findings for outcome in examine("default") if outcome.number] == []


def cookie_of(user: User, address: str) -> dict[str, Any]:
    """A session of the user's."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


def changes_of(user: User) -> set[str]:
    """The ids of all changes in the history that the user made."""
    return {
        str(change_id)
        for model in kept_models()
        for change_id in model.history.filter(history_user=user).values_list(  # type: ignore[attr-defined]
            "change_id", flat=True
        )
    }
