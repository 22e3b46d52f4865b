"""With DEBUG off, whatever is missing or wrong stops the start with one line that names it."""

import pytest

from annotations.tests.newsroom.processes import PRODUCTION, python

WRONG = {
    "no secret": ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
    "a short secret": ({"SECRET_KEY": "k" * 49}, "SECRET_KEY has 49 characters"),
    "no hosts": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
    "any host": ({"ALLOWED_HOSTS": "a.example *"}, "ALLOWED_HOSTS holds *"),
    "a doubtful DEBUG": ({"DEBUG": "maybe"}, "DEBUG is 'maybe'"),
    "a doubtful HTTPS": ({"HTTPS": "2"}, "HTTPS is '2'"),
    "a negative pool": ({"DATABASE_POOL_SIZE": "-1"}, "DATABASE_POOL_SIZE is '-1'"),
    "another database": ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL must begin"),
    "an unknown scheme": ({"DATABASE_URL": "nothing"}, "DATABASE_URL cannot be read"),
    "a nameless database": ({"DATABASE_URL": "postgres://host/"}, "DATABASE_URL names no database"),
}
ENTRANCES = {
    "manage.py": ["manage.py", "check"],
    "wsgi": ["-c", "import newsroom.wsgi"],
    "asgi": ["-c", "import newsroom.asgi"],
}


@pytest.mark.parametrize(("settings", "line"), WRONG.values(), ids=WRONG)
def test_a_wrong_environment_stops_the_start_with_one_line(
    settings: dict[str, str], line: str
) -> None:
    ended = python(["-c", "import newsroom.settings"], PRODUCTION | settings)

    assert ended.returncode == 1
    assert ended.stderr.startswith(line)
    assert ended.stderr.count("\n") == 1
    assert not ended.stdout


@pytest.mark.parametrize("arguments", ENTRANCES.values(), ids=ENTRANCES)
def test_every_entrance_names_the_missing_secret(arguments: list[str]) -> None:
    ended = python(arguments, PRODUCTION | {"SECRET_KEY": ""})

    assert ended.returncode == 1
    assert ended.stderr == "SECRET_KEY is not set: it needs at least 50 random characters\n"


def test_debug_needs_nothing_from_the_environment() -> None:
    ended = python(["-c", "import newsroom.settings"], {"DEBUG": "1"})

    assert (ended.returncode, ended.stderr) == (0, "")


def test_debug_is_off_unless_it_is_turned_on() -> None:
    ended = python(["-c", "from newsroom.settings import DEBUG; print(DEBUG)"], PRODUCTION)

    assert ended.stdout == "False\n"


def test_no_variable_can_be_read_that_is_not_declared() -> None:
    ended = python(["-c", "from newsroom.environment import text; text('UNHEARD_OF')"], {})

    assert "KeyError: 'UNHEARD_OF'" in ended.stderr
