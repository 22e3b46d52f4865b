"""An article comes in: its text as received, its first revision, the zones that are not statements' text."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.editing.change import assign, change, store, take, take_out
from annotations.models import Actor, Article, ArticleWords, Revision, Statement, Zone
from annotations.models.article import EARLIEST
from annotations.models.history import Verb
from annotations.permissions import User

LONGEST_TEXT = 10 * 1024 * 1024  # characters: the largest article that the pages are built for
_BOILERPLATE = re.compile(r"^(?:ENDS?|Share:?|#+|-30-)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class ArticleDetails:
    """What is known of an article beside its text; empty where it is not."""

    headline: str = ""
    outlet: Actor | None = None
    url: str = ""
    byline: str = ""
    dateline: str = ""
    published_on: date | None = None
    language: str = "en"


def as_stored(received: str) -> str:
    """The text without byte order mark and with LF line ends: the only two things that are changed in it."""
    return received.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decode(received: bytes) -> str:
    """A UTF-8 file's text, for `receive`; ValidationError naming the first byte that is not UTF-8."""
    try:
        return received.decode()
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is not UTF-8 text: byte %(place)d cannot be read."),
            code="encoding",
            params={"place": error.start + 1},
        ) from error


def receive(
    *, user: User, text: str, details: ArticleDetails, uid: uuid.UUID | None = None
) -> Article:
    """The new article, with its first revision and the zones found in it; ValidationError names the field."""
    stored = as_stored(text)
    refuse_unfit(stored)
    with change(Verb.RECEIVED, user) as act:
        article = Article(uid=uid or uuid.uuid4(), created_by=act.user)
        assign(article, details)
        store(article)
        revision = Revision(
            article=article,
            number=1,
            text=stored,
            opening=Revision.first_words(stored),
            sha256=Revision.digest(stored),
            received_at=timezone.now(),
            received_by=act.user,
        )
        article.current_revision = store(revision)
        article.save()
        for kind, start, end in find_zones(stored, details):
            store(Zone(revision=revision, kind=kind, start=start, end=end))
        keep_words(article)
    return article


def refuse_unfit(stored: str) -> None:
    """ValidationError for a text without words, or one longer than the pages are built for."""
    if not stored.strip():
        raise ValidationError({"text": _("There is no text.")})
    if len(stored) > LONGEST_TEXT:
        raise ValidationError(
            {
                "text": _("The text has %(number)s characters; the most is %(most)s.")
                % {"number": f"{len(stored):,}", "most": f"{LONGEST_TEXT:,}"}
            }
        )


def describe(*, user: User, article: Article, version: int, details: ArticleDetails) -> Article:
    """The article with other details; the text stays as it is."""
    with change(Verb.DESCRIBED, user):
        article = take(article, version)
        before = {Zone.Kind.HEADLINE: article.headline, Zone.Kind.DATELINE: article.dateline}
        assign(article, details)
        after = {Zone.Kind.HEADLINE: article.headline, Zone.Kind.DATELINE: article.dateline}
        _find_again(article.revision, details, [k for k in before if before[k] != after[k]])
        return store_described(article)


def store_described(article: Article) -> Article:
    """The article saved, and with it the copies of its details that searches and lists read."""
    article = store(article)
    keep_words(article)
    # A copy to sort by, of what the article's own history tells: it has no history of its own.
    Statement.objects.filter(article=article).update(article_day=article.published_on or EARLIEST)
    return article


def keep_words(article: Article) -> None:
    """Make the folded copy that searches read anew from the article as it is now."""
    folded = folded_words(article)
    ArticleWords.objects.update_or_create(article=article, defaults={"folded": folded})


def folded_words(article: Article) -> str:
    """What searches read of the article: headline, address and newest text, folded."""
    return fold(f"{article.headline} {article.url} {article.revision.text}")


def _find_again(revision: Revision, details: ArticleDetails, kinds: list[Zone.Kind]) -> None:
    """Mark the zones of these kinds, whose words were changed, where they now are; the others stay."""
    wanted = {zone for zone in find_zones(revision.text, details) if zone[0] in kinds}
    live = Zone.objects.filter(revision=revision, withdrawn_at__isnull=True)
    for zone in live.filter(kind__in=kinds):
        if (zone.kind, zone.start, zone.end) in wanted:
            wanted.discard((zone.kind, zone.start, zone.end))
        else:
            take_out(zone)
    for kind, start, end in sorted(wanted, key=lambda zone: zone[1]):
        store(Zone(revision=revision, kind=kind, start=start, end=end))


def mark_zones(
    *, user: User, article: Article, version: int, zones: list[tuple[str, int, int]]
) -> Article:
    """The article with these (kind, start, end) zones in its current revision instead of the ones it had."""
    with change(Verb.DESCRIBED, user):
        article = take(article, version)
        wanted = set(zones)
        for zone in Zone.objects.filter(revision=article.revision, withdrawn_at__isnull=True):
            if (zone.kind, zone.start, zone.end) in wanted:
                wanted.discard((zone.kind, zone.start, zone.end))
            else:
                take_out(zone)
        for kind, start, end in sorted(wanted, key=lambda zone: zone[1]):
            if end > len(article.revision.text):
                raise ValidationError(
                    {
                        "zones": _("%(start)s to %(end)s is not a place in the text.")
                        % {"start": start, "end": end}
                    }
                )
            store(Zone(revision=article.revision, kind=kind, start=start, end=end))
        return store(article)


def find_zones(text: str, details: ArticleDetails) -> list[tuple[str, int, int]]:
    """(kind, start, end) of the headline as a line of its own, the dateline, lines such as “ENDS” and “Share:”."""
    zones = []
    if details.headline:
        line = re.search(rf"^[ \t]*({re.escape(details.headline)})[ \t]*$", text, re.MULTILINE)
        if line:
            zones.append((str(Zone.Kind.HEADLINE), line.start(1), line.end(1)))
    if details.dateline:
        line = re.search(
            rf"^{re.escape(details.dateline)}(?: \([^)\n]{{1,40}}\))?(?: ?[–—-])?",
            text,
            re.MULTILINE,
        )
        if line:
            zones.append((str(Zone.Kind.DATELINE), line.start(), line.end()))
    zones.extend(
        (str(Zone.Kind.BOILERPLATE), found.start(), found.end())
        for found in _BOILERPLATE.finditer(text)
    )
    return zones


def same_text(text: str, user: User) -> Article | None:
    """The article that the user sees whose text was received before, if any."""
    digest = Revision.digest(as_stored(text))
    return (
        Article.objects.visible_to(user)
        .filter(revisions__sha256=digest)
        .select_related("current_revision")
        .order_by("id")
        .first()
        if permissions.may_read(user)
        else None
    )
