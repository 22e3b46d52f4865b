"""What is small and becomes large is refused within two seconds and a hundred megabytes."""

import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Article, Upload
from annotations.permissions import EDITOR
from annotations.tests.factories import make_user
from annotations.tests.imports.made_files import BOMBS, bomb

MOST_SECONDS, MOST_MEMORY = 2, 100 * 1024 * 1024


@pytest.mark.long
@pytest.mark.parametrize("name", [*BOMBS, "page.gz"])
def test_a_bomb_costs_little_until_it_is_refused(name: str) -> None:
    asked = [sys.executable, "-m", "annotations.tests.imports.weigh", name]
    weighed = subprocess.run(
        asked, input=bomb(name), capture_output=True, check=True, cwd=settings.BASE_DIR
    )

    seconds, grown = weighed.stdout.decode().split()[-2:]

    assert float(seconds) <= MOST_SECONDS
    assert int(grown) <= MOST_MEMORY
    print(f"{name}: {len(bomb(name)):,} bytes, {seconds} s, {int(grown):,} more bytes of memory")


@pytest.mark.django_db
@pytest.mark.parametrize("name", BOMBS)
def test_its_page_answers_422_and_keeps_nothing(name: str, client: Client) -> None:
    client.force_login(make_user(EDITOR))
    kind = "feed" if name.endswith(".rss") else "articles"
    file = SimpleUploadedFile(name.replace(".rss", ".xml"), bomb(name))
    client.get(f"/imports/new/{kind}/")  # the page's templates are read once
    began = time.monotonic()

    answer = client.post(f"/imports/new/{kind}/", {"file": file})

    assert (answer.status_code, Upload.objects.exists(), Article.objects.exists()) == (
        422,
        False,
        False,
    )
    assert time.monotonic() - began <= MOST_SECONDS
