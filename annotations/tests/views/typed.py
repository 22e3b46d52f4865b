"""What the article page's forms send, and what its pages hold: for tests of the views."""

import json
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.forms.fields import SpansField, selections_of
from annotations.models import Actor, Article, Attribution, Statement
from annotations.models.response import Response
from annotations.permissions import EDITOR
from annotations.tests.factories import fresh, make_user, select

HTMX = {"HX-Request": "true"}
ABSENT = "00000000-0000-4000-8000-000000000000"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


def spans(*selections: Selection) -> str:
    """The selections as the page's script sends them."""
    return str(SpansField(roles=()).prepare_value(list(selections)))


def typed_statement(
    article: Article,
    words: str | Sequence[Selection],
    speaker: Actor | None,
    *,
    about: Sequence[Actor] = (),
    points: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """The statement form as an editor sends it: words, a speaker, whom it accuses, its points."""
    chosen = [select(article, words)] if isinstance(words, str) else list(words)
    actors = [("speaker", speaker), *(("about", actor) for actor in about)]
    typed = {
        "revision": article.revision.number,
        "spans": spans(*chosen),
        "form": "indirect",
        "act": "accusation",
        "parts-TOTAL_FORMS": len(actors),
        "parts-INITIAL_FORMS": 0,
        "points-TOTAL_FORMS": len(points),
        "points-INITIAL_FORMS": 0,
    }
    for number, (part, actor) in enumerate(actors):
        typed[f"parts-{number}-part"] = part
        typed[f"parts-{number}-actor"] = actor.uid if actor else ""
    for number, text in enumerate(points):
        typed[f"points-{number}-text"] = text
    return typed | more


def typed_change(statement: Statement, **more: Any) -> dict[str, Any]:
    """The statement form of a statement that is there, with nothing changed but what is given."""
    words = [
        Selection(span.role, place.start or 0, place.end or 0, place.exact, span.uid)
        for span in statement.live_spans()
        if (place := span.placement())
    ]
    speaker = statement.speakers()[0].actor
    typed = typed_statement(statement.article, words, speaker, about=statement.accused())
    return typed | {"version": statement.version, "act": statement.act} | more


def typed_response(
    response: Statement, link: Response | None = None, **more: Any
) -> dict[str, Any]:
    """The response form: the statement denies the claim."""
    typed = {"response": response.uid, "relation": "denies", "link_basis": "same_article"}
    return typed | ({"version": link.version} if link else {}) | more


def revised_by_another(statement: Statement, gist: str) -> None:
    """Another editor gives the statement this gist."""
    other = make_user(EDITOR, username="Farida")
    revise(
        user=other,
        statement=statement,
        version=fresh(statement).version,
        details=StatementDetails(form="indirect", act="accusation", gist=gist),
        parts=[_as_it_is(row) for row in fresh(statement).live_attributions()],
        points=[PointInput(point.text, point.uid) for point in fresh(statement).live_points()],
        selections=selections_of(fresh(statement).live_spans()),
        revision_number=1,
    )


def _as_it_is(row: Attribution) -> PartInput:
    return PartInput(
        part=row.part,
        actor=row.actor,
        as_printed=row.as_printed,
        title_as_printed=row.title_as_printed,
        speaker_basis=row.speaker_basis,
        uid=row.uid,
    )


def json_spans(*rows: dict[str, Any]) -> str:
    """Spans as anybody can send them."""
    return json.dumps(rows)


class _Reader(HTMLParser):
    """The text inside one element, and the ids and classes in the page."""

    def __init__(self, attribute: str) -> None:
        super().__init__(convert_charrefs=True)
        self.attribute = attribute
        self.depth = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth and tag not in VOID:
            self.depth += 1
        elif not self.depth and self.attribute in dict(attrs):
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def text_content(response: HttpResponseBase, attribute: str = "data-article-text") -> str:
    """The textContent of the element that has this attribute."""
    reader = _Reader(attribute)
    reader.feed(getattr(response, "content", b"").decode())
    reader.close()
    return reader.text
