"""The settings of a site that others can reach, one by one."""

import json
from typing import Any

import pytest

from annotations.tests.newsroom.processes import PRODUCTION, python

POSTGRESQL = "postgres://news:a%40b%2Fc@%2Frun%2Fpostgresql/newsroom?sslmode=verify-full"
DUMP = """
import json
from newsroom import settings
known = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(known, default=str))
"""

EXPECTED: dict[str, Any] = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["news.example.org"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": ["^healthz$"],
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 43_200,
    "SESSION_ABSOLUTE_AGE": 604_800,
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_TRUSTED_ORIGINS": [],
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 46_137_344,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000,
    "FILE_UPLOAD_PERMISSIONS": 0o640,
    "SIMPLE_HISTORY_REVERT_DISABLED": True,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": "0:15:00",
    "LOGIN_URL": "/sign-in/",
    "USE_TZ": True,
    "WHITENOISE_USE_FINDERS": False,
    "WHITENOISE_AUTOREFRESH": False,
}


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    return _settings({})


@pytest.mark.parametrize("name", EXPECTED)
def test_a_deployment_setting(production: dict[str, Any], name: str) -> None:
    assert production[name] == EXPECTED[name]


def test_sign_in_is_required_by_default(production: dict[str, Any]) -> None:
    assert "newsroom.middleware.SignInRequired" in production["MIDDLEWARE"]


def test_passwords_are_hashed_with_argon2(production: dict[str, Any]) -> None:
    assert production["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_passwords_have_twelve_characters_and_are_not_common(production: dict[str, Any]) -> None:
    validators = {
        validator["NAME"].rpartition(".")[2]: validator.get("OPTIONS", {})
        for validator in production["AUTH_PASSWORD_VALIDATORS"]
    }

    assert validators == {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }


def test_the_api_is_closed_by_default_and_speaks_json_only(production: dict[str, Any]) -> None:
    api = production["REST_FRAMEWORK"]

    assert api["DEFAULT_PERMISSION_CLASSES"] == ["rest_framework.permissions.IsAuthenticated"]
    assert api["DEFAULT_AUTHENTICATION_CLASSES"] == [
        "annotations.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ]
    assert api["DEFAULT_RENDERER_CLASSES"] == ["rest_framework.renderers.JSONRenderer"]
    assert api["DEFAULT_PARSER_CLASSES"] == ["rest_framework.parsers.JSONParser"]
    assert set(api["DEFAULT_THROTTLE_RATES"]) == {"anon", "token", "user"}


def test_static_files_have_hashed_names(production: dict[str, Any]) -> None:
    assert production["STORAGES"]["staticfiles"]["BACKEND"] == ("newsroom.static_files.StaticFiles")


def test_log_lines_are_json_and_nothing_is_mailed(production: dict[str, Any]) -> None:
    logging = production["LOGGING"]

    assert list(logging["handlers"]) == ["console"]
    assert logging["handlers"]["console"]["formatter"] == "json"
    assert logging["loggers"]["django"]["handlers"] == []


def test_forwarded_headers_are_believed_behind_a_proxy_only() -> None:
    behind_one = _settings({"PROXY_COUNT": "1"})

    assert behind_one["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind_one["REST_FRAMEWORK"]["NUM_PROXIES"] == 1


def test_plain_http_asks_for_no_secure_cookies() -> None:
    plain = _settings({"HTTPS": "0"})

    assert {
        name: plain.get(name)
        for name in (
            "SECURE_SSL_REDIRECT",
            "SECURE_HSTS_SECONDS",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "SESSION_COOKIE_NAME",
        )
    } == {
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": None,
    }


def test_postgresql_has_limits_and_a_pool() -> None:
    default = _settings({"DATABASE_URL": POSTGRESQL})["DATABASES"]["default"]

    assert (default["USER"], default["PASSWORD"], default["HOST"], default["NAME"]) == (
        "news",
        "a@b/c",
        "/run/postgresql",
        "newsroom",
    )
    assert (default["CONN_MAX_AGE"], default["CONN_HEALTH_CHECKS"]) == (0, True)
    assert default["OPTIONS"] == {
        "application_name": "newsroom",
        "target_session_attrs": "read-write",
        "sslmode": "verify-full",
        "options": "-c statement_timeout=30s -c lock_timeout=5s "
        "-c idle_in_transaction_session_timeout=60s",
        "pool": {"min_size": 1, "max_size": 4},
    }


def test_without_a_pool_connections_are_kept_for_a_minute() -> None:
    settings = _settings({"DATABASE_URL": POSTGRESQL, "DATABASE_POOL_SIZE": "0"})
    default = settings["DATABASES"]["default"]

    assert "pool" not in default["OPTIONS"]
    assert default["CONN_MAX_AGE"] == 60


def _settings(environment: dict[str, str]) -> dict[str, Any]:
    ended = python(["-c", DUMP], PRODUCTION | environment)
    assert not ended.returncode, ended.stderr
    settings: dict[str, Any] = json.loads(ended.stdout)
    return settings
