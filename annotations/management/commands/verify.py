"""`manage.py verify`: every test on both databases and in the browser; `--lint`: static checks."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom import verification

DATABASES = ("sqlite", "postgresql")


class Command(BaseCommand):
    help = "Run all tests on SQLite, on PostgreSQL and in Chromium; or, with --lint, the checks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lint", action="store_true", help="run the static checks instead")
        parser.add_argument("--fix", action="store_true", help="with --lint: mend first")
        parser.add_argument("--long", action="store_true", help="also run the tests marked long")
        parser.add_argument("--only", choices=DATABASES, help="run on this database alone")
        parser.add_argument("-k", metavar="EXPRESSION", help="only tests whose names match")
        parser.add_argument("-n", type=int, default=3, help="how many processes test (3)")
        parser.add_argument("pytest_arguments", nargs="*", help="paths, or options after --")

    def handle(self, *args: Any, **options: Any) -> None:
        verification.end_on_terminate()
        if options["lint"]:
            self._lint(fix=options["fix"])
        else:
            self._test(options)

    def _lint(self, *, fix: bool) -> None:
        from newsroom import static_checks

        if fix:
            static_checks.mend()
        failed = static_checks.run()
        if failed:
            raise SystemExit(f"\nFailed: {', '.join(failed)}")
        self.stdout.write("\nAll static checks passed.")

    def _test(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        matching = ["-k", options["k"]] if options["k"] else []
        wanted = verification.Wanted(
            databases=(options["only"],) if options["only"] else DATABASES,
            long=options["long"],
            processes=options["n"],
            pytest_arguments=(*matching, *options["pytest_arguments"]),
        )
        outcomes = verification.run(wanted)
        self.stdout.write(f"\nVerified in {time.monotonic() - began:.0f} s")
        for outcome in outcomes:
            self.stdout.write(outcome.line())
        if not all(outcome.ok() for outcome in outcomes):
            raise SystemExit(1)
