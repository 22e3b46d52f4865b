"""Articles that were read become rows: what is here already, what fits no field, who the outlet is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.editing.name import name_actor
from annotations.editing.receive import ArticleDetails, as_stored, receive, refuse_unfit
from annotations.imports.plan import Fate, Made, Row
from annotations.imports.read_article import ReadArticle, language_of
from annotations.models import Actor, Article, Revision
from annotations.models.validators import refuse_unstorable
from annotations.models.words import listed
from annotations.permissions import User

_LENGTHS = {"headline": 500, "byline": 300, "dateline": 300, "outlet": 300, "url": 2000}
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Ready:
    """What `receive` needs; `outlet` is a name, to be found or made."""

    text: str
    details: ArticleDetails
    outlet: str


@dataclass(frozen=True)
class Known:
    """What the database has of a file's articles, asked for together."""

    texts: Mapping[str, Article]  # by SHA-256
    openings: Mapping[str, Article]
    addresses: Mapping[str, Article]
    outlets: Mapping[str, tuple[tuple[str, str], ...]]  # errors and facts by name


def rows_of(
    articles: Sequence[ReadArticle], user: User, settings: Mapping[str, str]
) -> tuple[Row, ...]:
    """A row for each article; one whose text is here already is not chosen, and says where it is."""
    articles = [_settled(article, settings) for article in articles]
    known = _known(articles, user)
    seen: dict[str, str] = {}
    return tuple(_row(article, known, seen) for article in articles)


def _settled(article: ReadArticle, settings: Mapping[str, str]) -> ReadArticle:
    """With what was said for the whole file; what fits no field is left out with a warning."""
    warnings = list(article.warnings)
    fit: dict[str, Any] = {}
    for name, longest in _LENGTHS.items():
        value = " ".join(str(getattr(article, name)).split())
        if name == "outlet":
            value = value or settings.get("outlet", "").strip()
        if (
            len(value) > longest
            or _is_unstorable(value)
            or (name == "url" and _is_no_address(value))
        ):
            warnings.append(
                _("“%(value)s” does not fit its field and is left out.") % {"value": value[:60]}
            )
            value = ""
        fit[name] = value
    language = language_of(article.language, settings)
    return replace(
        article, text=as_stored(article.text), warnings=tuple(warnings), language=language, **fit
    )


def _is_unstorable(value: str) -> bool:
    try:
        refuse_unstorable(value)
    except ValidationError:
        return True
    return False


def _is_no_address(value: str) -> bool:
    try:
        _is_address(value or "https://example.org/")
    except ValidationError:
        return True
    return False


def _known(read: Sequence[ReadArticle], user: User) -> Known:
    articles = [article for article in read if not article.errors]  # a NUL is no word for a query
    there = Article.objects.visible_to(user).select_related("current_revision")
    digests = [Revision.digest(article.text) for article in articles if article.text]
    openings = {Revision.first_words(a.text) for a in articles if a.text.strip()}
    urls = [article.url for article in articles if article.url]
    texts = {
        sha256: article
        for article, sha256 in _with(
            there.filter(revisions__sha256__in=digests), "revisions__sha256"
        )
        if sha256 in set(digests)
    }
    alike = there.filter(current_revision__opening__in=openings)
    return Known(
        texts=texts,
        openings={article.revision.opening: article for article in alike.order_by("-id")},
        addresses={article.url: article for article in there.filter(url__in=urls)},
        outlets={name: _outlet(name, user) for name in {a.outlet for a in articles if a.outlet}},
    )


def _with(articles: Any, name: str) -> Iterator[tuple[Article, str]]:
    """Each article with one value of a joined column."""
    from django.db.models import F

    for article in articles.annotate(joined=F(name)).order_by("-id"):
        yield article, article.joined


def _outlet(name: str, user: User) -> tuple[tuple[str, str], ...]:
    """(“error” or “fact”, words) of the outlet that a name means."""
    actors = Actor.objects.visible_to(user)
    meant = actors.meant_by(name)
    if len(meant) == 1:
        return (("fact", meant[0].name),)
    if meant:
        return (("error", _("Several actors are called “%(name)s”.") % {"name": name}),)
    near = actors.nearly_named(name)
    if near:
        names = listed(actor.name for actor in near)
        said = _("There is no outlet “%(name)s”, but one of nearly this name: %(names)s.")
        return (("error", said % {"name": name, "names": names}),)
    return (("fact", _("%(name)s (a new actor, a news medium)") % {"name": name}),)


def _row(article: ReadArticle, known: Known, seen: dict[str, str]) -> Row:
    is_offered = bool(article.text) or article.is_wanted  # else there is nothing to find fault with
    errors = [*article.errors, *(_unfit(article) if is_offered and not article.errors else ())]
    outlet = known.outlets.get(article.outlet, ())
    errors += [words for what, words in outlet if what == "error"]
    there = known.addresses.get(article.url) if article.url else None
    digest = Revision.digest(article.text)
    same = known.texts.get(digest) or there
    warnings, links = list(article.warnings), []
    if same:
        links.append(Made(same.title, same.get_absolute_url()))
    if there:
        warnings.append(_("An article with this address is here already."))
    elif same:
        warnings.append(_("This text is here already. Tick it to keep both."))
    elif digest in seen and article.text:
        warnings.append(_("The same text stands in %(file)s, too.") % {"file": seen[digest]})
    elif alike := known.openings.get(
        Revision.first_words(article.text) if article.text.strip() else ""
    ):
        warnings.append(
            _(
                "An article that begins with the same words is here already: look whether it is this one."
            )
        )
        links.append(Made(alike.title, alike.get_absolute_url()))
    if article.url and not article.is_wanted and not same:
        links.append(Made(_("Bring in its address"), _page_for(article.url)))
    is_again = bool(same) or digest in seen
    seen.setdefault(digest, article.file)
    return Row(
        makes=_makes(article),
        file=article.file,
        line=article.line,
        facts=tuple(_facts(article, [words for what, words in outlet if what == "fact"])),
        errors=tuple(errors),
        warnings=tuple(warnings),
        links=tuple(links),
        is_chosen=article.is_wanted and not is_again and not errors,
        seen=digest,
        payload=_ready(article),
    )


def _page_for(address: str) -> str:
    """The form that brings in an article, with the address written in it."""
    return f"{reverse('import_new', args=['articles'])}?{urlencode({'address': address})}"


def _unfit(article: ReadArticle) -> Iterator[str]:
    try:
        refuse_unfit(article.text)
        refuse_unstorable(article.text)
    except ValidationError as error:
        yield from error.messages


def _makes(article: ReadArticle) -> str:
    if not article.text.strip() and not article.headline:
        return _("An article that cannot be read")
    title = article.headline or (Revision.first_words(article.text) if article.text.strip() else "")
    return _("Article “%(title)s”") % {"title": title}


def _facts(article: ReadArticle, outlet: list[str]) -> Iterable[tuple[str, str]]:
    day = article.published_on.isoformat() if article.published_on else ""
    told = [
        (_("Text"), _("%(number)s characters") % {"number": f"{len(article.text):,}"}),
        (_("Begins"), _beginning(article)),
        (_("Outlet"), " ".join(outlet)),
        (_("Byline"), article.byline),
        (_("Dateline"), article.dateline),
        (_("Published on"), day),
        (_("Language"), article.language),
        (_("Address"), article.url),
    ]
    return [(label, value) for label, value in told if value and article.text]


def _beginning(article: ReadArticle) -> str:
    """The first line that is not the headline: that is named already."""
    lines = [line.strip() for line in article.text[:2000].split("\n") if line.strip()]
    others = [line for line in lines if line != article.headline]
    return others[0][:160] + ("…" if len(others[0]) > 160 else "") if others else ""


def _ready(article: ReadArticle) -> Ready:
    details = ArticleDetails(
        headline=article.headline,
        url=article.url,
        byline=article.byline,
        dateline=article.dateline,
        published_on=article.published_on,
        language=article.language,
    )
    return Ready(article.text, details, article.outlet)


def receive_row(row: Row, user: User) -> Row:
    """The row's article, received as the page does it; its outlet is made where it is new."""
    ready = row.payload
    assert isinstance(ready, Ready)
    outlet = _outlet_of(ready.outlet, user) if ready.outlet else None
    details = replace(ready.details, outlet=outlet)
    article = receive(user=user, text=ready.text, details=details)
    made = Made(article.title, article.get_absolute_url())
    return replace(row, fate=Fate.MADE, made=(made,))


def _outlet_of(name: str, user: User) -> Actor:
    meant = Actor.objects.visible_to(user).meant_by(name)
    return meant[0] if meant else name_actor(user=user, name=name, kind=Actor.Kind.MEDIA)
