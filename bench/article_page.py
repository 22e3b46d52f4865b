"""The article page beside two others: how soon an editor sees what the hand did, as ratios of one run.

The same made-up text of 100 KB with 1,000 highlights, 200 pairs of them linked, in this project as operators
run it, in Recogito's text-annotator and in doccano, each in the same Chromium, its files in the cache. Peers
are installed into a folder of their own; what is not there is reported as not there:

    npm install --prefix FOLDER @recogito/text-annotator
    python3 -m venv FOLDER/doccano
    FOLDER/doccano/bin/pip install doccano 'marshmallow<4' 'numpy<2' 'setuptools<81'
    python -m bench.article_page FOLDER [--rounds 15] [--only ours recogito doccano]

Milliseconds run from the browser's stamp on the act (or from the start of the navigation) to the end of the
first frame that shows the outcome. Rounds are taken in turn; the first is not counted.

The article is opened as its users open it, by its address: from another page of the site, and from a page of
another site (a mail's, a search's), for which the browser starts a process of its own in all three. In a blank
window it keeps the one that it has, but for ours, whose answer says that the page shares none with others
(Cross-Origin-Opener-Policy): that is told apart.

Where the three differ:
- Saving is one round trip to the server here (an editor's Enter in the open form); in doccano a click on a
  label, then three round trips; Recogito has no server and draws a highlight as the mouse is let go. "On its
  way" is the frame in which the words stand as a highlight that is being saved, which is what Recogito's is.
- Partners: here the highlight and what it is linked to. Doccano shows the two ends where the line between
  them is hovered. Recogito knows no links: what is timed is its own hovered highlight.
- All highlights: here all 1,000 are in the page; the others draw those in the window once they have all.
"""

import argparse
import math
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench import article_peers, article_sites
from bench.article_made import HIGHLIGHTS, PAIRS, SEED, Made, made
from bench.article_sites import Missing, Site
from newsroom import local_chromium

WINDOW = {"width": 1280, "height": 800}
A_DRAG = (
    350  # milliseconds: quicker ones are clicks to Recogito, which then waits for up to 50 more
)
IDLE = 500  # milliseconds after which the page before is done
WORKERS = 2  # of each server: one editor works in it
MEASURES = {
    "first": "first content painted",
    "elsewhere": "first content, from another site",
    "alone": "first content in a blank window",
    "loaded": "all highlights painted",
    "toolbar": "selection to toolbar",
    "pending": "save to highlight on its way",
    "saved": "save to highlight kept",
    "partners": "hover to partners shown",
}
COUNTERPART = {
    "pending": {"recogito": "saved"}
}  # a highlight that no server keeps is on its way at most
CANNOT = {("saved", "recogito"): "no server", ("pending", "doccano"): "cannot"}
Times = dict[str, dict[str, list[float]]]


def main() -> None:
    """Install nothing, start all that is there, measure in turn, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", nargs="*", default=["ours", "recogito", "doccano"])
    options = parser.parse_args()
    document = made()
    print(
        f"seed {SEED}; {len(document.text):,} characters, {HIGHLIGHTS:,} highlights, {PAIRS} pairs;"
        f" {options.rounds} rounds in turn, window {WINDOW['width']} x {WINDOW['height']}"
    )
    with ExitStack() as stack:
        sites = list(_sites(options.folder.resolve(), document, options.only, stack))
        times = _measure(sites, document, min(options.rounds, len(document.free) - 1))
    _report(sites, times)


def _sites(folder: Path, document: Made, only: list[str], stack: ExitStack) -> Iterator[Site]:
    for name in only:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
        try:
            yield stack.enter_context(_made(name, folder, scratch, document))
        except Missing as reason:
            print(f"{name}: not installed: {reason}")


def _made(name: str, folder: Path, scratch: Path, document: Made) -> AbstractContextManager[Site]:
    if name == "ours":
        return article_sites.ours(scratch, WORKERS)
    if name == "recogito":
        return article_peers.recogito(folder, document)
    return article_peers.doccano(folder, scratch, document, WORKERS)


def _measure(sites: list[Site], document: Made, rounds: int) -> Times:
    times: Times = defaultdict(lambda: defaultdict(list))
    chromium = local_chromium.provide()
    with sync_playwright() as playwright, article_sites.another_site() as another:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable,
            args=["--no-sandbox"],
            env={**chromium.environment},
        )
        contexts = {}
        for site in sites:
            contexts[site.name] = context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
            script = Path(__file__).with_suffix(".js").read_text()
            given = f"const SITE = {site.name!r}, NUMBER = {HIGHLIGHTS};\n{script}"
            context.add_init_script(f"(() => {{{given}}})()")
            context.add_cookies(site.cookies)  # type: ignore[arg-type]
        for number in range(rounds + 1):
            turned = sites[number % len(sites) :] + sites[: number % len(sites)]
            for site in turned:
                found = _round(contexts[site.name], site, document, number, another)
                for name, value in found.items() if number else ():
                    times[name][site.name].append(value)
            print(".", end="", file=sys.stderr, flush=True)
        browser.close()
    print(file=sys.stderr)
    return times


def _round(
    context: BrowserContext, site: Site, document: Made, number: int, another: str
) -> dict[str, float]:
    """A page opened anew: looked at, hovered, selected in, saved in."""
    alone = _opened(context, site.url)["first"]
    elsewhere = _opened(context, site.url, before=another)["first"]
    with _page(context) as page:
        page.goto(site.before)
        page.wait_for_timeout(IDLE)
        page.goto(site.url)
        found: dict[str, float] = page.evaluate("() => probe.opened()")
        found |= {"alone": alone, "elsewhere": elsewhere}
        _settle(page)
        found["partners"] = statistics.median(_hovered(page, document, n) for n in range(3))
        found |= _selected(page, site, document.free[number])
    return found


def _opened(context: BrowserContext, address: str, before: str = "") -> dict[str, float]:
    """What is timed of the opening alone, in a window of its own that may show another page before."""
    with _page(context) as page:
        if before:
            page.goto(before)
            page.wait_for_timeout(IDLE)
        page.goto(address)
        found: dict[str, float] = page.evaluate("() => probe.opened()")
        return found


@contextmanager
def _page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    try:
        yield page
    finally:
        page.close(run_before_unload=False)


def _settle(page: Page) -> None:
    """Until the page has its scripts and is idle: nothing of its start is on an act's account."""
    page.evaluate("""async () => {
      while (!probe.site.settled()) await new Promise((done) => setTimeout(done, 20));
      await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
    }""")
    page.wait_for_timeout(150)


def _hovered(page: Page, document: Made, index: int) -> float:
    """Over the first highlight of a pair, from words that have none."""
    left, _right, middle = page.evaluate("(word) => probe.word(word)", document.free[-1])
    page.mouse.move(left, middle)
    page.wait_for_timeout(300)
    start, _end = document.spans[document.pairs[index][0]]
    x, y = page.evaluate("([start, index]) => probe.site.spot(start, index)", [start, index])
    page.evaluate("() => probe.arm(['partners'], 'mousemove')")
    page.mouse.move(x, y)
    value: float = page.evaluate("() => probe.done")["partners"]
    page.mouse.move(left, middle)
    page.wait_for_timeout(300)
    return value


def _selected(page: Page, site: Site, word: str) -> dict[str, float]:
    """A word dragged over; then saved in the site's own way, where it has one."""
    drawn = ["toolbar", "saved"] if site.name == "recogito" else ["toolbar"]
    left, right, middle = page.evaluate("(word) => probe.word(word)", word)
    page.mouse.move(left, middle)
    page.evaluate("(names) => probe.arm(names, 'mouseup')", drawn)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.wait_for_timeout(A_DRAG)
    page.mouse.move(right, middle)
    page.mouse.up()
    found: dict[str, float] = page.evaluate("() => probe.done")
    _settle(page)
    if site.name == "ours":
        found |= _saved_here(page)
    if site.name == "doccano":
        page.evaluate("() => probe.arm(['saved'], 'mouseup')")
        menu = page.locator(".v-menu__content.menuable__content__active")
        menu.get_by_text("claim", exact=True).first.click()
        found |= page.evaluate("() => probe.done")
    return found


def _saved_here(page: Page) -> dict[str, float]:
    """The form for a new statement is opened and a speaker named; Enter saves it."""
    page.keyboard.press("Enter")
    speaker = page.get_by_role("combobox", name="Who said it?").first
    speaker.wait_for()
    page.wait_for_timeout(100)
    speaker.fill("Speaker 7")
    page.get_by_role("listbox", name="Actors").get_by_role("option").first.wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    _settle(page)
    page.evaluate("() => probe.arm(['pending', 'saved'], 'keydown', 'Enter')")
    page.keyboard.press("Enter")
    found: dict[str, float] = page.evaluate("() => probe.done")
    return found


def _report(sites: list[Site], times: Times) -> None:
    """A line for each measure: median and fastest of each site, and ours by the better of the others."""
    print(
        f"{'milliseconds, median (fastest)':32}"
        + "".join(f"{s.title:>22}" for s in sites)
        + "   ratio"
    )
    for name, words in MEASURES.items():
        taken = {site.name: _taken(name, site.name, times) for site in sites}
        line = f"{words:32}"
        for site in sites:
            told = CANNOT.get((name, site.name), "never")
            values = [value for value in taken[site.name] if not math.isnan(value)]
            if values:
                told = f"{statistics.median(values):.1f} ({min(values):.1f})"
            line += f"{told:>22}"
        print(line + _ratio(taken))
    print(
        "ratio: ours by the better of the others, round by round: the median; in brackets of the fastest."
    )


def _taken(name: str, site: str, times: Times) -> list[float]:
    if (name, site) in CANNOT:
        return []
    return times[COUNTERPART.get(name, {}).get(site, name)][site]


def _ratio(taken: dict[str, list[float]]) -> str:
    own, others = taken.get("ours", []), [v for n, v in taken.items() if n != "ours" and v]
    if not own or not others:
        return ""
    better = min(others, key=statistics.median)
    pairs = [(a, b) for a, b in zip(own, better, strict=False) if not math.isnan(a + b)]
    fastest = min(a for a, _ in pairs) / min(b for _, b in pairs)
    return f"   {statistics.median(a / b for a, b in pairs):.2f} ({fastest:.2f})"


if __name__ == "__main__":
    main()
