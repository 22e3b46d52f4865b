"""The last step of a link: one key or click says how the statement answers. What is guessed for it stands there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from annotations.forms.response import ResponseForm
from annotations.models import Article, Post, Relation, Response, Restatement, Statement
from annotations.models.article import EARLIEST
from annotations.models.response import GROUPS
from annotations.permissions import User
from annotations.views.desk import Step
from annotations.views.done import offer_undo
from annotations.views.pick import (
    OTHER,
    QUESTIONS,
    address_of_choice,
    other_is_of,
    other_statement,
)

KEYS = dict(zip(Relation, "123456789acsqmydfp", strict=True))
GROUP_WORDS = {
    "deny": pgettext_lazy("relations", "Deny"),
    "counter": pgettext_lazy("relations", "Counter"),
    "accept": pgettext_lazy("relations", "Accept"),
    "support": pgettext_lazy("relations", "Support"),
    "neutral": pgettext_lazy("relations", "Neutral"),
    "prior": pgettext_lazy("relations", "Prior"),
}
SCOPES = (
    (Restatement.Scope.WHOLE, gettext_lazy("The whole of it"), "1"),
    (Restatement.Scope.PART, gettext_lazy("A part of it"), "2"),
)


@dataclass(frozen=True)
class PendingLink:
    """A statement that one which is not recorded yet will be linked with, and as what that one will be."""

    kept: Statement
    other_is: str


@dataclass(frozen=True)
class Choice:
    """One button of the step, with its key."""

    value: str
    label: str
    key: str


def pending_link(request: HttpRequest) -> PendingLink | None:
    """What ?link= and ?other_is= name; None where they name nothing, 404 for what is not there."""
    uid = request.POST.get("link") or request.GET.get("link")
    if not uid:
        return None
    kept = other_statement(request, "link")
    return PendingLink(kept, other_is_of(request, tuple(QUESTIONS)))


def step_of(kept: Statement, other: Statement, other_is: str, article: Article, user: User) -> Step:
    """For a statement and the `other` that was chosen for it, as its response, claim, by or of.

    Another click still chooses another one: `again` is where that leads.
    """
    again = address_of_choice(kept, other_is, article)
    context = {
        "kept": kept,
        "other": other,
        "other_is": other_is,
        "again": again,
        "statement": kept if kept.article_id == article.pk else other,
    }
    first, second = (kept, other) if other_is in ("response", "by") else (other, kept)
    if other_is in ("response", "claim"):
        template, more = "_link_step", _answering(first, second, article, user)
    else:
        template, more = "_restate_step", {"of": first, "by": second, "scopes": scope_choices()}
    address = again.replace(OTHER, str(other.uid))
    return Step(f"annotations/partials/{template}.html", context | more, address)


def _answering(
    claim: Statement, response: Statement, article: Article, user: User
) -> dict[str, Any]:
    initial = guessed(claim, response, user) | {"revision": article.revision.number}
    return {
        "form": ResponseForm(claim, initial=initial),
        "claim": claim,
        "response": response,
        "relations": relation_choices(),
    }


def relation_choices() -> list[tuple[str, list[Choice]]]:
    """Every relation, in its group."""
    return [
        (
            str(GROUP_WORDS[group]),
            [Choice(each.value, str(each.label), KEYS[each]) for each in relations],
        )
        for group, relations in GROUPS.items()
    ]


def scope_choices() -> list[Choice]:
    """How much is said again."""
    return [Choice(value, str(label), key) for value, label, key in SCOPES]


def guessed(claim: Statement, response: Statement, user: User) -> dict[str, Any]:
    """What a link is filled with at first.

    Parties: the accused who speak in the response or for whom its speakers act; where it names nobody
    for whom they act, those in whom they held a post when they spoke. Empty where none is certain.
    """
    speakers = {row.actor.resolved_id for row in response.live_attributions("speaker")}
    acting_for = {row.actor.resolved_id for row in response.live_attributions("acting_for")}
    if not acting_for and speakers:
        acting_for = _held_by(speakers, response, user)
    same = claim.article_id == response.article_id
    return {
        "link_basis": "same_article" if same else "editor_inferred",
        "parties": [
            actor.uid for actor in claim.accused() if actor.resolved_id in speakers | acting_for
        ],
        "answers": [],
        "marker": [],
    }


def _held_by(speakers: set[int], response: Statement, user: User) -> set[int]:
    day = response.said_on or response.article_day
    posts = Post.objects.visible_to(user).live().of("holder", speakers)
    known = day if day != EARLIEST else None
    return {post.organisation.resolved_id for post in posts if post.was_held_on(known)}


def linked_words(link: Response) -> str:
    """That it was linked, in a sentence."""
    words = {
        "who": link.response.speakers_line(),
        "answers": link.get_relation_display(),
        "claim": Truncator(link.claim.quote()).chars(60),
    }
    if link.relation == Relation.STANDING_POSITION:
        return _("Linked: %(who)s has a standing position on “%(claim)s”.") % words
    return _("Linked: %(who)s %(answers)s “%(claim)s”.") % words


def restated_words(link: Restatement) -> str:
    """That it was recorded as said again, in a sentence."""
    words = {"who": link.by.speakers_line(), "claim": Truncator(link.of.quote()).chars(60)}
    if link.scope == Restatement.Scope.WHOLE:
        return _("Linked: %(who)s says “%(claim)s” again.") % words
    return _("Linked: %(who)s says a part of “%(claim)s” again.") % words


def tell(request: HttpRequest, link: Response | Restatement, said: str, article: Article) -> None:
    """A message with what was linked, a way to its details, and a button that undoes it."""
    edit = "response_edit" if isinstance(link, Response) else "restatement_edit"
    details = f"{reverse(edit, args=[link.uid])}?on={article.uid}"
    text = format_html(
        '{} <a href="{}" hx-get="{}" hx-target="#work">{}</a>', said, details, details, _("Details")
    )
    offer_undo(request, article, text)
