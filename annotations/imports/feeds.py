"""An RSS or Atom feed: each entry becomes an article of the text that the feed itself holds."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import feedparser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.imports.article_fragments import words_of
from annotations.imports.article_rows import receive_row, rows_of
from annotations.imports.article_texts import HEAD, is_never
from annotations.imports.carry import row_by_row
from annotations.imports.plan import Importer, Incoming, Plan
from annotations.imports.read_article import ReadArticle
from annotations.imports.settings import ARTICLE_SETTINGS
from annotations.permissions import User

LARGEST = 2 * 1024 * 1024  # bytes
MOST_TAGS = 20_000  # its own and those of its entries, which are escaped
MOST_ENTRIES = 200
SHORT = 400  # characters: less is a summary
MEDIA = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
_DECLARES = b"<!ENTITY"
_ENCODING = re.compile(
    rb"(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE
)


def parse(file: Incoming, user: User) -> Plan:
    """A row for each entry; one that holds a summary only, or no text, says so and is not ticked."""
    articles = read_feed(file)
    return Plan(rows_of(articles, user, file.settings))


def read_feed(file: Incoming) -> list[ReadArticle]:
    """The entries as articles; ValidationError where the file is no feed."""
    plain = file.data[: LARGEST + 1].replace(b"\0", b"")  # UTF-16 and UTF-32 too
    tags = plain.count(b"<") + plain.count(b"&lt;")
    is_large = len(file.data) > LARGEST or tags > MOST_TAGS
    if is_large or _DECLARES in plain.upper() or _is_hidden(plain, file.content_type):
        raise ValidationError(_("The feed is too large, or declares entities."))
    headers = {"content-type": file.content_type} if file.content_type else {}
    try:
        # As a file: bytes by themselves could be taken for an address, which would be fetched.
        found: Any = feedparser.parse(BytesIO(file.data), response_headers=headers)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        raise ValidationError(_("The feed cannot be read.")) from error
    if not found.get("version") or not found.entries:
        raise ValidationError(_("This is no RSS or Atom feed, or one without entries."))
    if len(found.entries) > MOST_ENTRIES:
        raise ValidationError(
            _("The feed has %(number)s entries; the most is %(most)s."),
            params={"number": len(found.entries), "most": MOST_ENTRIES},
        )
    language = str(found.feed.get("language") or "")
    outlet = str(found.feed.get("title") or "")
    return [
        _article(number, entry, outlet, language, file)
        for number, entry in enumerate(found.entries, start=1)
    ]


def _is_hidden(plain: bytes, content_type: str) -> bool:
    """Whether it names an encoding in which none of this can be seen."""
    heads = (plain[:HEAD], content_type.encode("ascii", "replace"))
    named = [found[1].decode() for head in heads for found in _ENCODING.finditer(head)]
    return any(map(is_never, named))


def _article(number: int, entry: Any, outlet: str, language: str, file: Incoming) -> ReadArticle:
    errors, text = [], ""
    try:
        text = words_of(_html(entry))
    except ValidationError as error:
        errors += error.messages
    lacks = _lacking(text) if not errors else ""
    return ReadArticle(
        _("entry %(number)s") % {"number": number},
        text,
        headline=words_of_title(entry),
        outlet=outlet if file.settings.get("outlet") == "" else "",
        url=str(entry.get("link") or ""),
        byline=str(entry.get("author") or ""),
        published_on=_day(entry),
        language=str(entry.get("language") or language),
        warnings=(lacks,) if lacks else (),
        errors=tuple(errors),
        is_wanted=not lacks,
    )


def _lacking(text: str) -> str:
    """What is said of an entry that is no whole text; it is nobody's fault, so it refuses no file."""
    if not text:
        return _("The feed has no text of this entry: bring in its address.")
    if len(text) < SHORT:
        return _("The feed has a summary only: for the whole text, bring in the address.")
    return ""


def _html(entry: Any) -> str:
    """The entry's content or, where it has none, its summary."""
    contents = [str(each.get("value") or "") for each in entry.get("content") or []]
    return max([*contents, str(entry.get("summary") or "")], key=len)


def words_of_title(entry: Any) -> str:
    """The entry's title without tags; “” where it cannot be read."""
    try:
        return " ".join(words_of(str(entry.get("title") or "")).split())
    except ValidationError:
        return ""


def _day(entry: Any) -> date | None:
    """The day, in UTC, on which it was published or else changed."""
    # Asked for a missing time of change, feedparser warns and gives the one of publication.
    named = [name for name in ("published_parsed", "updated_parsed") if name in entry]
    when = next((entry[name] for name in named if entry[name]), None)
    try:
        return date(*when[:3]) if when else None
    except ValueError:
        return None


FEED = Importer(
    name="feed",
    label=gettext_lazy("A feed (RSS or Atom)"),
    help=gettext_lazy("Its entries become articles. You choose which."),
    accepts=(".xml", ".rss", ".atom"),
    media=MEDIA,
    parse=parse,
    carry_out=row_by_row(receive_row),
    settings=ARTICLE_SETTINGS,
    largest=LARGEST,
)
