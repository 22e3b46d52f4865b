"""How fast the CSV files are made, and whether memory grows with their length.

    python3 bench/csv_export.py [--small 10000] [--large 50000] [--url postgres://…]

Fills a scratch database with statements, every second of them a response to the one before, and
makes both files in processes of their own, the small and the large number in turn. `--url` names
an empty database; without it, it is a SQLite file in a temporary folder. What other machines can
be told are the ratios in the last lines; on a busy machine, those per second of this process's
processor time (on PostgreSQL, the server's comes on top).
"""

import argparse
import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILES = ("statements", "exchanges")
AN_ARTICLE = 20  # statements in one article
BATCH = 2000
TEXT = "The spokesman said that the army had crossed the border near the river. " * AN_ARTICLE
SENTENCE = len(TEXT) // AN_ARTICLE
WORDS = {"source": (0, 13), "cue": (14, 18), "content": (19, SENTENCE - 2)}
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Fill, measure, print; each step in a process of its own, so that peaks are its own too."""
    options = _options()
    if options.fill:
        _fill(*options.fill)
    elif options.measure:
        print(json.dumps(_measure(options.measure)))
    else:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            url = options.url or f"sqlite:///{folder}/bench.sqlite3"
            _compare(url, folder, options.small, options.large)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=50_000)
    parser.add_argument("--url", default="")
    parser.add_argument("--fill", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--measure", choices=FILES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(url: str, folder: str, small: int, large: int) -> None:
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": folder,
        # As in production: with DEBUG on, Django would keep every query.
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "desk.example",
    }
    found: dict[tuple[str, int], dict[str, float]] = {}
    filled = 0
    for number in (small, large):
        _run(environment, "--fill", str(filled), str(number))
        filled = number
        for file in FILES:
            measured: dict[str, float] = json.loads(_run(environment, "--measure", file))
            found[file, number] = measured
            print(_line(file, number, measured), flush=True)
    for file in FILES:
        few, many = found[file, small], found[file, large]
        print(
            f"{file}, {large:,} against {small:,} statements: "
            f"rows/s x {many['rows_per_second'] / few['rows_per_second']:.2f}, "
            f"per second of processor x "
            f"{many['rows_per_processor_second'] / few['rows_per_processor_second']:.2f}, "
            f"peak memory x {many['peak_mib'] / few['peak_mib']:.2f}"
        )


def _line(file: str, number: int, measured: dict[str, float]) -> str:
    return (
        f"{file} of {number:,} statements: {measured['rows']:,.0f} rows, "
        f"{measured['mib']:.1f} MiB, {measured['seconds']:.1f} s, "
        f"{measured['rows_per_second']:,.0f} rows/s "
        f"({measured['rows_per_processor_second']:,.0f} per second of processor), first piece with rows after "
        f"{measured['first']:.2f} s, peak {measured['peak_mib']:.0f} MiB "
        f"({measured['grown_mib']:+.0f} MiB in the export)"
    )


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(  # noqa: S603  this very file
        command, env=environment, check=True, stdout=subprocess.PIPE
    ).stdout.decode()


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(file: str) -> dict[str, float]:
    import django

    django.setup()
    from django.contrib.auth.models import User

    from annotations.exports.formats import Order
    from annotations.exports.registry import FORMATS

    reporter = User.objects.get(username="reporter")
    order = Order(reporter, "https://desk.example")
    before, began, worked = _peak_mib(), time.perf_counter(), time.process_time()
    first, length, rows = 0.0, 0, 0
    for number, piece in enumerate(FORMATS[f"{file}_csv"].pieces(order)):
        length += len(piece)
        rows += piece.count(b"\n")  # no cell of these holds one
        if number == 1:
            first = time.perf_counter() - began
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    return {
        "rows": rows - 1,
        "mib": length / 1024 / 1024,
        "seconds": seconds,
        "rows_per_second": (rows - 1) / seconds,
        "rows_per_processor_second": (rows - 1) / processor,
        "first": first,
        "peak_mib": _peak_mib(),
        "grown_mib": _peak_mib() - before,
    }


def _fill(present: int, wanted: int) -> None:
    """Have `wanted` statements, where `present` are there already: rows only, without history."""
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from annotations.models import Actor

    if not present:
        call_command("migrate", verbosity=0)
        reporter = User.objects.create_user("reporter")
        reporter.groups.add(Group.objects.get(name="reporter"))
        actors = [Actor(name=f"Actor {n}", folded=f"actor {n}", kind="person") for n in range(500)]
        Actor.objects.bulk_create(actors)
    author = User.objects.get(username="reporter")
    actors = list(Actor.objects.order_by("id"))
    for start in range(present, wanted, BATCH):
        _fill_batch(start, min(BATCH, wanted - start), author, actors)


def _fill_batch(start: int, number: int, author: Any, actors: list[Any]) -> None:
    from annotations.models import (
        Attribution,
        Placement,
        Point,
        Response,
        ResponseParty,
        ResponsePoint,
        Span,
        Statement,
    )

    revisions = list(_articles(-(-number // AN_ARTICLE), author))
    statements = Statement.objects.bulk_create(
        Statement(
            article=revisions[n // AN_ARTICLE].article, form="indirect", act="accusation",
            gist="Says that the army crossed the border.", venue="press conference",
            said_on_as_printed="Tuesday", folded="", state="approved", created_by=author,
        )
        for n in range(number)
    )  # fmt: skip
    owners = [statement for statement in statements for _ in WORDS]
    spans = Span.objects.bulk_create(
        Span(statement=statement, role=role, ordinal=1)
        for statement in statements
        for role in WORDS
    )
    places = {statement.pk: n % AN_ARTICLE * SENTENCE for n, statement in enumerate(statements)}
    of = {revision.article_id: revision for revision in revisions}
    Placement.objects.bulk_create(
        Placement(
            span=span, revision=of[statement.article_id],
            start=places[statement.pk] + WORDS[span.role][0],
            end=places[statement.pk] + WORDS[span.role][1],
            exact=TEXT[WORDS[span.role][0] : WORDS[span.role][1]],
        )
        for span, statement in zip(spans, owners, strict=True)
    )  # fmt: skip
    parts = {"speaker": 0, "acting_for": 1, "about": 2}
    Attribution.objects.bulk_create(
        Attribution(
            statement=statement, actor=actors[(start + n + place) % len(actors)], part=part,
            ordinal=1, speaker_basis="role_only" if part == "speaker" else "",
            as_printed="The spokesman" if part == "speaker" else "",
        )
        for n, statement in enumerate(statements)
        for part, place in parts.items()
    )  # fmt: skip
    points = Point.objects.bulk_create(
        Point(statement=statement, ordinal=1, text="The army crossed the border")
        for statement in statements
    )
    links = Response.objects.bulk_create(
        Response(
            claim=claim, response=response, relation="denies", link_basis="same_article",
            state="approved", created_by=author,
        )
        for claim, response in zip(statements[::2], statements[1::2], strict=False)
    )  # fmt: skip
    ResponseParty.objects.bulk_create(
        ResponseParty(response=link, party=actors[(start + 2 * n + 2) % len(actors)])
        for n, link in enumerate(links)
    )
    ResponsePoint.objects.bulk_create(
        ResponsePoint(response=link, point=points[2 * n]) for n, link in enumerate(links)
    )


def _articles(number: int, author: Any) -> Iterator[Any]:
    from annotations.anchoring.fold import fold
    from annotations.models import Article, ArticleWords, Revision

    articles = Article.objects.bulk_create(
        Article(headline="Border", dateline="KABUL", created_by=author) for _ in range(number)
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article, number=1, text=TEXT, opening="Border", sha256=uuid.uuid4().hex * 2, received_at=WHEN,
            received_by=author,
        )
        for article in articles
    )  # fmt: skip
    for article, revision in zip(articles, revisions, strict=True):
        article.current_revision = revision
    Article.objects.bulk_update(articles, ["current_revision"])
    ArticleWords.objects.bulk_create(
        ArticleWords(article=article, folded=fold(f"Border {TEXT}")) for article in articles
    )
    return iter(revisions)


if __name__ == "__main__":
    main()
