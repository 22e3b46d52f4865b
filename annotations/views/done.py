"""What was done on each article's page in this session, in order: what Undo takes back and Redo does again."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from annotations.editing.change import noted, noting
from annotations.editing.undo import UNDOABLE, UNDOING
from annotations.models import Article
from annotations.models.history import Verb

KEY = "done"
MOST = 200  # acts kept for an article
ARTICLES = 10  # articles kept: those in which something was done last


def note_changes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: each view may ask which changes its request made."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        with noting():
            return get_response(request)

    return handle


@dataclass(frozen=True)
class Act:
    """A change that can be taken back, by its id, and what was done at first: that is what it is called."""

    change: uuid.UUID
    verb: Verb

    @property
    def words(self) -> str:
        return str(self.verb.label)


@dataclass
class Done:
    """What was done in an article, and what of it was undone since; the last one last."""

    undo: list[Act] = field(default_factory=list)
    redo: list[Act] = field(default_factory=list)

    @property
    def undoes(self) -> Act | None:
        return self.undo[-1] if self.undo else None

    @property
    def redoes(self) -> Act | None:
        return self.redo[-1] if self.redo else None


def done_in(request: HttpRequest, article: Article) -> Done:
    """What Undo and Redo offer on the article's page."""
    return _read(request.session.get(KEY, {}).get(article.uid.hex))


def remember(request: HttpRequest, article: Article) -> Done:
    """What this request did belongs to the article's page from now on; what was undone there is past."""
    return _keep(request, article, _acts_of(request))


def offer_undo(request: HttpRequest, article: Article, said: str) -> None:
    """A message of what was done, with a button that undoes it; without one where nothing was written."""
    acts = _acts_of(request)
    _keep(request, article, acts)
    undo = reverse("article_undo", args=[article.uid])
    messages.success(request, said, extra_tags=f"{undo}?change={acts[-1].change}" if acts else "")


def _acts_of(request: HttpRequest) -> list[Act]:
    """What this request did since this was last asked."""
    return [
        Act(change.id, change.verb)
        for change in noted()
        if change.verb in UNDOABLE - set(UNDOING) and change.user.pk == request.user.pk
    ]


def _keep(request: HttpRequest, article: Article, acts: list[Act]) -> Done:
    if not acts:
        return done_in(request, article)
    with held(request, article) as done:
        done.undo = [*done.undo, *acts][-MOST:]
        done.redo = []
    return done


@contextmanager
def held(request: HttpRequest, article: Article) -> Iterator[Done]:
    """What was done in the article, to be changed; kept at the end.

    The session's row is held meanwhile, read anew and written at once: two windows of one session
    that act at the same moment lose nothing of each other's. Stored whole, whatever else this request
    changed in it: a second save at the request's end, outside the lock, would undo the other's.
    """
    session = request.session
    was_modified = session.modified
    with transaction.atomic():
        rows = Session.objects.select_for_update().filter(session_key=session.session_key)
        row = rows.first()
        kept = dict((row.get_decoded() if row else session).get(KEY, {}))
        done = _read(kept.pop(article.uid.hex, None))
        yield done
        kept[article.uid.hex] = [_stored(done.undo), _stored(done.redo)]
        session[KEY] = dict(list(kept.items())[-ARTICLES:])
        session.modified = was_modified
        with suppress(UpdateError):  # signed out in another window: nothing is kept any more
            session.save()
            session.modified = False


def _stored(acts: list[Act]) -> list[list[str]]:
    return [[act.change.hex, act.verb.value] for act in acts]


def _read(stored: list[list[list[str]]] | None) -> Done:
    undo, redo = stored or ([], [])
    return Done(_acts(undo), _acts(redo))


def _acts(stored: list[list[str]]) -> list[Act]:
    return [Act(uuid.UUID(key), Verb(verb)) for key, verb in stored]
