"""The immutable texts of an article, and the zones of a text that are not statements' own."""

import hashlib
import re
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models.article import Article
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part
from annotations.models.validators import refuse_unstorable


class Revision(models.Model):
    """One immutable text of an article, as received: only the byte order mark off and CRLF, CR → LF."""

    LONGEST_OPENING = 100

    class Reason(models.TextChoices):
        CORRECTION = "correction", _("correction")
        UPDATE = "update", _("update")
        RETRACTION = "retraction", _("retraction")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField(validators=[refuse_unstorable])
    # What an article without a headline goes by, kept so that lists need not read the texts.
    opening = models.CharField(max_length=LONGEST_OPENING, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True, validators=[refuse_unstorable])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1) & ~Q(reason=""),
                name="revision_says_why_it_came_unless_it_is_the_first",
                violation_error_message=_(
                    "Say why the text changes: correction, update or retraction."
                ),
            ),
            models.UniqueConstraint(
                fields=["article", "number"],
                name="revision_number_is_unique_in_its_article",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="revision_numbers_start_at_one"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]

    def __str__(self) -> str:
        return gettext("%(article)s, revision %(number)s") % {
            "article": self.article_id,
            "number": self.number,
        }

    @property
    def changed_word(self) -> str:
        """What became of the text with it: corrected, updated, retracted; empty for the first."""
        changed = {
            "correction": _("corrected on"),
            "update": _("updated on"),
            "retraction": _("retracted on"),
        }
        return str(changed.get(self.reason, ""))

    @property
    def is_retraction(self) -> bool:
        return self.reason == self.Reason.RETRACTION

    @staticmethod
    def first_words(text: str, longest: int = 80) -> str:
        """At most `longest` characters of the first line that has any, and an ellipsis where more follow."""
        beginning = text.lstrip()[: longest + 1]
        first = beginning.splitlines()[0].rstrip()
        return first if len(first) <= longest else first[:longest].rsplit(" ", 1)[0] + "…"

    def forget_text(self) -> None:
        """Let the text, which may be long, go from memory; it is read again where it is asked for."""
        vars(self).pop("text", None)

    def next_opening(self, text: str, reason: str) -> str:
        """The opening of the text that comes after this one.

        An article without a headline goes by it, in lists and wherever it is named. So it stays as long
        as a line of the text reads so, though another may come first (“CORRECTED”), and in a retraction:
        what was taken back is looked for under the name it had.
        """
        is_kept = reason == self.Reason.RETRACTION or self._has_line(text, self.opening)
        return self.opening if is_kept else self.first_words(text)

    @classmethod
    def _has_line(cls, text: str, opening: str) -> bool:
        """Whether a line of the text gives this opening."""
        words = re.escape(opening.removesuffix("…"))
        starts = (
            found.start(1) for found in re.finditer(rf"^[^\S\n]*({words})", text, re.MULTILINE)
        )
        return any(cls.first_words(text[at : at + cls.LONGEST_OPENING]) == opening for at in starts)

    @staticmethod
    def digest(text: str) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Zone(Part):
    """A stretch of a revision that is set apart: headline, dateline or boilerplate. Shares the article's version."""

    class Kind(models.TextChoices):
        HEADLINE = "headline", _("headline")
        DATELINE = "dateline", _("dateline")
        BOILERPLATE = "boilerplate", _("boilerplate")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="zones")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    history = kept_history()

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="zone_starts_before_it_ends"
            ),
            models.UniqueConstraint(
                fields=["revision", "start", "end", "kind"],
                condition=LIVE,
                name="zone_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start}–{self.end}"
