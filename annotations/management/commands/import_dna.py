"""`manage.py import_dna FILE --user NAME`: a database of the Discourse Network Analyzer 3."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.imports.dna import carry_out, parse
from annotations.imports.plan import Fate, Incoming, Plan, Row
from annotations.management.bring_in import editor_named

LARGEST = 2 * 1024**3  # bytes


class Command(BaseCommand):
    help = (
        "Import a database of the Discourse Network Analyzer 3: all of its documents, or none, as "
        "drafts of a user. Documents that came in before are left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="the editor whose work it is")
        parser.add_argument("--language", default="en", help="of all documents (en)")
        parser.add_argument("--preview", action="store_true", help="say what would be made, only")
        parser.add_argument(
            "--partly", action="store_true", help="leave documents out that are refused"
        )

    def handle(self, *args: Any, file: Path, user: str, language: str, **options: Any) -> None:
        began, editor = time.monotonic(), editor_named(user)
        plan = self._plan(file, editor, language)
        if options["preview"]:
            for row in plan.rows:
                self._tell(row)
            self._warn(plan)
            return
        with tqdm(total=len(plan.ready), unit=" documents", disable=None) as bar:
            act = carry_out(lambda row: bar.update(row.fate == Fate.MADE))
            plan = act(plan, editor, whole=not options["partly"])
        self._report(plan, time.monotonic() - began)

    def _plan(self, file: Path, editor: User, language: str) -> Plan:
        try:
            if file.stat().st_size > LARGEST:
                raise CommandError(f"{file} is larger than 2 GiB")
            incoming = Incoming(file.name, file.read_bytes(), settings={"language": language})
            return parse(incoming, editor)
        except OSError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def _tell(self, row: Row) -> None:
        self.stdout.write(row.makes)
        for said in (*row.errors, *row.warnings):
            self.stdout.write(f"    {said}")

    def _warn(self, plan: Plan) -> None:
        for said in plan.warnings:
            self.stdout.write(said)

    def _report(self, plan: Plan, seconds: float) -> None:
        for row in plan.rows:
            if row.errors or row.warnings:
                self._tell(row)
        self._warn(plan)
        fates = Counter(row.fate for row in plan.rows)
        done = [row.payload for row in plan.rows if row.fate == Fate.MADE]
        statements = sum(len(ready.statements) for ready in done)
        self.stdout.write(
            f"Documents: {fates[Fate.MADE]:,} imported, {fates[Fate.LEFT_OUT]:,} left out, "
            f"{fates[Fate.REFUSED]:,} refused, {fates[Fate.NOT_DONE]:,} not carried out; "
            f"{statements:,} statements in {seconds:.1f} s ({statements / seconds:,.0f} a second)."
        )
        if fates[Fate.REFUSED]:
            raise SystemExit(1)
