"""`manage.py import_feed URL --user NAME`: the entries of a feed, as articles."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.imports.article_rows import receive_row
from annotations.imports.articles import ARTICLES
from annotations.imports.feeds import FEED, read_feed
from annotations.imports.plan import Incoming
from annotations.imports.uploads import fetched
from annotations.management.bring_in import BringingIn, add_arguments, editor_named


class Command(BaseCommand):
    help = (
        "Import the entries of an RSS or Atom feed as articles; entries that are here already are left "
        "out, so it can be run every day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="URL", help="the feed's address")
        parser.add_argument(
            "--pages",
            action="store_true",
            help="take the text of each entry's page, not the feed's",
        )
        parser.add_argument("--outlet", default="", help="(the feed's title)")
        parser.add_argument("--language", default="en", help="where the feed does not say it (en)")
        add_arguments(parser)

    def handle(self, *args: Any, address: str, user: str, **options: Any) -> None:
        settings = {"outlet": options["outlet"], "language": options["language"]}
        editor = editor_named(user)
        try:
            feed = fetched(address, FEED, settings)
        except ValidationError as error:
            raise CommandError(f"{address}: {' '.join(error.messages)}") from error
        run = BringingIn(
            ARTICLES if options["pages"] else FEED,
            receive_row,
            editor,
            self.stdout.write,
            options["preview"],
            options["partly"],
        )
        run.run(_pages(feed, run, settings) if options["pages"] else [feed])


def _pages(feed: Incoming, run: BringingIn, settings: dict[str, str]) -> Iterator[Incoming]:
    """The page of each entry; what cannot be fetched is said."""
    for entry in read_feed(feed):
        try:
            yield fetched(
                entry.url, ARTICLES, {**settings, "outlet": settings["outlet"] or entry.outlet}
            )
        except ValidationError as error:
            run.refuse(entry.url or entry.headline, *error.messages)
