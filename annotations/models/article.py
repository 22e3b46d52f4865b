"""Articles, and what is kept beside them so that they are found."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.models.actor import Actor
from annotations.models.history import kept_history
from annotations.models.record import Record, is_common, row_by_row
from annotations.models.review import ReviewState
from annotations.models.validators import language_tag, refuse_unstorable

if TYPE_CHECKING:
    from annotations.models.revision import Revision

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
