"""Articles, their immutable revisions, and the zones of a revision that are not statements' text."""

import hashlib
import re
import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.models.actor import Actor
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part, Record, is_common, row_by_row
from annotations.models.review import ReviewState
from annotations.models.validators import language_tag, refuse_unstorable

LANGUAGES = {
    "fa-af": _("Dari"),
    "prs": _("Dari"),
    "ps": _("Pashto"),
}  # those that Django does not name
EARLIEST = date(1, 1, 1)  # where an unknown date is sorted, since a keyset compares no nulls


class Work(models.TextChoices):
    """How far the work on an article is: computed from its statements, never stored."""

    NONE = "none", _("no statements yet")
    IN_WORK = "in_work", _("in work")
    WAITING = "waiting", _("waiting for review")
    APPROVED = "approved", _("approved")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles."""

    def with_work(self, user: permissions.User) -> Self:
        """Each with `work`, a value of `Work`, and `statement_count`: of the statements the user sees."""
        from annotations.models.statement import Statement

        own = Statement.objects.visible_to(user).live().filter(article=OuterRef("pk")).order_by()
        counted = own.values("article").annotate(number=Count("pk")).values("number")
        unsent = own.exclude(state__in=[ReviewState.SUBMITTED, ReviewState.APPROVED])
        work = Case(
            When(~Q(row_by_row(own)), then=Value(Work.NONE.value)),
            When(row_by_row(unsent), then=Value(Work.IN_WORK.value)),
            When(row_by_row(own.awaiting_review()), then=Value(Work.WAITING.value)),
            default=Value(Work.APPROVED.value),
        )
        return self.annotate(work=work, statement_count=Coalesce(Subquery(counted), 0))

    def holding(self, words: str) -> Self:
        """Whose headline, address or current text holds each of the words, folded."""
        found = self
        for word in fold(words).split():
            found = found.holding_phrase(word)
        return found

    def holding_phrase(self, words: str) -> Self:
        """Whose headline, address or current text holds these words one after the other, folded."""
        folded = fold(words)
        rows = ArticleWords.objects.using(self.db).filter(folded__contains=folded)
        by_row = Q(row_by_row(rows.filter(article=OuterRef("pk"))))
        # PostgreSQL takes no statistics of long texts, so it never finds out that a word is in most of them.
        if is_common(Article.objects.using(self.db), by_row):
            return self.filter(by_row)
        return self.filter(pk__in=rows.values("pk"))

    def visible_to(self, user: permissions.User) -> Self:
        """All for editors and reviewers; for reporters those that hold approved work, or did before a correction."""
        if permissions.sees_everything(user):
            return self
        if not permissions.may_read(user):
            return self.none()
        from annotations.models.statement import Statement

        approved = Statement.objects.filter(article=OuterRef("pk"), state=ReviewState.APPROVED)
        # What was corrected or taken back may have no approved work left. Who read it may read that, too.
        once = Statement.history.filter(article=OuterRef("pk"), state=ReviewState.APPROVED)
        return self.filter(Q(Exists(approved)) | Q(current_revision__number__gt=1) & Exists(once))


class Article(Record):
    """One news text as published."""

    headline = models.CharField(max_length=500, blank=True, validators=[refuse_unstorable])
    outlet = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    url = models.URLField(max_length=2000, blank=True)
    byline = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    dateline = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, default="en", validators=[language_tag])
    current_revision = models.ForeignKey(
        "Revision",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    history = kept_history()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="article_url_is_unique_where_given",
                violation_error_message=_("Another article has this address."),
            )
        ]
        indexes = [models.Index(fields=["published_on", "id"], name="article_by_date")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.uid])

    @property
    def revision(self) -> "Revision":
        """The newest text; every article that was received has one."""
        assert self.current_revision is not None
        return self.current_revision

    @property
    def title(self) -> str:
        """The headline or, where there is none, the first words that it is known by."""
        return self.headline or (self.revision.opening if self.current_revision_id else "")

    def revision_before(self, moment: datetime) -> "Revision | None":
        """The text that was the newest just before the moment; None where the first came later."""
        return self.revisions.filter(received_at__lt=moment).order_by("-number").first()

    @property
    def work_label(self) -> str:
        """How far the work on it is, in words, where `with_work` has annotated it; else empty."""
        work = vars(self).get("work")
        return str(Work(work).label) if work else ""

    @property
    def language_name(self) -> str:
        """The language in English, or its tag where that is all that is known."""
        tag = self.language.lower()
        for known in (tag, tag.split("-")[0]):
            name = LANGUAGES.get(known) or LANG_INFO.get(known, {}).get("name")
            if name:
                return str(name)
        return self.language

    @property
    def has_own_headline(self) -> bool:
        """False where the title is made of the text's first words."""
        return bool(self.headline)


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


class ArticleWords(models.Model):
    """A folded copy of an article's headline, address and current text, for searching only.

    A table of its own, so that no list of articles ever reads megabytes. Made anew with each change,
    from rows that keep their history; it has none.
    """

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, primary_key=True, related_name="words"
    )
    folded = models.TextField(editable=False)

    def __str__(self) -> str:
        return self.folded[:80]


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
