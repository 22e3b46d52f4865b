"""Read one bomb in a process of its own: `python -m annotations.tests.imports.weigh NAME`.

Prints the seconds it took and the bytes by which the most resident memory grew.
"""

import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()


def weigh(name: str) -> tuple[float, int]:
    """(seconds, bytes) that reading the bomb of this name costs until it is refused."""
    from django.core.exceptions import ValidationError

    from annotations.imports.articles import read_articles
    from annotations.imports.feeds import read_feed
    from annotations.imports.plan import Incoming
    from annotations.tests.imports import made_files
    from newsroom import bounded
    from newsroom.public_addresses import Refused

    # What a worker has read before, so that only the bomb is weighed.
    read_articles(Incoming("a.html", made_files.PAGE.encode()))
    read_articles(Incoming("a.docx", made_files.written_document()))
    read_feed(Incoming("a.rss", made_files.FEED.encode()))
    data = sys.stdin.buffer.read()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    try:
        if name.endswith(".gz"):
            bounded.whole([data], "gzip", 50 * 1024 * 1024)
        else:
            (read_feed if name.endswith(".rss") else read_articles)(Incoming(name, data))
    except (ValidationError, Refused):
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return time.monotonic() - began, grown * 1024
    raise SystemExit(f"{name} was not refused")


if __name__ == "__main__":
    print(*weigh(sys.argv[1]))
