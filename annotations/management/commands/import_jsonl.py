"""`manage.py import_jsonl FILE --user NAME`: our own JSON Lines, beside what is here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.imports.lines import LINES
from annotations.imports.lines_acts import bring_in
from annotations.imports.plan import Incoming
from annotations.management.bring_in import BringingIn, add_arguments, editor_named


class Command(BaseCommand):
    help = (
        "Import a records.jsonl as drafts of a user; what is here already stays as it is. For a whole "
        "database with its history, into an empty one, there is restore."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        add_arguments(parser)

    def handle(self, *args: Any, file: Path, user: str, **options: Any) -> None:
        try:
            incoming = Incoming(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(str(error)) from error
        run = BringingIn(
            LINES,
            bring_in,
            editor_named(user),
            self.stdout.write,
            options["preview"],
            options["partly"],
        )
        run.run([incoming], 1)
