"""What the statement form is filled with for words just selected: guesses from the text, actors to choose from."""

import uuid
from typing import Any

from annotations.anchoring.fold import fold
from annotations.editing.place import Selection
from annotations.forms.fields import PartialDate
from annotations.forms.statement import StatementForms
from annotations.models import Actor, ActorAlias, Article, Attribution, Statement
from annotations.permissions import User
from annotations.suggestions.names import name_candidates
from annotations.suggestions.statement import Piece, Suggestion, suggest
from annotations.views.chosen import Chosen

MOST_OFFERED = 8


def guess(article: Article, chosen: Chosen, user: User) -> dict[str, Any]:
    """Initial data for the statement forms: the words chosen and what their text suggests about them."""
    revision, words = chosen.revision, chosen.words
    if words is None:
        return {
            "form": {"revision": revision.number, "spans": [], "made_as": uuid.uuid4()},
            "parts": _blank_parts(),
            "points": [],
        }
    suggestion = suggest(revision.text, words.start, words.end)
    spans = [Selection("content", words.start, words.end, words.exact)]
    spans += [Selection(role, p.start, p.end, p.exact) for role, p in _pieces(suggestion)]
    return {
        "form": {
            "revision": revision.number,
            "spans": spans,
            "made_as": uuid.uuid4(),
            "form": suggestion.form,
            "act": suggestion.act,
            "said_on": PartialDate(None, ""),
            "said_on_as_printed": suggestion.said_on_as_printed,
            "venue": suggestion.venue,
        },
        "parts": _parts(suggestion, _proposed(suggestion, article, user)),
        "points": [],
    }


def _pieces(suggestion: Suggestion) -> list[tuple[str, Piece]]:
    found = [("source", suggestion.source), ("cue", suggestion.cue)]
    return [(role, piece) for role, piece in found if piece]


def _blank_parts() -> list[dict[str, Any]]:
    return [{"part": "speaker"}, {"part": "about"}]


def _parts(suggestion: Suggestion, proposed: dict[str, Any]) -> list[dict[str, Any]]:
    speaker = {
        **proposed,
        "part": "speaker",
        "as_printed": suggestion.as_printed,
        "title_as_printed": suggestion.title_as_printed,
        "speaker_basis": suggestion.speaker_basis,
    }
    return [speaker, {"part": "about"}]


def _proposed(suggestion: Suggestion, article: Article, user: User) -> dict[str, Any]:
    """The speaker whom the printed words name beyond doubt, and how it is known; nothing where there is doubt."""
    printed, basis = fold(suggestion.as_printed), suggestion.speaker_basis
    if not printed or basis == Attribution.Basis.PRONOUN:
        return {}
    found = {actor.resolved_id: actor.resolved for actor in _named_exactly([printed], user)}
    if not found and basis == Attribution.Basis.SURNAME_ONLY:
        speakers = {actor.resolved_id: actor.resolved for actor in _speakers_in(article, user)}
        found = {k: a for k, a in speakers.items() if fold(a.name).split()[-1:] == [printed]}
    if len(found) != 1:
        return {}
    (actor,) = found.values()
    known = dict(Attribution.Basis.choices).get(basis, "")
    return {"actor": actor.uid, "actor_name": actor.name, "proposed": known}


def offered_actors(article: Article, forms: StatementForms, user: User) -> list[dict[str, str]]:
    """Actors to choose from before anything is typed: those the source names, then the article's speakers."""
    sources = [chosen.exact for chosen in forms.chosen() if chosen.role == "source"]
    names = [fold(name) for source in sources for name in name_candidates(source)]
    found = list(_named_exactly(names, user)) + list(_speakers_in(article, user))
    offered = {actor.resolved_id: actor.resolved for actor in found}
    return [
        {"uid": str(actor.uid), "name": actor.name, "kind": actor.get_kind_display()}
        for actor in list(offered.values())[:MOST_OFFERED]
    ]


def _named_exactly(folded: list[str], user: User) -> list[Actor]:
    if not folded:
        return []
    aliases = ActorAlias.objects.filter(folded__in=folded, withdrawn_at__isnull=True).values(
        "actor"
    )
    visible = Actor.objects.visible_to(user).select_related("merged_into")
    found = {*visible.filter(folded__in=folded), *visible.filter(pk__in=aliases)}
    return sorted(found, key=lambda actor: (actor.kind != Actor.Kind.PERSON, actor.pk))


def _speakers_in(article: Article, user: User) -> list[Actor]:
    """The article's speakers, those of the statements recorded last first."""
    statements = Statement.objects.visible_to(user).live().filter(article=article)
    rows = Attribution.objects.filter(
        statement__in=statements, part=Attribution.Kind.SPEAKER, withdrawn_at__isnull=True
    ).select_related("actor__merged_into")
    return [row.actor for row in rows.order_by("-statement_id")[:40]]
