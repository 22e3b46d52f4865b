"""Attributions: an actor's part in a statement. Points: what is separately answerable in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.actor import Actor
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part
from annotations.models.span import Span
from annotations.models.validators import refuse_unstorable


class Attribution(Part):
    """An actor's part in a statement, with the printed words kept beside whom they were resolved to."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        ACTING_FOR = "acting_for", _("acting for")
        VIA = "via", _("via")
        ADDRESSEE = "addressee", _("addressee")
        ABOUT = "about", _("about")

    class Basis(models.TextChoices):
        NAMED = "named", _("named")
        SURNAME_ONLY = "surname_only", _("surname only")
        ROLE_ONLY = "role_only", _("role only")
        PRONOUN = "pronoun", _("pronoun")
        CARRIED_OVER = "carried_over", _("carried over")
        EDITOR_INFERRED = "editor_inferred", _("editor inferred")
        MACHINE = "machine", _("machine")

    statement = models.ForeignKey(
        "Statement", on_delete=models.PROTECT, related_name="attributions"
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="attributions")
    part = models.CharField(max_length=20, choices=Kind.choices)
    ordinal = models.PositiveIntegerField()
    as_printed = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    title_as_printed = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    speaker_basis = models.CharField(max_length=20, choices=Basis.choices, blank=True)
    source_span = models.ForeignKey(
        Span,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
    )
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="speaker_and_nobody_else_has_a_basis",
                condition=Q(part="speaker") & ~Q(speaker_basis="")
                | ~Q(part="speaker") & Q(speaker_basis=""),
                violation_error_message=_(
                    "Say how the speaker is known: named, pronoun, carried over …"
                ),
            ),
            models.UniqueConstraint(
                fields=["statement", "part", "actor"],
                condition=LIVE,
                name="actor_has_a_part_once",
                violation_error_message=_("This actor has this part already."),
            ),
            models.UniqueConstraint(
                fields=["statement", "part", "ordinal"],
                condition=LIVE,
                name="attribution_has_its_own_ordinal",
            ),
        ]
        indexes = [models.Index(fields=["actor", "part", "statement"], name="attribution_by_actor")]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.actor}"


class Point(Part):
    """One separately answerable allegation inside a claim."""

    statement = models.ForeignKey("Statement", on_delete=models.PROTECT, related_name="points")
    ordinal = models.PositiveIntegerField()
    text = models.CharField(max_length=500, validators=[refuse_unstorable])
    history = kept_history()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "ordinal"], name="point_has_its_own_ordinal"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="point_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.text}"
