"""What the fields and the records are called, in the reader's language.

They stand here and not in the fields: a field's own name is part of the migrations, which would have to
alter every field of every table, and of its history, only to make its name translatable.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELDS: dict[str, Any] = {
    "version": pgettext_lazy("field", "version"),
    "created_at": pgettext_lazy("field", "created at"),
    "changed_at": pgettext_lazy("field", "changed at"),
    "name": pgettext_lazy("field", "name"),
    "kind": pgettext_lazy("field", "kind"),
    "wikidata": pgettext_lazy("field", "Wikidata item"),
    "note": pgettext_lazy("field", "note"),
    "merged_into": pgettext_lazy("field", "merged into"),
    "actor": pgettext_lazy("field", "actor"),
    "headline": pgettext_lazy("field", "headline"),
    "outlet": pgettext_lazy("field", "outlet"),
    "url": pgettext_lazy("field", "url"),
    "byline": pgettext_lazy("field", "byline"),
    "dateline": pgettext_lazy("field", "dateline"),
    "published_on": pgettext_lazy("field", "published on"),
    "language": pgettext_lazy("field", "language"),
    "created_by": pgettext_lazy("field", "created by"),
    "article": pgettext_lazy("field", "article"),
    "number": pgettext_lazy("field", "number"),
    "sha256": pgettext_lazy("field", "sha256"),
    "ordinal": pgettext_lazy("field", "ordinal"),
    "text": pgettext_lazy("field", "text"),
    "received_at": pgettext_lazy("field", "received at"),
    "received_by": pgettext_lazy("field", "received by"),
    "reason": pgettext_lazy("field", "reason"),
    "revision": pgettext_lazy("field", "revision"),
    "editor": pgettext_lazy("field", "editor"),
    "given_by": pgettext_lazy("field", "given by"),
    "taken_at": pgettext_lazy("field", "taken at"),
    "released_at": pgettext_lazy("field", "released at"),
    "released_by": pgettext_lazy("field", "released by"),
    "statement": pgettext_lazy("field", "statement"),
    "response": pgettext_lazy("field", "response"),
    "reply_record": pgettext_lazy("field", "reply record"),
    "role": pgettext_lazy("field", "role"),
    "state": pgettext_lazy("field", "state"),
    "part": pgettext_lazy("field", "part"),
    "as_printed": pgettext_lazy("field", "as printed"),
    "title_as_printed": pgettext_lazy("field", "title as printed"),
    "speaker_basis": pgettext_lazy("field", "speaker basis"),
    "review_reason": pgettext_lazy("field", "review reason"),
    "reviewed_by": pgettext_lazy("field", "reviewed by"),
    "reviewed_at": pgettext_lazy("field", "reviewed at"),
    "form": pgettext_lazy("field", "form"),
    "act": pgettext_lazy("field", "act"),
    "gist": pgettext_lazy("field", "gist"),
    "said_on": pgettext_lazy("field", "said on"),
    "said_on_precision": pgettext_lazy("field", "said on precision"),
    "said_on_as_printed": pgettext_lazy("field", "said on as printed"),
    "venue": pgettext_lazy("field", "venue"),
    "claim": pgettext_lazy("field", "claim"),
    "relation": pgettext_lazy("field", "relation"),
    "link_basis": pgettext_lazy("field", "link basis"),
    "party": pgettext_lazy("field", "party"),
    "point": pgettext_lazy("field", "point"),
    "scope": pgettext_lazy("field", "scope"),
    "holder": pgettext_lazy("field", "holder"),
    "title": pgettext_lazy("field", "title"),
    "organisation": pgettext_lazy("field", "organisation"),
    "since": pgettext_lazy("field", "since"),
    "until": pgettext_lazy("field", "until"),
    "status": pgettext_lazy("field", "status"),
    "as_of": pgettext_lazy("field", "as of"),
    "due_on": pgettext_lazy("field", "due on"),
    "claimant": pgettext_lazy("field", "claimant"),
    "claimant_as_printed": pgettext_lazy("field", "claimant as printed"),
    "attempted_at": pgettext_lazy("field", "attempted at"),
    "means": pgettext_lazy("field", "means"),
    "outcome": pgettext_lazy("field", "outcome"),
    "attempted_by": pgettext_lazy("field", "attempted by"),
    "owner": pgettext_lazy("field", "owner"),
    "starts": pgettext_lazy("field", "begins with"),
    "expires_at": pgettext_lazy("field", "expires at"),
    "last_used_at": pgettext_lazy("field", "last used at"),
    "revoked_at": pgettext_lazy("field", "revoked at"),
    "events": pgettext_lazy("field", "events"),
    "event": pgettext_lazy("field", "event"),
    "is_active": pgettext_lazy("field", "active"),
    "webhook": pgettext_lazy("field", "webhook"),
    "payload": pgettext_lazy("field", "what was sent"),
    "attempts": pgettext_lazy("field", "attempts"),
    "tried_at": pgettext_lazy("field", "tried at"),
    "next_attempt_at": pgettext_lazy("field", "next attempt at"),
    "answer_code": pgettext_lazy("field", "answer’s code"),
    "answer": pgettext_lazy("field", "what was answered"),
}
MODELS: dict[str, tuple[Any, Any]] = {  # one, several
    "Actor": (_("actor"), _("actors")),
    "ActorAlias": (_("actor alias"), _("actor aliases")),
    "Article": (_("article"), _("articles")),
    "Revision": (_("revision"), _("revisions")),
    "Zone": (_("zone"), _("zones")),
    "Assignment": (_("assignment"), _("assignments")),
    "Span": (_("span"), _("spans")),
    "Placement": (_("placement"), _("placements")),
    "Attribution": (_("attribution"), _("attributions")),
    "Point": (_("point"), _("points")),
    "Statement": (_("statement"), _("statements")),
    "Response": (_("response"), _("responses")),
    "ResponseParty": (_("response party"), _("response parties")),
    "ResponsePoint": (_("response point"), _("response points")),
    "Restatement": (_("restatement"), _("restatements")),
    "Post": (_("post"), _("posts")),
    "ReplyRecord": (_("reply record"), _("reply records")),
    "Token": (_("token"), _("tokens")),
    "Webhook": (_("webhook"), _("webhooks")),
    "Delivery": (_("delivery"), _("deliveries")),
    "ContactAttempt": (_("contact attempt"), _("contact attempts")),
}


def name_in_words(models: Iterable[type[Model]]) -> None:
    """Give the models and their fields these names."""
    for model in models:
        for field in model._meta.concrete_fields:
            field.verbose_name = FIELDS.get(field.name, field.verbose_name)
        if model.__name__ in MODELS:
            one, several = MODELS[model.__name__]
            model._meta.verbose_name, model._meta.verbose_name_plural = one, several
