"""`manage.py export_brat DIR`: the articles and their statements as brat standoff."""

import time
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.exports.brat import files
from annotations.exports.formats import Order
from annotations.exports.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Write a folder of .txt and .ann files with annotation.conf, as --user sees the statements."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or empty folder")
        parser.add_argument("--user", required=True, help="whose view is written")

    def handle(self, *args: Any, folder: Path, user: str, **options: Any) -> None:
        began, number = time.monotonic(), 0
        try:
            order = Order(User.objects.get(username=user), site="")
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise CommandError(f"{folder} is not empty")
            with snapshot() as using, tqdm(unit=" files", disable=None) as bar:
                for file in files(order, using):
                    (folder / file.name).write_bytes(file.data)
                    number += 1
                    bar.update()
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{user}”") from None
        except OSError as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - began
        self.stdout.write(
            f"Written: {number:,} files in {seconds:.1f} s ({number / seconds:,.0f}/s)."
        )
