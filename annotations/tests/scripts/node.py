"""Runs a pure function of static/annotations/js/text in the Node that comes with Playwright."""

import json
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright._impl._driver import compute_driver_executable

SCRIPTS = Path(settings.BASE_DIR) / "static" / "annotations" / "js" / "text"
CALL = """
import { readFileSync } from "node:fs";
const [address, name, ...calls] = JSON.parse(readFileSync(0, "utf-8"));
const module = await import(address);
const plain = (value) => value instanceof Map ? [...value] : value ?? null;
console.log(JSON.stringify(calls.map((given) => plain(module[name](...given)))));
"""


def call(script: str, name: str, *calls: list[Any]) -> list[Any]:
    """What the function answers to each list of arguments, in one process."""
    node = compute_driver_executable()[0]
    asked = [(SCRIPTS / script).as_uri(), name, *calls]
    done = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "--eval", CALL],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers
