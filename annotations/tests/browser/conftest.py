"""Pages signed in to, and what the browser complains of while a test looks elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from annotations.permissions import EDITOR
from annotations.tests.factories import make_user

VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""
PASSWORD = "a long enough password"
SignedIn = Callable[..., Page]


# Each width and each theme once; the other two pairs are among the long tests.
in_each_look = pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", 390),
        ("dark", 1280),
        pytest.param("dark", 390, marks=pytest.mark.long),
        pytest.param("light", 1280, marks=pytest.mark.long),
    ],
)


class Complaints(list[str]):
    """What went wrong in the pages: in the console, in a script, with a request, against the CSP."""

    def listen(self, context: BrowserContext) -> None:
        context.add_init_script(VIOLATIONS)
        context.on("page", self.listen_to)

    def listen_to(self, page: Page) -> None:
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._failed(request.failure or "", request.url))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith("Failed to load resource"):
            self.append(f"{kind}: {text}")

    def _failed(self, failure: str, url: str) -> None:
        if failure != "net::ERR_ABORTED":  # by the script, when more was typed
            self.append(f"{failure}: {url}")

    # A page tells that it is left with the token it was made with: a sign-in elsewhere has made that old.
    def _answered(self, status: int, url: str) -> None:
        is_farewell = status == 403 and url.endswith("/here/")
        if status >= 400 and not is_farewell:
            self.append(f"{status} {url.partition('?')[0].split('/', 3)[-1]}")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Must be empty at the end; a test that means to go wrong clears them."""
    collected = Complaints()
    yield collected
    assert collected == []


@pytest.fixture
def user(live_server: LiveServer) -> User:
    """The editor who is signed in."""
    farida = make_user(EDITOR, username="farida")
    farida.set_password(PASSWORD)
    farida.save()
    return farida


class Contexts:
    """The browser's contexts, each given out again once it is emptied: a new one has an empty cache.

    A page is made of some hundred files; to fetch them took a third of the time of these tests. What cannot be
    emptied, as of scripts that a test adds (a clock is one), is closed.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.free: defaultdict[str, list[BrowserContext]] = defaultdict(list)
        self.changed: set[BrowserContext] = set()

    def take(self, **how: Any) -> BrowserContext:
        """A context made in this way, without cookies or anything stored."""
        free = self.free[repr(how)]
        return free.pop() if free else self._made(**how)

    def _made(self, **how: Any) -> BrowserContext:
        context = self.browser.new_context(base_url=self.url, **how)
        context.add_init_script(VIOLATIONS)
        return context

    def give_back(self, context: BrowserContext, **how: Any) -> None:
        """Empty it of pages and of all they kept but the cache; or close it."""
        if context in self.changed:
            self.changed.remove(context)
            context.close()
            return
        for page in context.pages:
            page.close()
        context.set_offline(False)
        context.clear_cookies()
        blank = context.new_page()
        tools = context.new_cdp_session(blank)
        tools.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": "all"})
        blank.close()
        self.free[repr(how)].append(context)


@pytest.fixture(scope="session")
def contexts(live_server: LiveServer, browser: Browser) -> Iterator[Contexts]:
    def cached(handler: StaticFilesHandler, request: HttpRequest) -> Any:
        answer = serve(handler, request)
        answer["Cache-Control"] = "max-age=86400, immutable"
        return answer

    serve = StaticFilesHandler.serve
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", cached)
        yield Contexts(browser, live_server.url)


@pytest.fixture
def signed_in(
    live_server: LiveServer, contexts: Contexts, complaints: Complaints
) -> Iterator[SignedIn]:
    """A new window of somebody who is signed in; further arguments are the browser's."""
    taken: list[tuple[BrowserContext, dict[str, Any]]] = []

    def open_window(user: User, **how: Any) -> Page:
        how.setdefault("viewport", {"width": 1280, "height": 800})
        context = contexts.take(**how)
        taken.append((context, how))
        context.on("page", complaints.listen_to)
        sign_in(context, user, live_server.url)
        return context.new_page()

    yield open_window
    for context, how in taken:
        context.remove_listener("page", complaints.listen_to)
        contexts.give_back(context, **how)


@pytest.fixture
def desk(signed_in: SignedIn, user: User) -> Page:
    """A window of the editor."""
    return signed_in(user)


@pytest.fixture
def clocked_desk(desk: Page, contexts: Contexts) -> Page:
    """A window of the editor whose clock the test sets."""
    contexts.changed.add(desk.context)
    desk.clock.install()
    return desk


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    """Give the context's windows a session of the user's."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
