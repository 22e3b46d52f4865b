"""Whether the pages of the lists cost the same however many statements there are.

    .venv/bin/python bench/list_pages.py [--small 100000] [--large 1000000]

Fills a PostgreSQL of its own: the first rows as csv_export.py makes them, the others as copies of
those, made by the database. Asks for each page through Django's test client as an editor, the small
and the large number in one run. Milliseconds are this machine's in that minute; what can be carried
elsewhere are the ratios, beside the one of a page that reads no list, which tells how much faster or
slower the machine itself became between the two. Below 10,000 rows found a list counts them all, so
the small number is best one at which the common questions find more than that.
"""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = 15
BASE = 10_000  # statements that are made row by row; the rest are copies
PAGES = {
    "(no list: a form)": "/articles/new/",
    "first page": "/statements/",
    "far into the list": "/statements/?after={far}",
    "open claims": "/statements/?answered=open",
    "answered claims": "/statements/?answered=answered",
    "one actor": "/statements/?actor={actor}",
    "one actor, accused": "/statements/?actor={actor}&part=about",
    "a common word": "/statements/?text=border",
    "two common words": "/statements/?text=army+border",
    "a rare word": "/statements/?text=zanzibar",
    "a word nobody said": "/statements/?text=xylophone",
    "a word in a name": "/statements/?text=actor",
    "a rare act": "/statements/?act=pledge",
    "an act never recorded": "/statements/?act=refusal",
    "said in one week": "/statements/?said_from=2026-01-01&said_to=2026-01-07",
    "published in one week": "/statements/?published_from=2026-01-01&published_to=2026-01-07",
    "by article date": "/statements/?sort=published",
    "far in, by article date": "/statements/?sort=published&after={far}",
    "articles": "/articles/",
    "articles, a common word": "/articles/?text=border",
    "articles, a rare word": "/articles/?text=zanzibar",
    "actors": "/actors/",
    "home": "/",
    "candidates for a response": "/statements/{claim}/link/?other_is=response",
    "candidates for a claim": "/statements/{answer}/link/?other_is=claim",
    "candidates for saying again": "/statements/{claim}/link/?other_is=by",
}
# What the made rows lack: words and dates that differ. Run before they are copied.
COLOUR = """
UPDATE annotations_article SET published_on = CASE WHEN id %% 10 > 0 THEN date '2025-01-01' + (id * 7 %% 700)::int END;
UPDATE annotations_statement s SET
    folded = 'says that the army crossed the border ' || s.id
        || CASE WHEN s.id %% 5000 = 7 THEN ' zanzibar' ELSE '' END,
    act = CASE WHEN s.id %% 1000 = 3 THEN 'pledge' ELSE act END,
    said_on = CASE WHEN s.id %% 3 = 0 THEN date '2025-01-01' + (s.id * 11 %% 700)::int END,
    said_on_precision = CASE WHEN s.id %% 3 = 0 THEN 'day' ELSE '' END,
    article_day = coalesce(a.published_on, '0001-01-01')
FROM annotations_article a WHERE a.id = s.article_id;
UPDATE annotations_articlewords SET folded = folded
    || CASE WHEN article_id %% 250 = 7 THEN ' zanzibar' ELSE '' END;
"""
COPIED = ("article", "revision", "articlewords", "statement", "span", "placement", "attribution",
          "point", "response", "responseparty", "responsepoint")  # fmt: skip


def main() -> None:
    """Fill, ask, print: the pages as rows, the two numbers of statements as columns."""
    from newsroom import local_postgresql

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    options = parser.parse_args()
    with local_postgresql.server() as server:
        os.environ |= {
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "PYTHONPATH": str(ROOT),
            "DEBUG": "1",  # static files without collecting them
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "testserver",
        }
        fill = [sys.executable, str(ROOT / "bench" / "csv_export.py"), "--fill", "0", str(BASE)]
        subprocess.run(fill, check=True)  # noqa: S603  our own file
        import django

        django.setup()
        _run(COLOUR)
        few = _measure(1, options.small // BASE)
        many = _measure(options.small // BASE, options.large // BASE)
    print(f"{'page':28}{options.small:>12,}{options.large:>12,}  ratio")
    for page in PAGES:
        print(f"{page:28}{few[page]:9.1f} ms{many[page]:9.1f} ms  x {many[page] / few[page]:.2f}")


def _run(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, [])


def _copy(present: int, wanted: int) -> None:
    """Have `wanted` times the base rows, where they are there `present` times: keys shifted, uids new."""
    from django.apps import apps
    from django.db import connection

    models = [apps.get_model("annotations", name) for name in COPIED]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET session_replication_role = replica")  # whole copies: no key can dangle
        for model in models:
            columns, values = [], []
            for field in model._meta.local_concrete_fields:
                column = f"t.{connection.ops.quote_name(field.column)}"
                target = field.related_model or (model if field.primary_key else None)
                if field.name == "uid":
                    column = "gen_random_uuid()"
                elif target in models:
                    column = f"{column} + n * 10000000"
                columns.append(connection.ops.quote_name(field.column))
                values.append(column)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608  names of columns
                f"SELECT {', '.join(values)} FROM {model._meta.db_table} t, "
                f"generate_series(%s, %s) n WHERE t.{model._meta.pk.column} < 10000000",
                [present, wanted - 1],
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")


def _measure(present: int, wanted: int) -> dict[str, float]:
    """Milliseconds for each page, the median of `ROUNDS`, once the base rows are there `wanted` times."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from annotations.models import Actor, Statement

    _copy(present, wanted)
    editor, _ = User.objects.get_or_create(username="editor")
    editor.groups.add(Group.objects.get(name="editor"))
    client = Client()
    client.force_login(editor, backend="newsroom.accounts.Accounts")
    far = Statement.objects.order_by("id")[wanted * BASE // 10]
    actor = Actor.objects.order_by("id")[7]
    claim, answer = Statement.objects.order_by("id")[wanted * BASE // 2 :][:2]
    named = {"far": far, "actor": actor, "claim": claim, "answer": answer}
    uids = {name: record.uid for name, record in named.items()}
    asked = {page: path.format(**uids) for page, path in PAGES.items()}
    return {page: _milliseconds(client, path) for page, path in asked.items()}


def _milliseconds(client: object, path: str) -> float:
    from django.test import Client

    assert isinstance(client, Client)
    taken = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(path, headers={"HX-Request": "true"} if "/link/" in path else {})
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main()
