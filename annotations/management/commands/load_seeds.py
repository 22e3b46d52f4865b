"""`manage.py load_seeds`: the two seed articles and what a careful editor records for them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import permissions
from annotations.imports.seed_records import SeedError
from annotations.imports.seeds import load
from annotations.management.demo_accounts import create_demo_accounts


class Command(BaseCommand):
    help = "Load the seed articles as approved work; where they are there already, change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--editor", default="", help="the account that writes and submits")
        parser.add_argument("--reviewer", default="", help="the account that approves")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "seeds",
            help="where annotations.json and the texts are (seeds)",
        )

    def handle(self, *args: Any, editor: str, reviewer: str, folder: Path, **options: Any) -> None:
        writing, approving = _accounts(editor, reviewer)
        try:
            stored = load(folder, editor=writing, reviewer=approving)
        except SeedError as error:
            raise CommandError(f"{error}\nNothing was stored.") from error
        if stored is None:
            self.stdout.write("The seeds are there already; nothing was changed.")
        else:
            numbers = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in stored.items())
            self.stdout.write(f"Loaded: {numbers}.")


def _accounts(editor: str, reviewer: str) -> tuple[User, User]:
    """The named accounts or, where none is named and DEBUG is on, the demo's."""
    if not editor and not reviewer and settings.DEBUG:
        accounts = create_demo_accounts()
        return accounts["editor"], accounts["reviewer"]
    if not editor or not reviewer:
        raise CommandError("Name both accounts: --editor NAME --reviewer NAME")
    if editor == reviewer:
        raise CommandError("Nobody approves their own work: name two accounts")
    writing, approving = _account(editor), _account(reviewer)
    if not permissions.may_annotate(writing):
        raise CommandError(f"{editor} is not an editor")
    if not permissions.may_review(approving):
        raise CommandError(f"{reviewer} is not a reviewer")
    return writing, approving


def _account(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no account “{name}”") from None
