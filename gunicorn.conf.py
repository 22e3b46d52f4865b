"""How gunicorn serves the site; its command line and GUNICORN_CMD_ARGS win over this file."""

import gc
from typing import Any

# Each thread can hold one database connection: DATABASE_POOL_SIZE is 4 too.
threads = 4


def on_starting(server: Any) -> None:
    """Let a wrong environment stop the start: a worker that it stops is restarted for ever."""
    import newsroom.settings  # noqa: F401


def post_worker_init(worker: Any) -> None:
    """Let the collector of Python's garbage pass over what the program itself is made of.

    A page makes many objects that soon go. With Python's own settings they set off collections that each look
    through all modules and models again, a third of the time of a large article.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
