"""Links between statements: the response a claim provoked, and the same thing said again."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models.actor import Actor
from annotations.models.attribution import Point
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part
from annotations.models.review import (
    Reviewed,
    ReviewedQuerySet,
    ReviewState,
    a_reason_goes_with_sending_back,
)
from annotations.models.span import Span, revisions_of_spans
from annotations.models.statement import Statement
from annotations.models.validators import refuse_unstorable


class Relation(models.TextChoices):
    """How a response answers; `GROUP_OF` says to which group each belongs."""

    DENIES = "denies", _("denies")
    DISPUTES = "disputes", _("disputes")
    REBUTS = "rebuts", _("rebuts")
    UNDERCUTS = "undercuts", _("undercuts")
    COUNTER_CLAIMS = "counter_claims", _("counter-claims")
    COUNTER_ACCUSES = "counter_accuses", _("counter-accuses")
    CONCEDES = "concedes", _("concedes")
    PARTLY_CONCEDES = "partly_concedes", _("partly concedes")
    JUSTIFIES = "justifies", _("justifies")
    APOLOGISES = "apologises", _("apologises")
    CORRECTS = "corrects", _("corrects")
    SUPPORTS = "supports", _("supports")
    QUALIFIES = "qualifies", _("qualifies")
    COMMENTS = "comments", _("comments")
    QUERIES = "queries", _("queries")
    DEMANDS = "demands", _("demands")
    DEFLECTS = "deflects", _("deflects")
    STANDING_POSITION = "standing_position", _("standing position")


GROUPS: dict[str, tuple[Relation, ...]] = {
    "deny": (Relation.DENIES, Relation.DISPUTES, Relation.REBUTS, Relation.UNDERCUTS),
    "counter": (Relation.COUNTER_CLAIMS, Relation.COUNTER_ACCUSES),
    "accept": (
        Relation.CONCEDES,
        Relation.PARTLY_CONCEDES,
        Relation.JUSTIFIES,
        Relation.APOLOGISES,
        Relation.CORRECTS,
    ),
    "support": (Relation.SUPPORTS,),
    "neutral": (
        Relation.QUALIFIES,
        Relation.COMMENTS,
        Relation.QUERIES,
        Relation.DEMANDS,
        Relation.DEFLECTS,
    ),
    "prior": (Relation.STANDING_POSITION,),
}
GROUP_OF: dict[str, str] = {
    relation: group for group, relations in GROUPS.items() for relation in relations
}
CLOSING = tuple(relation for group in ("deny", "counter", "accept") for relation in GROUPS[group])
COMMON = (
    Relation.DENIES,
    Relation.DISPUTES,
    Relation.REBUTS,
    Relation.COUNTER_ACCUSES,
    Relation.CONCEDES,
    Relation.STANDING_POSITION,
)
NOT_WITHDRAWN = ~Q(state=ReviewState.WITHDRAWN)


class LinkBasis(models.TextChoices):
    """What the link rests on; shown wherever the link is shown."""

    EXPLICIT_MARKER = "explicit_marker", _("explicit marker")
    ANAPHORA = "anaphora", _("anaphora")
    SAME_ARTICLE = "same_article", _("same article")
    EDITOR_INFERRED = "editor_inferred", _("editor inferred")
    MACHINE = "machine", _("machine")


class ResponseQuerySet(ReviewedQuerySet["Response"]):
    """Responses; visible when the link and both its statements are."""

    states = ("state", "claim__state", "response__state")

    def for_any_party(self, keys: Collection[int]) -> Self:
        """That answer for one of the parties, or for one merged into them."""
        parties = Actor.objects.being(keys).values("pk")
        named = ResponseParty.objects.filter(LIVE, party__in=parties, response=OuterRef("pk"))
        return self.filter(Exists(named))

    def for_display(self) -> Self:
        """With parties, points and marker, in a fixed number of queries; the statements are fetched apart."""
        return self.select_related("created_by").prefetch_related(
            Prefetch(
                "parties",
                ResponseParty.objects.filter(LIVE).select_related("party__merged_into"),
            ),
            Prefetch(
                "answers",
                ResponsePoint.objects.filter(LIVE)
                .select_related("point")
                .order_by("point__ordinal"),
            ),
            Prefetch("spans", Span.objects.filter(LIVE).order_by("ordinal")),
            revisions_of_spans(),
        )


class Response(Reviewed):
    """A typed, directed link: the statement `response` answers the statement `claim`."""

    claim = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="responses")
    response = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers_to")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    link_basis = models.CharField(max_length=20, choices=LinkBasis.choices)
    note = models.TextField(blank=True, validators=[refuse_unstorable])
    history = kept_history()

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="response_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(claim=F("response")),
                name="response_is_not_to_itself",
                violation_error_message=_("A statement does not answer itself."),
            ),
            models.UniqueConstraint(
                fields=["claim", "response", "relation"],
                condition=NOT_WITHDRAWN,
                name="response_is_linked_once_for_a_relation",
                violation_error_message=_(
                    "This response is linked to this claim already, with the same relation."
                ),
            ),
            a_reason_goes_with_sending_back("response_goes_back_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} ({self.get_link_basis_display()})"

    @property
    def group(self) -> str:
        """deny, counter, accept, support, neutral or prior."""
        return GROUP_OF[self.relation]

    @property
    def crosses_articles(self) -> bool:
        return self.claim.article_id != self.response.article_id

    @property
    def standing_words(self) -> str:
        """For a standing position: that it was said before the claim, where dates show it; undated where one lacks."""
        if self.group != "prior":
            return ""
        said, claimed = self.response.said_until(), self.claim.said_on
        if said is None or claimed is None:
            return gettext("undated")
        return gettext("said before this claim") if said < claimed else ""

    def live_parties(self) -> list[Actor]:
        """The accused parties whose answer this is, as chosen; empty for a third party's comment."""
        return [row.party for row in self.parties.all() if row.withdrawn_at is None]

    def live_answers(self) -> list[Point]:
        """The claim's points that this answers; empty closes none."""
        return [
            row.point
            for row in self.answers.all()
            if row.withdrawn_at is None and row.point.withdrawn_at is None
        ]

    def marker(self) -> str:
        """The words that mark it as a response, or an empty string."""
        return " … ".join(span.exact() for span in self.spans.all() if span.withdrawn_at is None)


class ResponseParty(Part):
    """One of the accused parties that a response answers for."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="answered_for")
    history = kept_history()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "response parties"
        constraints = [
            models.UniqueConstraint(
                fields=["response", "party"],
                condition=LIVE,
                name="response_names_a_party_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.party)


class ResponsePoint(Part):
    """One of the claim's points that a response answers."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="answered_by")
    history = kept_history()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "point"],
                condition=LIVE,
                name="response_names_a_point_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.point)


class RestatementQuerySet(ReviewedQuerySet["Restatement"]):
    """Restatements; visible when the link and both its statements are."""

    states = ("state", "of__state", "by__state")


class Restatement(Reviewed):
    """The same thing said again, wholly or in part; `of` is the fullest wording."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("whole")
        PART = "part", _("part")

    of = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="restated_by")
    by = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="restates")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    note = models.TextField(blank=True, validators=[refuse_unstorable])
    history = kept_history()

    objects = RestatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="restatement_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(of=F("by")),
                name="restatement_is_not_of_itself",
                violation_error_message=_("A statement does not restate itself."),
            ),
            models.UniqueConstraint(
                fields=["of", "by"],
                condition=NOT_WITHDRAWN,
                name="restatement_is_recorded_once",
                violation_error_message=_("This restatement is recorded already."),
            ),
            a_reason_goes_with_sending_back("restatement_goes_back_with_a_reason"),
        ]

    def __str__(self) -> str:
        return gettext("restates: %(scope)s") % {"scope": self.get_scope_display()}
