"""How gunicorn serves the site; its command line and GUNICORN_CMD_ARGS win over this file."""

from typing import Any

# Each thread can hold one database connection: DATABASE_POOL_SIZE is 4 too.
threads = 4


def on_starting(server: Any) -> None:
    """Let a wrong environment stop the start: a worker that it stops is restarted for ever."""
    import newsroom.settings  # noqa: F401
