"""Bring the catalogues of translations up to date with the code, or only look whether they are."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Update and compile the catalogues of translations; --check only looks at them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        try:
            from newsroom import catalogues
        except ModuleNotFoundError as missing:
            raise CommandError("polib is missing: manage.py verify --lint installs it") from missing
        problems = catalogues.problems() if check else catalogues.update()
        if problems:
            raise CommandError("\n".join(problems))
