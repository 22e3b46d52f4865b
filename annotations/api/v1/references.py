"""Records that a request names: by uid, an actor by name too. Each is looked up once a request."""

from typing import Any

from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from annotations.api.v1.fields import Uid
from annotations.api.v1.problems import wrong_field
from annotations.models import Actor

SHOWN = 10  # actors that may be meant, told in a refusal


@extend_schema_field(OpenApiTypes.UUID)
class Existing(Uid):
    """A record of this model that the user sees, by its uid."""

    default_error_messages = {"does_not_exist": "There is none of this uid."}

    def __init__(self, model: type[models.Model], **options: Any) -> None:
        super().__init__(**options)
        self.model = model

    def to_internal_value(self, data: Any) -> Any:
        uid = super().to_internal_value(data)
        context: Any = self.context
        known: dict[Any, Any] = context.setdefault("known", {})
        if (self.model, uid) not in known:
            rows: Any = self.model._default_manager
            visible = rows.visible_to(context["request"].user)
            known[self.model, uid] = visible.filter(uid=uid).first()
        found = known[self.model, uid]
        if found is None:
            self.fail("does_not_exist")
        return found


def actor_called(name: str, context: dict[str, Any], at: tuple[str | int, ...]) -> Actor:
    """The one actor of exactly this name or other name, letter variants aside.

    Refused (422) where there is none, or several: it lists them.
    """
    named: dict[str, list[Actor]] = context.setdefault("named", {})
    if name not in named:
        actors = Actor.objects.visible_to(context["request"].user)
        named[name] = list(actors.exactly_named(name)[: SHOWN + 1])
    found = list({actor.resolved_id: actor.resolved for actor in named[name]}.values())
    if len(found) == 1:
        return found[0]
    if not found:
        raise wrong_field(at, "No actor is called so. Create it first.", "does_not_exist")
    listed = [{"uid": str(a.uid), "name": a.name, "kind": a.kind} for a in found[:SHOWN]]
    raise wrong_field(
        at, "Several actors are called so: name one by its uid.", "several", actors=listed
    )


def uid_of(record: Any) -> str | None:
    """The record's uid as a request gives it; None for none."""
    return str(record.uid) if record else None
