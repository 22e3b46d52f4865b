"""Random acts on words that are marked already: moved, given another role, split off, merged."""

from django.contrib.auth.models import User

from annotations.editing.join import join
from annotations.editing.place import Selection
from annotations.editing.recast import ROLES, recast
from annotations.editing.resize import resize
from annotations.editing.split import Along, split
from annotations.models import Article, Response, Statement
from annotations.tests.editing.random_acts import Act, Play


def _article_of(statement: Statement) -> Article:
    return Article.objects.select_related("current_revision").get(pk=statement.article_id)


def move_ends(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    span = play.one(statement.spans.filter(withdrawn_at__isnull=True))
    article = _article_of(statement)
    resize(
        user=user,
        span=span,
        version=statement.version,
        selection=play.words(article, span.role),
        chosen_in=article.revision.number,
    )


def change_role(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    span = play.one(statement.spans.filter(withdrawn_at__isnull=True))
    role = play.random.choice(ROLES)
    recast(user=user, span=span, version=statement.version, role=role)


def split_off(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    article = _article_of(statement)
    place = play.one(statement.spans.filter(role="content", withdrawn_at=None)).placement()
    if place is None or place.start is None or place.end is None:
        return
    begin, end = place.start + play.random.randint(0, 12), place.end - play.random.randint(0, 12)
    at = list(Response.objects.filter(claim=statement).order_by("pk"))
    split(
        user=user,
        statement=statement,
        version=statement.version,
        selections=[Selection("content", begin, end, article.revision.text[begin:end])],
        revision_number=article.revision.number,
        links=[Along(link, link.version) for link in at[: play.random.randint(0, 2)]],
    )


def merge_two(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    other = play.one(Statement.objects.filter(article=statement.article))
    join(
        user=user,
        statement=statement,
        version=statement.version,
        other=other,
        other_version=other.version,
    )


OF_WORDS: list[Act] = [move_ends, change_role, split_off, split_off, merge_two, merge_two]
