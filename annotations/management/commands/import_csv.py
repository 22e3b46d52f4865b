"""`manage.py import_csv FILE --user NAME`: statements.csv again, after it was edited."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.imports.plan import Incoming
from annotations.imports.statement_table import STATEMENTS, revise_row
from annotations.management.bring_in import BringingIn, add_arguments, editor_named


class Command(BaseCommand):
    help = (
        "Take in the cells of statements.csv that were changed in a spreadsheet. Lines that were taken in "
        "already change nothing, so a second run goes on where the first one stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the edited statements.csv")
        add_arguments(parser)

    def handle(self, *args: Any, file: Path, user: str, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        run = BringingIn(
            STATEMENTS,
            revise_row,
            editor_named(user),
            self.stdout.write,
            options["preview"],
            options["partly"],
        )
        run.run([Incoming(str(file), data)], 1)
