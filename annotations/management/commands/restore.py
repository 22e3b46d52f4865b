"""`manage.py restore FILE`: what `export_jsonl` wrote goes into an empty database, with its history."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.imports.lines_file import LinesError, read
from annotations.imports.restore import restore


class Command(BaseCommand):
    help = (
        "Load what export_jsonl wrote into an empty database, with its whole history: all of it or "
        "nothing. Nobody can sign in until their password is set: manage.py changepassword NAME."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file of export_jsonl")
        parser.add_argument(
            "--unchecked",
            action="store_true",
            help="do not ask the doctor before it is kept: quicker, and for data known to be unsound",
        )

    def handle(self, *args: Any, file: Path, unchecked: bool, **options: Any) -> None:
        began = time.monotonic()
        try:
            with (
                file.open("rb") as lines,
                tqdm(total=_total(file), unit=" rows", disable=None) as bar,
            ):
                counts = restore(lines, watch=bar.update, is_checked=not unchecked)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except LinesError as error:
            raise CommandError(f"{error}\nNothing was stored.") from error
        number, seconds = sum(counts.values()), time.monotonic() - began
        self.stdout.write(
            f"Restored: {number:,} rows in {seconds:.1f} s ({number / seconds:,.0f}/s)."
        )


def _total(file: Path) -> int:
    """How many rows the file promises."""
    with file.open("rb") as lines:
        head, _rows = read(lines)
    return sum(head.counts.values())
