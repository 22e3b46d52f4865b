"""Words that a request chooses in a text: by the words themselves, or by offsets with the words at them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from annotations.anchoring.graphemes import whole
from annotations.anchoring.quotation import describe, places_of
from annotations.api.v1.fields import Text, Uid, Whole, choices_of
from annotations.api.v1.parsing import Body
from annotations.api.v1.problems import Fault, Path
from annotations.editing.place import Selection, words_at
from annotations.editing.receive import LONGEST_TEXT
from annotations.models import Placement, Revision, Span

LISTED = 20  # places that are told where words stand at several
LONGEST_CONTEXT = 1000
MOST = 200  # spans of one record
ROLES = ("content", "source", "cue")


@extend_schema_serializer(component_name="Span")
class SpanShown(serializers.Serializer[Span]):
    """Where words stand in the newest text they were placed in: [start, end) in code points of revision `revision`.

    Start and end are null while the span needs placing.
    """

    uid = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Span.Role.values)
    ordinal = serializers.IntegerField()
    revision = serializers.IntegerField(source="placed.revision.number")
    state = serializers.ChoiceField(choices=Placement.State.values, source="placed.state")
    start = serializers.IntegerField(source="placed.start", allow_null=True)
    end = serializers.IntegerField(source="placed.end", allow_null=True)
    exact = serializers.CharField(source="placed.exact")
    prefix = serializers.CharField(source="placed.prefix")
    suffix = serializers.CharField(source="placed.suffix")

    def to_representation(self, span: Span) -> Any:
        vars(span)["placed"] = span.placement()
        return super().to_representation(span)


class WordsBody(Body):
    """Words: exact, with what stands around them where they stand at several places; or with their offsets.

    `uid` alone keeps a span that is there.
    """

    uid = Uid(required=False)
    exact = Text(max_length=LONGEST_TEXT, required=False)
    prefix = Text(max_length=LONGEST_CONTEXT, allow_blank=True, default="")
    suffix = Text(max_length=LONGEST_CONTEXT, allow_blank=True, default="")
    start = Whole(required=False)
    end = Whole(required=False)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        if ("start" in words) != ("end" in words):
            raise serializers.ValidationError("Send both start and end, or neither.", "required")
        if "uid" not in words and "exact" not in words:
            missing = serializers.ErrorDetail("Send the words.", "required")
            raise serializers.ValidationError({"exact": [missing]})
        return words


class SpanBody(WordsBody):
    """Words of a statement: what was said, who said it as printed, what marks it as said."""

    role = choices_of(ROLES)


def selections(
    sent: Sequence[dict[str, Any]],
    revision: Revision,
    stored: Iterable[Span] = (),
    *,
    role: str = "",
    at: str = "spans",
) -> tuple[list[Selection], list[Fault]]:
    """The words chosen, for `editing`, and what is wrong with them; `stored` are the spans that are there.

    `role` is that of words which have only one.
    """
    there = {span.uid: span for span in stored}
    found: list[Selection] = []
    faults: list[Fault] = []
    for index, words in enumerate(sent):
        chosen = _chosen(words, revision, there, words.get("role", role), (at, index))
        if isinstance(chosen, Fault):
            faults.append(chosen)
        else:
            found.append(chosen)
    return found, faults


def _chosen(
    words: dict[str, Any], revision: Revision, there: dict[Any, Span], role: str, at: Path
) -> Selection | Fault:
    if "uid" in words:
        return _kept(words, there, role, at)
    if "start" in words:
        selection = Selection(role, words["start"], words["end"], words["exact"])
        return _checked(selection, words, revision, at)
    exact = words["exact"]
    places = places_of(revision.text, exact, words["prefix"], words["suffix"], most=LISTED)
    if len(places) != 1:
        return _not_once(places, exact, revision, at)
    selection = Selection(role, places[0], places[0] + len(exact), exact)
    return _checked(selection, words, revision, at)


def _kept(words: dict[str, Any], there: dict[Any, Span], role: str, at: Path) -> Selection | Fault:
    """A span that is there; what it says of itself beside its uid has to hold."""
    span = there.get(words["uid"])
    if span is None:
        return Fault("There is no span of this uid here.", "does_not_exist", (*at, "uid"))
    stands = span.placement()
    known = {"exact": span.exact(), "start": stands and stands.start, "end": stands and stands.end}
    unlike = [name for name in known if name in words and words[name] != known[name]]
    if unlike or span.role != role:
        name = unlike[0] if unlike else "role"
        detail = "This span has another. For other words send a span without uid."
        return Fault(detail, "kept", (*at, name))
    return Selection(role, 0, 0, "", span.uid)


def _checked(
    selection: Selection, words: dict[str, Any], revision: Revision, at: Path
) -> Selection | Fault:
    """The selection, where its words stand there and cut no character."""
    text, start, end = revision.text, selection.start, selection.end
    try:
        words_at(revision, selection)
    except Invalid as error:
        (refusal,) = error.error_dict["spans"]
        code = refusal.code or "invalid"
        more: dict[str, Any] = {"there": text[start:end]} if code == "elsewhere" else {}
        if code == "cut":
            first, last = whole(text, start, end)
            more = {"whole": {"start": first, "end": last, "exact": text[first:last]}}
        return Fault(" ".join(refusal.messages), code, (*at, "exact"), more=more)
    before = text[max(0, start - len(words["prefix"])) : start]
    after = text[end : end + len(words["suffix"])]
    for name, stands in (("prefix", before), ("suffix", after)):
        if words[name] != stands:
            detail = f"“{stands}” stands there."
            return Fault(detail, "elsewhere", (*at, name), more={"there": stands})
    return selection


def _not_once(places: list[int], exact: str, revision: Revision, at: Path) -> Fault:
    """That the words stand nowhere, or where they all stand."""
    if not places:
        detail = "These words, with what is to stand around them, are not in the text."
        return Fault(detail, "not_found", (*at, "exact"))
    stand = [describe(revision.text, place, place + len(exact)) for place in places]
    told = [
        {"start": each.start, "end": each.end, "prefix": each.prefix, "suffix": each.suffix}
        for each in stand
    ]
    detail = "These words stand at several places: choose one by prefix and suffix or by offsets."
    return Fault(detail, "several", (*at, "exact"), more={"places": told})
