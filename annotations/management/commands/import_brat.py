"""`manage.py import_brat DIR --user NAME`: texts annotated with brat, with their attributions and relations."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.imports.brat import Outcome, import_folder
from annotations.imports.brat_folder import pairs, without_text
from annotations.imports.brat_types import Types, from_json
from annotations.management.bring_in import editor_named
from annotations.models import ReviewState


class Command(BaseCommand):
    help = (
        "Import texts (.txt) annotated with brat (.ann), each whole or not at all, as drafts of a user. "
        "Ended early, a second run goes on where the first one stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="the .txt and .ann files, also in folders below it"
        )
        parser.add_argument("--user", required=True, help="the editor whose work it is")
        parser.add_argument("--types", type=Path, help="a JSON file: what the corpus' types mean")
        parser.add_argument(
            "--table", type=Path, help="a table (.tsv) of names, headlines, outlets, dates …"
        )
        parser.add_argument(
            "--annotator",
            action="append",
            default=[],
            metavar="NAME",
            help="take only x_NAME.ann beside x.ann; may be given more than once (all)",
        )
        parser.add_argument(
            "--suggested", action="store_true", help="as suggested, for what a program annotated"
        )

    def handle(self, *args: Any, folder: Path, user: str, **options: Any) -> None:
        began = time.monotonic()
        try:
            found = list(pairs(folder, options["table"], options["annotator"]))
            alone = without_text(folder, found)
            types = from_json(options["types"].read_text("utf-8")) if options["types"] else Types()
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not found:
            raise CommandError(f"There is no .txt file in {folder}")
        state = ReviewState.SUGGESTED if options["suggested"] else ReviewState.DRAFT
        outcomes: list[Outcome] = []
        with tqdm(total=len(found), unit=" texts", disable=None) as bar:
            for outcome in import_folder(
                iter(found), user=editor_named(user), types=types, state=state
            ):
                outcomes.append(outcome)
                bar.update()
        for name in alone:
            self.stdout.write(f"{name}: not taken; no .txt of this name, or another annotator's")
        self._tell(outcomes, time.monotonic() - began)

    def _tell(self, outcomes: Sequence[Outcome], seconds: float) -> None:
        for outcome in outcomes:
            for told in outcome.problems:
                line = f":{told.problem.line}" if told.problem.line else ""
                refused = " (refused)" if told.problem.refuses else ""
                self.stdout.write(f"{told.file}{line}: {told.problem.what}{refused}")
        fates = Counter(outcome.fate.value for outcome in outcomes)
        statements = sum(outcome.statements for outcome in outcomes)
        links = sum(outcome.links for outcome in outcomes)
        self.stdout.write(
            f"Texts: {fates['made']:,} imported, {fates['there']:,} there already, "
            f"{fates['refused']:,} refused; {statements:,} statements, {links:,} links, "
            f"in {seconds:.1f} s ({statements / seconds:,.0f} statements/s)."
        )
        if fates["refused"]:
            raise SystemExit(1)
