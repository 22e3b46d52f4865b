"""The static files as they are served: names with hashes, compressed, and one style sheet in place of thirty."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "annotations/css/main.css"
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>\w+)\);')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """What the style sheet imports is put into it when the files are collected.

    A page shows nothing until all of them are there; the sources stay one component a file.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        if SHEET in paths and not dry_run:
            self._put_together(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _put_together(self, paths: dict[str, Any]) -> None:
        folder = SHEET.rpartition("/")[0]

        def imported(found: re.Match[str]) -> str:
            component = self._read(paths, f"{folder}/{found['name']}")
            return f"@layer {found['layer']} {{\n{component}}}\n"

        whole = IMPORT.sub(imported, self._read(paths, SHEET))
        self.delete(SHEET)
        self.save(SHEET, ContentFile(whole.encode()))
        paths[SHEET] = (self, SHEET)

    def _read(self, paths: dict[str, Any], name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())
