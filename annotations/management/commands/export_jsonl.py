"""`manage.py export_jsonl FILE`: everything with its whole history, as JSON Lines, of one moment."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.exports.lines import counted, whole_file
from annotations.exports.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Write everything, with its whole history, as JSON Lines: for `restore`. "
        "Passwords and sessions are left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write; - for standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        began = time.monotonic()
        with snapshot() as using, _whole_or_nothing(file) as out:
            total = sum(counted(using).values())
            with tqdm(total=total, unit=" rows", disable=None) as bar:
                for piece in whole_file(using, bar.update):
                    out.write(piece)
        seconds = time.monotonic() - began
        self.stderr.write(f"Written: {total:,} rows in {seconds:.1f} s ({total / seconds:,.0f}/s).")


@contextmanager
def _whole_or_nothing(file: str) -> Iterator[IO[bytes]]:
    """What is written appears under its name only once it is whole."""
    if file == "-":
        yield sys.stdout.buffer
        return
    path = Path(file)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".export-", delete=False) as out:
            kept = Path(out.name)
            try:
                yield out.file
            except BaseException:
                kept.unlink()
                raise
        kept.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
