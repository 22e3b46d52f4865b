"""The environment variables the settings read, through helpers that stop the start with one line.

Every variable is declared here, so that the operators' page, `verify` and the settings speak of
the same ones: a helper that is asked for an undeclared name raises KeyError.
"""

import os
from collections.abc import Mapping

VARIABLES: dict[str, str] = {
    "DEBUG": "1 turns on Django's debug mode: never on a machine that others can reach",
    "SECRET_KEY": "signs sessions and forms; at least 50 characters; needed unless DEBUG=1",
    "SECRET_KEY_FALLBACKS": "earlier secret keys, separated by spaces, while sessions move over",
    "ALLOWED_HOSTS": "host names the site answers to, separated by spaces; needed unless DEBUG=1",
    "CSRF_TRUSTED_ORIGINS": "origins (https://host) whose forms are accepted, separated by spaces",
    "DATABASE_URL": "postgres://user:password@host/name or sqlite:////path; a SQLite file if unset",
    "DATABASE_POOL_SIZE": "PostgreSQL connections a process may hold (4); 0 turns the pool off",
    "HTTPS": "0 serves plain http: no redirect, no HSTS, cookies without Secure",
    "PROXY_COUNT": "trusted proxies in front that set X-Forwarded-For and X-Forwarded-Proto (0)",
    "TASKS": "database (for manage.py db_worker) or immediate (in the request; the default with DEBUG=1)",
    "STATIC_ROOT": "where collectstatic puts the static files",
    "EXPORTS_DIR": "where files that are made in the background are kept for a week",
    "TIME_ZONE": "the zone that pages show times in (UTC)",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR (INFO)",
}

MINIMUM_SECRET_LENGTH = 50


def text(name: str, default: str = "") -> str:
    """The value without surrounding blanks, or the default if it is unset or empty."""
    if name not in VARIABLES:
        raise KeyError(name)
    return os.environ.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """The value's words; commas separate as blanks do."""
    return text(name).replace(",", " ").split()


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; stops the start otherwise."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SystemExit(f"{name} is {value!r}: use 1 or 0")


def number(name: str, default: int) -> int:
    """The value as a number of 0 or more; stops the start otherwise."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise SystemExit(f"{name} is {value!r}: use a whole number, 0 or more")
    return int(value)


def choice(name: str, values: Mapping[str, str], default: str) -> str:
    """What the value, one of the keys, stands for; stops the start with any other."""
    value = text(name, default).lower()
    if value not in values:
        raise SystemExit(f"{name} is {value!r}: use {' or '.join(values)}")
    return values[value]


def secret(name: str) -> str:
    """The value, which must be there and long enough to sign with; stops the start otherwise."""
    value = text(name)
    if not value:
        raise SystemExit(f"{name} is not set: it needs at least 50 random characters")
    if len(value) < MINIMUM_SECRET_LENGTH:
        raise SystemExit(f"{name} has {len(value)} characters: it needs at least 50 random ones")
    return value


def hosts(name: str) -> list[str]:
    """The host names, of which there must be at least one and none may be a wildcard for all."""
    names = words(name)
    if not names:
        raise SystemExit(f"{name} is not set: name the hosts that this site answers to")
    if "*" in names:
        raise SystemExit(f"{name} holds *: name the hosts that this site answers to")
    return names
