"""Files come in by a command: each whole or not at all, with progress; a second run goes on where one stopped."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from annotations import permissions
from annotations.imports.carry import row_by_row
from annotations.imports.plan import Act, Fate, Importer, Incoming, Plan, Row

Say = Callable[[str], object]


def add_arguments(parser: CommandParser) -> None:
    """What the commands have in common."""
    parser.add_argument("--user", required=True, help="the editor whose work it is")
    parser.add_argument(
        "--preview", action="store_true", help="say what would be made, and make nothing"
    )
    parser.add_argument(
        "--partly",
        action="store_true",
        help="leave out what cannot be brought in, instead of the whole file",
    )


def editor_named(name: str) -> User:
    """The account, which must be one that may annotate; CommandError otherwise."""
    try:
        user = User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no account “{name}”") from None
    if not permissions.may_annotate(user):
        raise CommandError(f"{name} is not an editor")
    return user


@dataclass
class BringingIn:
    """One run: how, as whom, and what became of the rows so far."""

    importer: Importer
    act: Act
    user: User
    say: Say
    preview: bool = False
    partly: bool = False
    fates: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    rows: int = 0
    began: float = field(default_factory=time.monotonic)

    def run(self, files: Iterable[Incoming], number: int | None = None) -> None:
        """Each file in turn; SystemExit with 1 at the end where any was refused."""
        with tqdm(total=number, unit=" files", disable=None, file=sys.stderr) as bar:
            for file in files:
                self.bring(file)
                bar.update()
                bar.set_postfix_str(f"{self.rows:,} rows")
        self._tell()
        if self.refused:
            raise SystemExit(1)

    def bring(self, file: Incoming) -> None:
        """The file's rows, previewed or carried out; what is wrong is said and counted."""
        try:
            plan = self.importer.parse(file, self.user)
        except ValidationError as error:
            self.refuse(file.name, *error.messages)
            return
        for warning in plan.warnings:
            self.say(f"{file.name}: {warning}")
        if not self.preview:
            plan = self._carried_out(plan)
        self._count(plan)

    def refuse(self, name: str, *why: str) -> None:
        """Say why a file is not taken."""
        self.refused += 1
        for each in why:
            self.say(each if name in each else f"{name}: {each}")

    def _carried_out(self, plan: Plan) -> Plan:
        with tqdm(total=len(plan.rows), unit=" rows", disable=_few(plan), leave=False) as bar:
            carry_out = row_by_row(self.act, watch=lambda _row: bar.update())
            return carry_out(plan, self.user, whole=not self.partly)

    def _count(self, plan: Plan) -> None:
        self.rows += len(plan.rows)
        self.refused += bool(plan.faulty) and not self.preview
        for row in plan.rows:
            fate = "left out" if self.preview and not row.is_ready else row.fate.value
            self.fates[fate] += 1
            if self.preview or row.errors or row.warnings:
                self._describe(row)

    def _describe(self, row: Row) -> None:
        place = f"{row.file}:{row.line}" if row.line else row.file
        mark = "+" if row.is_ready else "-"
        self.say(f"{mark} {place}: {row.makes}")
        for change in row.changes:
            self.say(f"    {change.name}: {change.old!r} → {change.new!r}")
        for said in (*row.errors, *row.warnings):
            self.say(f"    {said}")

    def _tell(self) -> None:
        seconds = time.monotonic() - self.began
        counted = ", ".join(
            f"{number:,} {_words(fate)}" for fate, number in sorted(self.fates.items())
        )
        done = "Would be" if self.preview else "Rows"
        self.say(
            f"{done}: {counted or 'none'}; {self.refused:,} files refused, or lines of them; "
            f"{self.rows:,} rows in {seconds:.1f} s ({self.rows / max(seconds, 0.001):,.0f} rows/s)."
        )


def _few(plan: Plan) -> bool | None:
    """No bar of rows where there are a few; None leaves it to whether this is a terminal."""
    return True if len(plan.rows) < 100 else None


def _words(fate: str) -> str:
    return fate.replace("_", " ") if fate != Fate.PLANNED else "to be carried out"
