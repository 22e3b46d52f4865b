"""The second pane beside an article: another article with its highlights, or a search over all of them."""

import uuid
from dataclasses import dataclass, field

from django.http import HttpRequest

from annotations.anchoring.fold import fold
from annotations.models import Article, Placement, Revision, Statement, Zone
from annotations.models.article import ArticleQuerySet
from annotations.models.pulse import pulse
from annotations.models.record import LIVE
from annotations.permissions import User
from annotations.views.blocks import Block, blocks_of
from annotations.views.marks import marks_in, told_of

SEARCH = "search"
MOST_STATEMENTS = 20
MOST_ARTICLES = 8
LONGEST = 200  # characters of a search


@dataclass(frozen=True)
class Shown:
    """An article as the pane shows it: less than the page it has by itself."""

    article: Article
    revision: Revision
    blocks: list[Block]
    headline_in_text: bool
    marks: str  # what `pulse` said before any of it was read


@dataclass(frozen=True)
class Pane:
    """What stands beside the article `first`: an article, or a search and what it found."""

    first: Article
    shown: Shown | None = None
    at: str = ""  # the uid of the statement to show in it
    query: str = ""
    statements: list[Statement] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    is_lost: bool = False  # the article asked for is not there


def pane_of(request: HttpRequest, first: Article) -> Pane | None:
    """What the address asks to stand beside the article with ?beside=; None where it asks for nothing."""
    asked = request.GET.get("beside", "")
    if not asked:
        return None
    if asked == SEARCH:
        return searched(request.GET.get("q", ""), first, request.user)
    beside = _article(asked, request.user)
    if beside is None:
        return Pane(first, articles=_newest(first, request.user), is_lost=True)
    return Pane(first, shown=shown_in_pane(beside, request.user), at=request.GET.get("at", ""))


def _article(asked: str, user: User) -> Article | None:
    try:
        uid = uuid.UUID(asked)
    except ValueError:
        return None
    articles = Article.objects.visible_to(user).filter(uid=uid)
    return articles.select_related("current_revision", "outlet__merged_into").first()


def shown_in_pane(article: Article, user: User) -> Shown:
    """The article's text with its highlights, in a fixed number of queries."""
    known = pulse(article.uid, user)
    revision = article.revision
    in_use = Placement.objects.filter(revision=revision, span__withdrawn_at__isnull=True)
    zones = list(Zone.objects.filter(LIVE, revision=revision))
    marks = marks_in(in_use, told_of(article, user))
    return Shown(
        article=article,
        revision=revision,
        blocks=list(blocks_of(revision.text, marks, zones, article.language)),
        headline_in_text=any(zone.kind == Zone.Kind.HEADLINE for zone in zones),
        marks=known.marks if known else "",
    )


def searched(query: str, first: Article, user: User) -> Pane:
    """The newest statements and articles that hold the words; without any, the newest articles."""
    words = query[:LONGEST].replace("\0", "")
    if not fold(words):
        return Pane(first, query=words, articles=_newest(first, user))
    statements = Statement.objects.visible_to(user).live().saying(words)
    found = Article.objects.visible_to(user).holding(words)
    return Pane(
        first,
        query=words,
        statements=list(statements.for_display().order_by("-id")[:MOST_STATEMENTS]),
        articles=_lean(found),
    )


def _newest(first: Article, user: User) -> list[Article]:
    return _lean(Article.objects.visible_to(user).exclude(pk=first.pk))


def _lean(articles: ArticleQuerySet) -> list[Article]:
    rows = articles.select_related("current_revision", "outlet__merged_into")
    return list(rows.defer("current_revision__text").order_by("-id")[:MOST_ARTICLES])
