"""How long each export takes of the database at hand, how much memory, and when its first piece is there.

    DATABASE_URL=… .venv/bin/python -m bench.export_formats USER [--keep FOLDER] [FORMAT…]

Everything that USER sees is written in every format (or in those named, such as statements_csv), each in a
process of its own, so that peaks of memory are its own too; --keep keeps the files. Seconds by the clock
mean something on a machine that does nothing else; those of this process's processor time leave out what
others do, and on PostgreSQL the server's work. “Writes” is the first piece that the format makes, “sends”
the first that a reader is sent: a SQLite file without a write-ahead log is read whole before.
"""

import argparse
import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEAD = (
    "| File | Size | Statements a second | Time | Processor | Writes after | Sends after "
    "| Peak memory | of which for it |"
)


def main() -> None:
    options = _options()
    if options.measure:
        print(json.dumps(_measure(options.user, options.measure, options.keep)))
        return
    print(HEAD + "\n|---" + "|--:" * 8 + "|")
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        for name in options.formats or _names():
            print(_line(_run(options.user, name, options.keep or Path(folder))), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("user")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    return parser.parse_intermixed_args()


def _names() -> Iterator[str]:
    _set_up()
    from annotations.exports.registry import FORMATS

    yield from FORMATS


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()


def _run(user: str, name: str, folder: Path) -> dict[str, Any]:
    # As in production: with DEBUG on, Django would keep every query.
    more = {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "desk.example",
    }
    command = [sys.executable, "-m", "bench.export_formats", user]
    command += ["--measure", name, "--keep", str(folder)]
    done = subprocess.run(  # noqa: S603  this very file
        command, env=os.environ | more, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(user: str, name: str, folder: Path) -> dict[str, Any]:
    _set_up()
    from dataclasses import replace

    from django.contrib.auth.models import User

    from annotations.exports.formats import Order
    from annotations.exports.registry import FORMATS
    from annotations.models import Statement

    made: list[float] = []

    def write(order: Any, using: str) -> Iterator[bytes]:
        for piece in FORMATS[name].write(order, using):
            if piece:
                made.append(time.perf_counter())
            yield piece

    timed = replace(FORMATS[name], write=write)
    order = Order(User.objects.get(username=user), "https://desk.example")
    statements = Statement.objects.visible_to(order.user).live().count()
    folder.mkdir(parents=True, exist_ok=True)
    before, began, worked = _peak_mib(), time.perf_counter(), time.process_time()
    sent = 0.0
    with (folder / timed.file).open("wb") as out:
        for piece in timed.pieces(order):
            sent = sent or time.perf_counter()
            out.write(piece)
    seconds = time.perf_counter() - began
    return {
        "file": timed.file,
        "rate": statements / seconds,
        "mib": (folder / timed.file).stat().st_size / 1024 / 1024,
        "seconds": seconds,
        "processor": time.process_time() - worked,
        "writes": made[0] - began,
        "sends": sent - began,
        "peak": _peak_mib(),
        "grown": _peak_mib() - before,
    }


def _line(found: dict[str, Any]) -> str:
    return (
        "| `{file}` | {mib:.1f} MiB | {rate:,.0f} | {seconds:.1f} s | {processor:.1f} s "
        "| {writes:.2f} s | {sends:.2f} s | {peak:.0f} MiB | {grown:.0f} MiB |".format(**found)
    )


if __name__ == "__main__":
    main()
