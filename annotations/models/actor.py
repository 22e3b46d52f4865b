"""Anyone who can speak, be spoken for, pass on or be accused; their other names."""

import uuid
from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part, Record
from annotations.models.validators import refuse_unstorable, wikidata_item

ALIKE = 0.84  # SequenceMatcher ratio from which two names are worth a warning; a one-letter slip in 8 letters is 0.875


class ActorQuerySet(models.QuerySet["Actor"]):
    """Actors."""

    def visible_to(self, user: permissions.User) -> Self:
        """All for editors and reviewers; for reporters those that approved work or a visible article names."""
        if permissions.sees_everything(user):
            return self
        if not permissions.may_read(user):
            return self.none()
        return self.filter(
            _named_in_approved_work("pk")
            | Exists(
                Actor.objects.filter(_named_in_approved_work("pk"), merged_into=OuterRef("pk"))
            )
        )

    def standing(self) -> Self:
        """Without those merged into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, words: str) -> Self:
        """Whose name or alias has a word beginning with each of the words; folded, so accents and case don't matter."""
        found = self
        for word in fold(words).split():
            other = ActorAlias.objects.filter(
                LIVE, Q(folded__startswith=word) | Q(folded__contains=f" {word}")
            )
            found = found.filter(
                Q(folded__startswith=word)
                | Q(folded__contains=f" {word}")
                | Exists(other.filter(actor=OuterRef("pk")))
            )
        return found

    def called(self, words: str) -> Self:
        """That have these folded words in a name of theirs or of one merged into them."""
        named = Actor.objects.named(words).values("pk")
        of_merged = Actor.objects.filter(merged_into=OuterRef("pk"), pk__in=named)
        return self.filter(Q(pk__in=named) | Exists(of_merged))

    def being(self, keys: "Collection[int] | QuerySet[Any, Any]") -> Self:
        """Those of these keys, and those merged into them."""
        return self.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).order_by()

    def holding(self, word: str) -> Self:
        """Whose name or alias holds the folded word, also inside another."""
        other = ActorAlias.objects.filter(LIVE, folded__contains=word).values("actor")
        return self.filter(Q(folded__contains=word) | Q(pk__in=other))

    def offered_for(self, words: str) -> Self:
        """Standing actors called so, exact names first, then names that begin so; with their other names."""
        if not words:
            return self.none()
        same = ActorAlias.objects.filter(LIVE, folded=words, actor=OuterRef("pk"))
        rank = Case(
            When(folded=words, then=0),
            When(Exists(same), then=1),
            When(folded__startswith=words, then=2),
            default=3,
        )
        found = self.standing().called(words).prefetch_related("aliases")
        return found.order_by(rank, "folded", "id")

    def exactly_named(self, words: str) -> Self:
        """Whose name or alias is this one, folded; none for no words. With whom each was merged into."""
        folded = fold(words)
        if not folded:
            return self.none()
        other = ActorAlias.objects.filter(LIVE, folded=folded, actor=OuterRef("pk"))
        found = self.filter(Q(folded=folded) | Exists(other))
        return found.select_related("merged_into").order_by("id")

    def meant_by(self, words: str) -> "list[Actor]":
        """The actors that a uid or typed name means: the one of that uid, else those of exactly this name, else alike.

        Merged actors are resolved; each stands once; at most 50.
        """
        try:
            found = self.filter(uid=uuid.UUID(words.strip()))
        except ValueError:
            found = self.exactly_named(words)
            if fold(words) and not found.exists():
                found = self.named(words)
        rows = found.select_related("merged_into").order_by("id")[:50]
        return list({actor.resolved_id: actor.resolved for actor in rows}.values())

    def nearly_named(self, name: str) -> "list[Actor]":
        """Standing actors whose name or alias is the same when folded, or so alike that it may be a slip."""
        folded = fold(name)
        words = [word for word in folded.split() if len(word) > 3] or folded.split()
        alike = Q()
        for word in words:
            start = word[: max(3, len(word) // 2)]
            alike |= Q(folded__contains=start) | Q(
                aliases__folded__contains=start, aliases__withdrawn_at__isnull=True
            )
        if not words:
            return []
        candidates = (
            self.standing()
            .filter(alike)
            .prefetch_related("aliases")
            .distinct()
            .order_by("id")[:200]
        )
        return [actor for actor in candidates if actor.is_nearly_named(folded)]


def _named_in_approved_work(pk: str) -> Q:
    """The actor whose key is in the outer query's `pk` stands in approved work, or published a visible article."""
    from annotations.models.attribution import Attribution
    from annotations.models.reply import ReplyRecord
    from annotations.models.response import ResponseParty
    from annotations.models.review import ReviewState
    from annotations.models.statement import Statement

    approved = ReviewState.APPROVED
    replies = ReplyRecord.objects.filter(state=approved, claim__state=approved)
    return (
        Q(Exists(Attribution.objects.filter(LIVE, actor=OuterRef(pk), statement__state=approved)))
        | Q(Exists(Statement.objects.filter(article__outlet=OuterRef(pk), state=approved)))
        | Q(
            Exists(
                ResponseParty.objects.filter(
                    LIVE,
                    party=OuterRef(pk),
                    response__state=approved,
                    response__claim__state=approved,
                    response__response__state=approved,
                )
            )
        )
        | Q(Exists(replies.filter(party=OuterRef(pk))))
        | Q(Exists(replies.filter(claimant=OuterRef(pk))))
    )


class Actor(Record):
    """A person, organisation, state, medium, document or unnamed source. Merged, never deleted."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        STATE = "state", _("state")
        MEDIA = "media", _("media")
        DOCUMENT = "document", _("document")
        UNNAMED_PERSON = "unnamed_person", _("unnamed person")
        UNNAMED_GROUP = "unnamed_group", _("unnamed group")

    name = models.CharField(max_length=300, validators=[refuse_unstorable])
    folded = models.CharField(max_length=600, editable=False, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    wikidata = models.CharField(
        "Wikidata item", max_length=20, blank=True, validators=[wikidata_item]
    )
    note = models.TextField(blank=True, validators=[refuse_unstorable])
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    history = kept_history()

    objects = ActorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="actor_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="actor_is_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                fields=["wikidata"],
                condition=~Q(wikidata="") & Q(merged_into__isnull=True),
                name="wikidata_item_names_one_actor",
                violation_error_message=_(
                    "Another actor has this Wikidata item; merge the two instead."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.uid])

    @property
    def resolved(self) -> "Actor":
        """The actor this one was merged into, or itself (merges are one level deep)."""
        return self.merged_into or self

    @property
    def resolved_id(self) -> int:
        return self.merged_into_id or self.pk

    def live_aliases(self) -> "list[ActorAlias]":
        """The other names in use; from the prefetched rows where there are any."""
        return [alias for alias in self.aliases.all() if alias.withdrawn_at is None]

    def is_nearly_named(self, folded: str) -> bool:
        """Whether a folded name is this actor's, or so alike that it may be a slip."""
        own = [self.folded, *(alias.folded for alias in self.live_aliases())]
        words = sorted(folded.split())
        return any(
            sorted(name.split()) == words or SequenceMatcher(None, name, folded).ratio() >= ALIKE
            for name in own
        )


class ActorAlias(Part):
    """Another name of an actor; drives look-up. Shares the actor's version."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=300, validators=[refuse_unstorable])
    folded = models.CharField(max_length=600, editable=False, db_index=True)
    history = kept_history()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "actor aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name"],
                condition=LIVE,
                name="alias_is_recorded_once_for_an_actor",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
