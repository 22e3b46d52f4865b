"""What answers show of statements, the links between them, and what is known of silences."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from annotations import permissions
from annotations.api.v1.actors import ActorShown
from annotations.api.v1.articles import ArticleShown
from annotations.api.v1.asking import Reference, Shown
from annotations.api.v1.spans import SpanShown
from annotations.forms.fields import PartialDate
from annotations.models import (
    GROUPS,
    Attribution,
    ContactAttempt,
    LinkBasis,
    Point,
    Relation,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Statement,
)


class WorkShown(Shown):
    """What goes through review. Who recorded and judged it is told to those who see all work."""

    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ReviewState.values)
    review_reason = serializers.SerializerMethodField()
    created_by = serializers.SerializerMethodField()
    reviewed_by = serializers.SerializerMethodField()
    reviewed_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_review_reason(self, work: Any) -> str:
        return work.review_reason if self._tells() else ""

    def get_created_by(self, work: Any) -> str | None:
        return work.created_by.get_username() if self._tells() else None

    def get_reviewed_by(self, work: Any) -> str | None:
        return work.reviewed_by.get_username() if self._tells() and work.reviewed_by else None

    def _tells(self) -> bool:
        return permissions.sees_everything(self.context["user"])


@extend_schema_serializer(component_name="Attribution")
class AttributionShown(serializers.Serializer[Attribution]):
    """An actor's part. `actor` is the one that was chosen, `standing` the one it was merged into, or itself."""

    uid = serializers.UUIDField()
    part = serializers.ChoiceField(choices=Attribution.Kind.values)
    actor = Reference(ActorShown, "actors")
    standing = serializers.UUIDField(source="actor.resolved.uid")
    as_printed = serializers.CharField()
    title_as_printed = serializers.CharField()
    speaker_basis = serializers.ChoiceField(choices=["", *Attribution.Basis.values])


@extend_schema_serializer(component_name="Point")
class PointShown(serializers.Serializer[Point]):
    """One separately answerable allegation."""

    uid = serializers.UUIDField()
    ordinal = serializers.IntegerField()
    text = serializers.CharField()


@extend_schema_serializer(component_name="Statement")
class StatementShown(WorkShown):
    """One thing said, by somebody, in one article."""

    expansions = ("article", "actors")

    page = serializers.CharField(source="get_absolute_url")
    article = Reference(ArticleShown, "article")
    quote = serializers.CharField()
    form = serializers.ChoiceField(choices=Statement.Form.values)
    act = serializers.ChoiceField(choices=Statement.Act.values)
    gist = serializers.CharField()
    said_on = serializers.SerializerMethodField()
    said_on_as_printed = serializers.CharField()
    venue = serializers.CharField()
    note = serializers.CharField()
    spans = SpanShown(many=True, source="live_spans")
    attributions = AttributionShown(many=True, source="live_attributions")
    points = PointShown(many=True, source="live_points")

    def get_said_on(self, statement: Statement) -> str:
        """2026-05-12, 2026-05 or 2026, as far as it is known; else empty."""
        return str(PartialDate(statement.said_on, statement.said_on_precision))


@extend_schema_serializer(component_name="Recorded")
class RecordedShown(serializers.Serializer[Statement]):
    """A statement that was recorded."""

    uid = serializers.UUIDField()
    version = serializers.IntegerField()


@extend_schema_serializer(component_name="RecordedStatements")
class StatementsShown(Shown):
    """The statements recorded, in the order in which they were sent."""

    statements = RecordedShown(many=True)


@extend_schema_serializer(component_name="Response")
class ResponseShown(WorkShown):
    """A typed, directed link: the statement `response` answers the statement `claim`."""

    expansions = ("claim", "response", "parties")

    claim = Reference(StatementShown, "claim")
    response = Reference(StatementShown, "response")
    relation = serializers.ChoiceField(choices=Relation.values)
    group = serializers.ChoiceField(choices=list(GROUPS))
    link_basis = serializers.ChoiceField(choices=LinkBasis.values)
    parties = serializers.ListField(child=Reference(ActorShown, "parties"), source="live_parties")
    answers = serializers.SerializerMethodField()
    marker = SpanShown(many=True, source="spans")
    note = serializers.CharField()

    def get_answers(self, link: Response) -> list[str]:
        """The uids of the claim's points that it answers."""
        return [str(point.uid) for point in link.live_answers()]


@extend_schema_serializer(component_name="Restatement")
class RestatementShown(WorkShown):
    """The same thing said again; `of` is the fullest wording."""

    expansions = ("of", "by")

    of = Reference(StatementShown, "of")
    by = Reference(StatementShown, "by")
    scope = serializers.ChoiceField(choices=Restatement.Scope.values)
    note = serializers.CharField()


@extend_schema_serializer(component_name="Attempt")
class AttemptShown(serializers.Serializer[ContactAttempt]):
    """One attempt to get a reply."""

    uid = serializers.UUIDField()
    attempted_at = serializers.DateTimeField()
    means = serializers.ChoiceField(choices=ContactAttempt.Means.values)
    outcome = serializers.CharField()


@extend_schema_serializer(component_name="ReplyRecord")
class ReplyShown(WorkShown):
    """What is known of one accused party's reply, or sought reply, to one claim."""

    expansions = ("claim", "party", "claimant")

    claim = Reference(StatementShown, "claim")
    party = Reference(ActorShown, "party")
    status = serializers.ChoiceField(choices=ReplyRecord.Status.values)
    as_of = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    claimant = Reference(ActorShown, "claimant", allow_null=True)
    claimant_as_printed = serializers.CharField()
    title_as_printed = serializers.CharField()
    evidence = SpanShown(many=True, source="spans")
    attempts = AttemptShown(many=True)
    note = serializers.CharField()
