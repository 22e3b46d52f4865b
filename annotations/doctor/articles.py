"""Articles and the order of their revisions."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, fits, invariant
from annotations.models import Article, Revision, Statement
from annotations.models.article import EARLIEST
from annotations.models.validators import language_tag


@invariant
def revision_numbers_have_no_gaps(using: str) -> Iterator[Found]:
    """An article's revisions are numbered 1, 2, 3 …, since none is ever removed."""
    numbered = (
        Revision.objects.using(using)
        .order_by()
        .values("article_id")
        .annotate(rows=Count("pk"), first=Min("number"), last=Max("number"))
        .exclude(first=1, last=F("rows"))
    )
    for row in numbered.iterator():
        yield Found(
            Article,
            row["article_id"],
            f"It has {row['rows']} revisions, numbered from {row['first']} to {row['last']}.",
        )


@invariant
def revisions_came_in_their_order(using: str) -> Iterator[Found]:
    """A later revision was received later."""
    before = Revision.objects.filter(
        article=OuterRef("article"), number=OuterRef("number") - 1
    ).values("received_at")
    rows = Revision.objects.using(using).annotate(before=Subquery(before))
    late = rows.filter(before__gt=F("received_at")).values_list("article_id", "number")
    for article_id, number in late.iterator():
        yield Found(
            Article, article_id, f"Revision {number} was received before revision {number - 1}."
        )


@invariant
def a_text_says_why_it_came(using: str) -> Iterator[Found]:
    """Every revision but the first gives its reason: correction, update or retraction."""
    return broken(using, "revision_says_why_it_came_unless_it_is_the_first")


@invariant
def the_current_text_is_the_articles_newest(using: str) -> Iterator[Found]:
    """An article shows the newest of its own revisions."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    articles = Article.objects.using(using).annotate(newest=Subquery(newest))
    rows = articles.filter(
        Q(newest__isnull=True) | Q(current_revision__isnull=True) | ~Q(current_revision=F("newest"))
    )
    columns = (
        "pk",
        "newest",
        "current_revision",
        "current_revision__article",
        "current_revision__number",
    )
    for pk, newest_pk, current, home, number in rows.values_list(*columns).iterator():
        if newest_pk is None:
            wrong = "It has no text."
        elif current is None:
            wrong = "It has texts, but none is the one shown."
        elif home != pk:
            wrong = "It shows the text of another article."
        else:
            wrong = f"It shows revision {number}, which is not its newest."
        yield Found(Article, pk, wrong)


@invariant
def an_address_is_of_one_article(using: str) -> Iterator[Found]:
    """No two articles have the same address (url)."""
    return broken(using, "article_url_is_unique_where_given")


@invariant
def a_language_is_a_language_tag(using: str) -> Iterator[Found]:
    """An article's language is a BCP 47 tag, such as en or fa-AF."""
    rows = Article.objects.using(using).values_list("pk", "language")
    for pk, language in rows.iterator(CHUNK):
        if not fits(language, language_tag):
            yield Found(Article, pk, f"“{language}” is no language tag.")


@invariant
def statements_are_sorted_by_their_articles_date(using: str) -> Iterator[Found]:
    """The day that a statement is sorted by is the date of its article."""
    day = Coalesce(F("article__published_on"), EARLIEST)
    rows = Statement.objects.using(using).annotate(day=day).exclude(article_day=F("day"))
    for pk, kept, published in rows.values_list("pk", "article_day", "day").iterator():
        yield Found(Statement, pk, f"It is sorted by {kept}, its article's date is {published}.")
