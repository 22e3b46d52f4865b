"""`manage.py import_articles PATH… --user NAME`: articles from files and folders."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.imports.article_rows import receive_row
from annotations.imports.articles import ARTICLES
from annotations.imports.plan import Incoming
from annotations.management.bring_in import BringingIn, add_arguments, editor_named


class Command(BaseCommand):
    help = (
        "Import articles: .txt, .html, .docx, .zip and .csv files, also in folders. Each file whole or not "
        "at all. What is here already is left out, so a second run goes on where the first one stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
        parser.add_argument("--outlet", default="", help="where a file does not say it")
        parser.add_argument("--language", default="en", help="where a file does not say it (en)")
        add_arguments(parser)

    def handle(self, *args: Any, paths: list[Path], user: str, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}")
        found = list(_files(paths))
        settings = {"outlet": options["outlet"], "language": options["language"]}
        run = BringingIn(
            ARTICLES,
            receive_row,
            editor_named(user),
            self.stdout.write,
            options["preview"],
            options["partly"],
        )
        run.run(_read(found, run, settings), len(found))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders that end as articles do; in order."""
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.is_file())
            yield from (each for each in inside if each.suffix.lower() in ARTICLES.accepts)
        else:
            yield path


def _read(paths: Sequence[Path], run: BringingIn, settings: dict[str, str]) -> Iterator[Incoming]:
    for path in paths:
        try:
            if path.stat().st_size > ARTICLES.largest:
                run.refuse(str(path), f"larger than {ARTICLES.largest // 1024 // 1024} MB")
                continue
            yield Incoming(str(path), path.read_bytes(), settings=settings)
        except OSError as error:
            run.refuse(str(path), str(error))
