"""The two others that the bench `article_page` looks at, each served on this machine only."""

import functools
import http.server
import json
import os
import secrets
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.article_made import Made
from bench.article_sites import LOOPBACK, Missing, Site, free_port, running, wait_for

RECOGITO_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A long article</title>
<link rel="stylesheet" href="node_modules/@recogito/text-annotator/dist/text-annotator.css">
<link rel="stylesheet" href="page.css">
<script>globalThis.process = { env: { NODE_ENV: "production" } }; // its file asks for it</script>
<script src="node_modules/@recogito/text-annotator/dist/text-annotator.umd.js" defer></script>
<script src="page.js" defer></script></head>
<body><h1>A long article</h1><div id="content">%s</div>
<div id="toolbar" role="toolbar" hidden><button>New statement</button></div></body></html>
"""
RECOGITO_LIST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Articles</title>
<link rel="stylesheet" href="page.css"></head>
<body><h1>Articles</h1><p><a href="index.html">A long article</a></p></body></html>
"""
RECOGITO_STYLE = """
body { margin: 2rem auto; max-width: 40rem; font: 1.125rem / 1.65 Georgia, serif; }
p { margin: 0 0 1.65em; }
#toolbar { position: fixed; padding: 0.5rem; border: 1px solid; background: Canvas; }
[hidden] { display: none; }
"""
# Its quick start, with the style function that its documentation gives for what is hovered; the toolbar is
# put beside the words when it tells of a selection.
RECOGITO_SCRIPT = """
const anno = RecogitoJS.createTextAnnotator(document.getElementById("content"), {
  style: (annotation, state) => ({ fill: "rgb(255, 200, 0)", fillOpacity: state.hovered ? 0.5 : 0.25 }),
});
globalThis.anno = anno;
anno.loadAnnotations("annotations.json");
const toolbar = document.getElementById("toolbar");
anno.on("selectionChanged", (chosen) => {
  toolbar.hidden = !chosen.length;
  if (toolbar.hidden) return;
  const box = chosen[0].target.selector[0].range.getBoundingClientRect();
  toolbar.style.left = `${box.left}px`;
  toolbar.style.top = `${box.bottom}px`;
});
"""


@contextmanager
def recogito(folder: Path, document: Made) -> Iterator[Site]:
    """Its plain JavaScript, from files; it has no server that keeps anything."""
    package = folder / "node_modules" / "@recogito" / "text-annotator"
    if not package.is_dir():
        raise Missing("@recogito/text-annotator is not in the folder")
    version = json.loads((package / "package.json").read_text())["version"]
    paragraphs = document.text.split("\n\n")
    content = "\n\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    (folder / "index.html").write_text(RECOGITO_PAGE % content)
    (folder / "list.html").write_text(RECOGITO_LIST)
    (folder / "page.css").write_text(RECOGITO_STYLE)
    (folder / "page.js").write_text(RECOGITO_SCRIPT)
    annotations = [
        {
            "id": f"made-{n}",
            "bodies": [],
            "target": {
                "annotation": f"made-{n}",
                "selector": [{"quote": document.text[start:end], "start": start, "end": end}],
            },
        }
        for n, (start, end) in enumerate(document.spans)
    ]
    (folder / "annotations.json").write_text(json.dumps(annotations))
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://{LOOPBACK}:{server.server_port}"
        yield Site("recogito", f"Recogito {version}", f"{url}/index.html", f"{url}/list.html")
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def doccano(folder: Path, scratch: Path, document: Made, workers: int) -> Iterator[Site]:
    """A sequence labelling project with the text, its spans and its relations, sent through its API."""
    python = folder / "doccano" / "bin" / "python"
    if not python.exists():
        raise Missing("there is no virtual environment called doccano in the folder")
    asked = (
        "import importlib.metadata as m, backend; print(m.version('doccano'), backend.__path__[0])"
    )
    told = subprocess.run(  # noqa: S603
        [python, "-c", asked], check=False, capture_output=True, text=True
    )
    if told.returncode:
        raise Missing(f"it cannot be imported: {told.stderr.strip().splitlines()[-1]}")
    version, package = told.stdout.split()
    environment = {
        "STANDALONE": "True",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": f"sqlite:///{scratch}/doccano.sqlite3",
        "DOCCANO_HOME": str(scratch),
        "MEDIA_ROOT": str(scratch / "media"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": package,
    }
    create = ["createuser", "--username", "editor", "--password", "password"]
    for arguments in (["init"], create):
        done = subprocess.run(  # noqa: S603
            [str(python), "-m", "backend.cli", *arguments],
            cwd=scratch, env=os.environ | environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise Missing(f"`doccano {arguments[0]}` fails: {done.stderr.strip().splitlines()[-1]}")
    port = free_port()
    url = f"http://{LOOPBACK}:{port}"
    # As `doccano webserver` starts it, but on this machine only: that listens to the whole network.
    serve = [str(python), "-m", "gunicorn", "--chdir", package, "--bind", f"{LOOPBACK}:{port}"]
    serve += ["--workers", str(workers), "config.wsgi"]
    log = scratch / "doccano.log"
    with running(serve, scratch, environment, log):
        wait_for(url, log)
        asking = _Asking(url)
        project = _fill_doccano(asking, document)
        cookies = [
            {"name": name, "value": value, "url": url} for name, value in asking.cookies.items()
        ]
        at = f"{url}/projects/{project}"
        page, before = f"{at}/sequence-labeling?page=1", f"{at}/dataset"
        yield Site("doccano", f"doccano {version}", page, before, cookies)


class _Asking:
    """Doccano's API, signed in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = ""
        self.cookies: dict[str, str] = {}
        signed_in = self.post("auth/login/", {"username": "editor", "password": "password"})
        self.token = signed_in["key"]

    def post(self, path: str, sent: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Token {self.token}"
        request = urllib.request.Request(  # noqa: S310  on this machine
            f"{self.url}/v1/{path}", json.dumps(sent).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return json.loads(answer.read())


def _fill_doccano(asking: _Asking, document: Made) -> int:
    project = asking.post(
        "projects",
        {
            "name": "bench", "description": "bench", "guideline": "", "tags": [],
            "project_type": "SequenceLabeling", "resourcetype": "SequenceLabelingProject",
            "allow_overlapping": True, "use_relation": True, "grapheme_mode": False,
            "collaborative_annotation": False, "random_order": False,
        },
    )["id"]  # fmt: skip
    at = f"projects/{project}"
    colours = {"claim": "#a15c00", "denial": "#00639b"}
    kinds = [
        asking.post(
            f"{at}/span-types",
            {"text": text, "background_color": colour, "text_color": "#ffffff", "suffix_key": text[0]},
        )["id"]
        for text, colour in colours.items()
    ]  # fmt: skip
    denies = asking.post(
        f"{at}/relation-types",
        {"text": "denies", "background_color": "#555555", "text_color": "#ffffff"},
    )["id"]
    example = asking.post(f"{at}/examples", {"text": document.text})["id"]
    spans = [
        asking.post(
            f"{at}/examples/{example}/spans",
            {"start_offset": start, "end_offset": end, "label": kinds[n % 2]},
        )["id"]
        for n, (start, end) in enumerate(document.spans)
    ]
    for claim, answer in document.pairs:
        asking.post(
            f"{at}/examples/{example}/relations",
            {"from_id": spans[claim], "to_id": spans[answer], "type": denies},
        )
    return int(project)
