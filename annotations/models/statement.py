"""Statements: one thing said, by somebody, in one article."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import connections, models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.models.accused import answering_states, kind_of, unanswered_parties
from annotations.models.actor import Actor
from annotations.models.article import EARLIEST, Article
from annotations.models.attribution import Attribution, Point
from annotations.models.history import kept_history
from annotations.models.record import LIVE, is_common, row_by_row
from annotations.models.review import (
    COUNTS_AS_ANSWER,
    Reviewed,
    ReviewedQuerySet,
    a_reason_goes_with_sending_back,
)
from annotations.models.span import Span, in_order, revisions_of_spans
from annotations.models.validators import refuse_unstorable
from annotations.models.words import listed


class StatementQuerySet(ReviewedQuerySet["Statement"]):
    """Statements."""

    def saying(self, words: str) -> Self:
        """Whose quote, gist, speaker or printed speaker holds each of the words, folded.

        A speaker goes by all names of its actor, and of the one that was merged into.
        """
        found = self
        for word in fold(words).split():
            found = found.filter(_about(word, self.db))
        return found

    def with_actor(self, actor: Actor, part: str = "") -> Self:
        """In which the actor, or one merged into it, has this part (any part where none is named)."""
        return self.with_any_actor([actor.pk], part)

    def with_any_actor(self, keys: Collection[int], part: str = "") -> Self:
        """In which one of the actors, or one merged into them, has this part."""
        actors = Actor.objects.being(keys).values("pk")
        attributions = Attribution.objects.filter(LIVE, actor__in=actors, statement=OuterRef("pk"))
        return self.filter(Exists(attributions.filter(part=part) if part else attributions))

    def open(self) -> Self:
        """Claims that accuse somebody who is not on record as having denied, countered or accepted them."""
        return self.filter(Exists(unanswered_parties()))

    def answered(self, states: Collection[str] = COUNTS_AS_ANSWER) -> Self:
        """Claims that accuse somebody, all of whom are on record as having denied, countered or accepted them.

        Responses in other states than these do not count; for a reporter only approved ones do.
        """
        about = Attribution.objects.filter(
            LIVE, statement=OuterRef("pk"), part=Attribution.Kind.ABOUT
        )
        return self.filter(Exists(about)).exclude(Exists(unanswered_parties(states)))

    def with_reply_counts(self, user: permissions.User) -> Self:
        """Each with `response_count`, `is_response`, `is_open`, `is_answered`, as the user may know."""
        from annotations.models.response import Response

        responses = Response.objects.visible_to(user).live().filter(claim=OuterRef("pk")).order_by()
        counted = responses.values("claim").annotate(number=Count("pk")).values("number")
        return self.with_answer_state(user).annotate(
            response_count=Coalesce(Subquery(counted), 0),
            is_response=Exists(
                Response.objects.visible_to(user).live().filter(response=OuterRef("pk"))
            ),
        )

    def with_answer_state(self, user: permissions.User) -> Self:
        """Each with `is_open` and `is_answered`, as the user may know."""
        answered = Statement.objects.filter(pk=OuterRef("pk")).answered(answering_states(user))
        return self.annotate(is_open=Exists(unanswered_parties()), is_answered=Exists(answered))

    def for_display(self) -> Self:
        """With what a list row or a card shows, in a fixed number of queries; without the articles' texts."""
        related = self.select_related(
            "article__current_revision", "article__outlet", "created_by", "reviewed_by"
        ).defer("article__current_revision__text")
        return related.prefetch_related(
            models.Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
            revisions_of_spans(),
            models.Prefetch(
                "attributions",
                Attribution.objects.filter(LIVE)
                .select_related("actor__merged_into")
                .order_by("part", "ordinal"),
            ),
            models.Prefetch("points", Point.objects.filter(LIVE).order_by("ordinal")),
        )

    def with_text(self) -> Self:
        """After `for_display`: the articles' texts too."""
        return self.defer(None)


def _about(word: str, using: str) -> Q:
    """The statements that hold the word or are by a speaker so named.

    A rare word is best asked of the indexes first: a union of keys, since each half has its own. A
    common one would make that union as long as the table; looked for row by row in the list's order,
    its page is full after a few. How common it is, the newest statements tell (on SQLite, which has
    no index for words, every row is read anyway).
    """
    actors = Actor.objects.using(using)
    named = list(actors.being(actors.holding(word).values("pk")).values_list("pk", flat=True))
    if not named:
        return Q(folded__contains=word)
    statements = Statement.objects.using(using)
    speaking = Attribution.objects.using(using).filter(LIVE, part="speaker", actor__in=named)
    by_row = Q(folded__contains=word) | Q(row_by_row(speaking.filter(statement=OuterRef("pk"))))
    if connections[using].vendor != "postgresql" or is_common(statements, by_row):
        return by_row
    holding = statements.filter(folded__contains=word).order_by().values("pk")
    return Q(pk__in=holding.union(speaking.order_by().values("statement")))


class Statement(Reviewed):
    """One thing said, by somebody, in one article. Claim and response are roles it plays in links, not kinds."""

    class Form(models.TextChoices):
        DIRECT = "direct", _("direct")
        INDIRECT = "indirect", _("indirect")
        MIXED = "mixed", _("mixed")
        FRAGMENT = "fragment", _("fragment")
        REPORTED_ACT = "reported_act", _("reported act")
        ATTITUDE = "attitude", _("attitude")
        STANDING = "standing", _("standing")

    class Act(models.TextChoices):
        ASSERTION = "assertion", _("assertion")
        ACCUSATION = "accusation", _("accusation")
        DENIAL = "denial", _("denial")
        OPINION = "opinion", _("opinion")
        DEMAND = "demand", _("demand")
        PLEDGE = "pledge", _("pledge")
        QUESTION = "question", _("question")
        REFUSAL = "refusal", _("refusal")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="statements")
    form = models.CharField(max_length=20, choices=Form.choices)
    act = models.CharField(max_length=20, choices=Act.choices)
    gist = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    said_on = models.DateField(null=True, blank=True)
    said_on_precision = models.CharField(max_length=10, choices=Precision.choices, blank=True)
    said_on_as_printed = models.CharField(
        max_length=200, blank=True, validators=[refuse_unstorable]
    )
    venue = models.CharField(max_length=200, blank=True, validators=[refuse_unstorable])
    note = models.TextField(blank=True, validators=[refuse_unstorable])
    folded = models.TextField(blank=True, editable=False)
    article_day = models.DateField(
        default=EARLIEST, editable=False
    )  # its article's date, to sort by
    history = kept_history()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(said_on__isnull=True, said_on_precision="")
                | Q(said_on__isnull=False) & ~Q(said_on_precision=""),
                name="said_on_has_a_precision",
                violation_error_message=_("Say how precise the date is: day, month or year."),
            ),
            a_reason_goes_with_sending_back("statement_goes_back_with_a_reason"),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="statement_by_state"),
            models.Index(fields=["article", "id"], name="statement_by_article"),
            models.Index(fields=["article_day", "id"], name="statement_by_article_day"),
            models.Index(fields=["said_on", "id"], name="statement_by_day"),
            models.Index(fields=["form", "id"], name="statement_by_form"),
            models.Index(fields=["act", "id"], name="statement_by_act"),
        ]

    def __str__(self) -> str:
        return f"{self.speakers_line()}: {self.quote()}"

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.uid])

    def live_spans(self, role: str = "") -> "list[Span]":
        """The spans in use, of one role or all, in their order; from the prefetched rows where there are any."""
        spans = [
            s for s in self.spans.all() if s.withdrawn_at is None and (not role or s.role == role)
        ]
        return in_order(spans)

    def quote(self) -> str:
        """The exact words of the content spans, in order, with “ … ” between discontinuous ones."""
        return " … ".join(span.exact() for span in self.live_spans(Span.Role.CONTENT))

    def live_attributions(self, part: str = "") -> "list[Attribution]":
        """The attributions in use, of one part or all, in their order."""
        rows = [
            a
            for a in self.attributions.all()
            if a.withdrawn_at is None and (not part or a.part == part)
        ]
        return sorted(
            rows,
            key=lambda row: (
                list(Attribution.Kind).index(Attribution.Kind(row.part)),
                row.ordinal,
            ),
        )

    def speakers(self) -> "list[Attribution]":
        return self.live_attributions(Attribution.Kind.SPEAKER)

    def speakers_line(self) -> str:
        """The speakers' names, or “nobody named yet”."""
        names = listed(row.actor.resolved.name for row in self.speakers())
        return names or gettext("nobody named yet")

    def live_points(self) -> "list[Point]":
        return sorted(
            (p for p in self.points.all() if p.withdrawn_at is None),
            key=lambda point: point.ordinal,
        )

    def kind(self, *, is_answered: bool, is_answer: bool) -> str:
        """What it is in the exchanges: claim, response, both or plain; an accusation is a claim unanswered too."""
        accuses = self.act == Statement.Act.ACCUSATION and bool(self.accused())
        return kind_of(is_claim=is_answered or accuses, is_answer=is_answer)

    def said_when(self) -> str:
        """When it was said, as precisely as is known, else the printed words, else an empty string."""
        if self.said_on is None:
            return f"“{self.said_on_as_printed}”" if self.said_on_as_printed else ""
        pattern = {"day": "j F Y", "month": "F Y", "year": "Y"}[self.said_on_precision]
        return date_format(self.said_on, pattern)

    def said_until(self) -> date | None:
        """The last day on which it may have been said, as precisely as is known; None for unknown."""
        if self.said_on is None or self.said_on_precision == Statement.Precision.DAY:
            return self.said_on
        last = 12 if self.said_on_precision == Statement.Precision.YEAR else self.said_on.month
        return date(self.said_on.year, last, monthrange(self.said_on.year, last)[1])

    def accused(self) -> "list[Actor]":
        """Who is accused or criticised, merges resolved, each once."""
        return list(
            {
                row.actor.resolved_id: row.actor.resolved for row in self.live_attributions("about")
            }.values()
        )
