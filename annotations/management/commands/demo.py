"""`manage.py demo`: the product with its two seed articles, on this machine only."""

import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers import basehttp

from annotations.management.demo_accounts import PASSWORD, create_demo_accounts

LOOPBACK = "127.0.0.1"


class Command(BaseCommand):
    help = "Set up the demo and serve it on this machine only. What was done in it is kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo needs DEBUG=1: its passwords are public")
        _refuse_a_taken_port(port)
        call_command("migrate", verbosity=0)
        accounts = create_demo_accounts()
        call_command("load_seeds")
        self._greeting = (
            f"\nThe demo is at http://{LOOPBACK}:{port}/\n"
            f"Sign in as {', '.join(accounts)}; the password of each is {PASSWORD}.\n"
            "Ctrl-C ends it; what was done is kept.\n"
        )
        self._serve(port)

    def _serve(self, port: int) -> None:
        handler = basehttp.get_internal_wsgi_application()
        try:
            basehttp.run(LOOPBACK, port, handler, threading=True, on_bind=self._greet)
        except KeyboardInterrupt:
            self.stdout.write("\nThe demo has ended.")

    def _greet(self, bound_port: str) -> None:
        self.stdout.write(self._greeting)
        self.stdout.flush()


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}): try another with --port"
            ) from None
