"""`manage.py doctor`: whether the stored data keeps every rule of the domain; reads, never writes."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from annotations.doctor import Outcome, examine
from annotations.exports.snapshot import snapshot
from annotations.models import Article, Statement

BROKEN, NOT_LOOKED = 1, 2  # exit codes
LINE = 78  # characters of a line of progress


class Command(BaseCommand):
    help = (
        "Check every rule of the domain on the stored data, as of one moment, and change nothing. "
        "Exit code 0: all hold; 1: rows break a rule; 2: the database could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer in JSON, for machines")
        parser.add_argument(
            "--most", type=int, default=10, metavar="N", help="rows shown for each rule (10)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with snapshot() as using:
                outcomes = examine(using, most=max(0, options["most"]), watch=self._watch)
                seen = (
                    Statement.objects.using(using).count(),
                    Article.objects.using(using).count(),
                )
        except DatabaseError as error:
            raise CommandError(
                f"The database could not be read: {error}", returncode=NOT_LOOKED
            ) from error
        finally:
            self._clear()
        self.stdout.write(_as_json(outcomes) if options["json"] else _in_words(outcomes, *seen))
        if any(outcome.number for outcome in outcomes):
            raise SystemExit(BROKEN)

    def _watch(self, name: str) -> None:
        """What is being looked at: on a terminal only, in a line that the next one replaces."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{name.replace('_', ' ')[:LINE]:{LINE}}", ending="")

    def _clear(self) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{'':{LINE}}\r", ending="")


def _in_words(outcomes: Sequence[Outcome], statements: int, articles: int) -> str:
    broken = [outcome for outcome in outcomes if outcome.number]
    if not broken:
        return (
            f"Sound: all {len(outcomes)} rules hold "
            f"(statements: {statements:,}, articles: {articles:,})."
        )
    told = "\n\n".join(_broken(outcome) for outcome in broken)
    are = "is" if len(broken) == 1 else "are"
    return f"{told}\n\n{len(broken)} of {len(outcomes)} rules {are} broken. Nothing was changed."


def _broken(outcome: Outcome) -> str:
    lines = [
        outcome.invariant.rule,
        *(f"  {row.record} {row.uid}: {row.wrong}" for row in outcome.findings),
    ]
    more = outcome.number - len(outcome.findings)
    return "\n".join([*lines, *([f"  and {more:,} more"] if more else [])])


def _as_json(outcomes: Sequence[Outcome]) -> str:
    rules = [
        {
            "name": outcome.invariant.name,
            "rule": outcome.invariant.rule,
            "found": outcome.number,
            "rows": [vars(row) for row in outcome.findings],
        }
        for outcome in outcomes
    ]
    sound = not any(outcome.number for outcome in outcomes)
    return json.dumps({"sound": sound, "rules": rules}, ensure_ascii=False, indent=2)
