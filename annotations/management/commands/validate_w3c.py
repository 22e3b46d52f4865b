"""`manage.py validate_w3c FILE…`: a strict reading of W3C Web Annotation files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.exports.w3c_check.files import Unreadable, read
from annotations.exports.w3c_check.validate import validate

MOST_SHOWN = 200


class Command(BaseCommand):
    help = (
        "Check W3C Web Annotation files (.jsonld, or an archive or folder of them with texts.json) "
        "against the Recommendation's musts, their texts and each other."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            given = read(files)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        verdict = validate(given)
        for finding in verdict.findings[:MOST_SHOWN]:
            self.stdout.write(str(finding))
        self.stdout.write(
            f"{verdict.annotations} annotations, {verdict.targets} targets in texts, "
            f"{verdict.compared} of them compared with their text."
        )
        if verdict.compared < verdict.targets:
            self.stdout.write(
                "The others' texts were not given: name an archive that has texts.json."
            )
        if verdict.findings:
            raise CommandError(f"{len(verdict.findings)} faults.")
        self.stdout.write("No faults.")
