"""The pieces that annotations are made of: targets in texts, bodies for actors and for terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from annotations import permissions
from annotations.exports import closed_sets
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.w3c.vocabulary import PART, PREFIX, term
from annotations.models import (
    Actor,
    Attribution,
    Placement,
    ReplyRecord,
    Response,
    Restatement,
    Revision,
    Span,
    Statement,
)
from annotations.models.review import Reviewed

Json = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """The addresses of what is annotated and linked; who made it is named to those who see all work."""

    site: str
    user: permissions.User

    def annotation(self, record: Reviewed, words: str = "") -> str:
        """Where the record's annotation is found; `words` names the role of those that have one of their own."""
        at = self.site + reverse("web_annotation", args=[record.uid])
        return f"{at}?words={words}" if words else at

    def page(self, record: Reviewed) -> str:
        """The page on which people read of it."""
        match record:
            case Response():
                return f"{self.page(record.claim)}#response-{record.uid}"
            case Restatement():
                return f"{self.page(record.of)}#restatement-{record.uid}"
            case ReplyRecord():
                return f"{self.page(record.claim)}#reply-{record.uid}"
            case Statement():
                return f"{self.site}{record.get_absolute_url()}"
            case _:
                raise TypeError(record)

    def text(self, revision: Revision) -> str:
        """The address of the text as received; the offsets count its code points."""
        return self.site + reverse("revision", args=[revision.article.uid, revision.number])

    def actor(self, actor: Actor) -> str:
        return f"{self.site}{actor.get_absolute_url()}"

    def creator(self, record: Reviewed) -> Json:
        """The account for those who see all work; for the others the newsroom."""
        if permissions.sees_everything(self.user):
            return {"type": "Person", "nickname": record.created_by.get_username()}
        return {"id": f"{self.site}/", "type": "Organization", "name": "Newsroom"}


def moment(time: datetime) -> str:
    """In UTC, to the second, with Z."""
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def nr(name: str) -> str:
    return f"{PREFIX}:{name}"


def place_of(span: Span) -> Placement | None:
    """Where it stands in the newest text in which it has a place."""
    placed = (place for place in span.placements.all() if place.start is not None)
    return max(placed, key=lambda place: place.revision.number, default=None)


def targets(spans: Iterable[Span], names: Names) -> list[Json]:
    """A target for each span; the pieces of a quote that is interrupted are several targets.

    Several selectors of one target would be alternatives by the Recommendation, not parts.
    """
    places = (place_of(span) for span in spans)
    return [_target(place, names) for place in places if place is not None]


def _target(place: Placement, names: Names) -> Json:
    quote = {"type": "TextQuoteSelector", "exact": place.exact}
    if place.prefix:
        quote["prefix"] = place.prefix
    if place.suffix:
        quote["suffix"] = place.suffix
    return {
        "type": "SpecificResource",
        "source": names.text(place.revision),
        "selector": [
            quote,
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
        ],
        "state": {"type": "TimeState", "sourceDate": moment(place.revision.received_at)},
    }


def words(value: str, purpose: str, **more: Any) -> Json:
    """A text as a body."""
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"} | {
        nr(name): each for name, each in more.items()
    }


def tag(closed_set: ClosedSet, value: str) -> Json:
    """A value of a closed set as a body: its word, and the term of the vocabulary."""
    return words(
        value.replace("_", " "), "classifying", term={"id": nr(term(closed_set, value))}
    ) | {"language": "en"}


def actor(who: Actor, part: str, names: Names) -> Json:
    """An actor as a body, by the address of its page."""
    kept = who.resolved
    return {
        "type": "SpecificResource",
        "source": names.actor(kept),
        "purpose": "identifying",
        nr("part"): {"id": nr(term(PART, part))},
        nr("kind"): {"id": nr(term(closed_sets.KIND, kept.kind))},
        "name": kept.name,
    }


def attributed(row: Attribution, names: Names) -> Json:
    """An actor's part in a statement as a body, with the printed words."""
    body = actor(row.actor, row.part, names)
    if row.speaker_basis:
        body[nr("basis")] = {"id": nr(term(closed_sets.BASIS, row.speaker_basis))}
    if row.as_printed:
        body[nr("asPrinted")] = row.as_printed
    if row.title_as_printed:
        body[nr("titleAsPrinted")] = row.title_as_printed
    return body


def link_to(address: str) -> Json:
    return {"type": "SpecificResource", "source": address, "purpose": "linking"}


def record(of: Reviewed, motivation: str, names: Names, words: str = "") -> Json:
    """What every annotation of a record has; `words` as for its address."""
    return {
        "id": names.annotation(of, words),
        "type": "Annotation",
        "canonical": f"urn:uuid:{of.uid}",
        "motivation": motivation,
        "creator": names.creator(of),
        "created": moment(of.created_at),
        "modified": moment(of.changed_at),
        nr("page"): {"id": names.page(of)},
        nr("reviewState"): {"id": nr(term(closed_sets.STATE, of.state))},
    }


def noted(note: str) -> Iterator[Json]:
    """An editor's note as a body, where there is one."""
    if note:
        yield words(note, "commenting")
