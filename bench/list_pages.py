"""Whether the pages of the statements list cost the same however many statements there are.

    .venv/bin/python bench/list_pages.py [--small 10000] [--large 100000]

Fills a PostgreSQL of its own (see csv_export.py) and asks for each page through Django's test
client as an editor, the small and the large number in one run. Milliseconds are this machine's in
that minute; what can be carried elsewhere are the ratios, beside the one of a page that reads no
list, which tells how much faster or slower the machine itself became between the two.
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

ROUNDS = 9
PAGES = {
    "(no list: a form)": "/articles/new/",
    "first page": "/statements/",
    "far into the list": "/statements/?after={far}",
    "open claims": "/statements/?answered=open",
    "answered claims": "/statements/?answered=answered",
    "one actor": "/statements/?actor={actor}",
    "a common word": "/statements/?text=border",
    "a rare word": "/statements/?text=zanzibar",
    "a word nobody said": "/statements/?text=xylophone",
    "by article date": "/statements/?sort=published",
}
WORDS = """UPDATE annotations_statement SET folded = 'says that the army crossed the border '
    || id || CASE WHEN id %% 5000 = 7 THEN ' zanzibar' ELSE '' END"""


def main() -> None:
    """Fill, ask, print: the pages as rows, the two numbers of statements as columns."""
    from newsroom import local_postgresql

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
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
        few = _measure(0, options.small)
        many = _measure(options.small, options.large)
    print(f"{'page':24}{options.small:>12,}{options.large:>12,}  ratio")
    for page in PAGES:
        print(f"{page:24}{few[page]:9.1f} ms{many[page]:9.1f} ms  x {many[page] / few[page]:.2f}")


def _measure(present: int, wanted: int) -> dict[str, float]:
    """Milliseconds for each page, the median of `ROUNDS`, once the statements are `wanted`."""
    fill = [sys.executable, str(ROOT / "bench" / "csv_export.py"), "--fill"]
    subprocess.run([*fill, str(present), str(wanted)], check=True)  # noqa: S603  our own file
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.db import connection
    from django.test import Client

    from annotations.models import Actor, Statement

    with connection.cursor() as cursor:
        cursor.execute(WORDS, [])
        cursor.execute("VACUUM ANALYZE")
    editor, _ = User.objects.get_or_create(username="editor")
    editor.groups.add(Group.objects.get(name="editor"))
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    far = Statement.objects.order_by("id")[wanted // 10]
    actor = Actor.objects.order_by("id")[7]
    asked = {page: path.format(far=far.uid, actor=actor.uid) for page, path in PAGES.items()}
    return {page: _milliseconds(client, path) for page, path in asked.items()}


def _milliseconds(client: object, path: str) -> float:
    from django.test import Client

    assert isinstance(client, Client)
    taken = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main()
