"""Articles come in: as text, a page of HTML, a .docx, a zip of these, or a CSV with one in each row."""

from collections import Counter
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.editing.receive import refuse_unfit
from annotations.imports.archives import Bounds, files_in
from annotations.imports.article_documents import read_document
from annotations.imports.article_pages import read_page
from annotations.imports.article_rows import receive_row, rows_of
from annotations.imports.article_tables import read_table
from annotations.imports.article_texts import read_text
from annotations.imports.carry import row_by_row
from annotations.imports.plan import Importer, Incoming, Plan
from annotations.imports.read_article import ReadArticle
from annotations.imports.settings import ARTICLE_SETTINGS
from annotations.models.validators import refuse_unstorable
from annotations.permissions import User

READERS = {
    ".txt": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_document,
}
SEVERAL = (".zip", ".csv")
_OF_TYPE = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_SLOW = frozenset((".html", ".htm", ".docx"))  # a few hundredths of a second each
MOST_SLOW = 100  # of them in one archive: somebody waits for the page
BOUNDS = Bounds()
_NAMED = 10  # members without an article that are named


def ending_of(file: Incoming) -> str:
    """What kind of file it is: by what its server said, else by its name."""
    said = file.content_type.partition(";")[0].strip().lower()
    return _OF_TYPE.get(said, file.ending)


def read_one(file: Incoming) -> ReadArticle:
    """The article of a file that holds one; what is wrong with it stands in its errors."""
    try:
        article = READERS[ending_of(file)](file)
        refuse_unfit(article.text)
        refuse_unstorable(article.text)
        return article
    except ValidationError as error:
        return ReadArticle(file.name, errors=tuple(error.messages))


def parse(file: Incoming, user: User) -> Plan:
    """A row for each article of the file; ValidationError where it cannot be read at all."""
    try:
        articles, warnings = read_articles(file)
    except ValidationError as error:
        raise ValidationError([f"“{file.name}”: {said}" for said in error.messages]) from error
    return Plan(rows_of(articles, user, file.settings), warnings)


def read_articles(file: Incoming) -> tuple[list[ReadArticle], tuple[str, ...]]:
    """The articles of the file, and what is to be said of it as a whole; ValidationError."""
    ending = ending_of(file)
    if ending == ".zip":
        return _archive(file)
    if ending == ".csv":
        return _table(file)
    if ending not in READERS:
        raise ValidationError(_("This is no file of articles."))
    article = read_one(file)
    if article.errors:
        raise ValidationError(list(article.errors))
    return [article], ()


def _table(file: Incoming) -> tuple[list[ReadArticle], tuple[str, ...]]:
    sheet, articles = read_table(file)
    if not articles:
        raise ValidationError(_("The file has no rows."))
    warnings = list(sheet.warnings)
    if sheet.unknown:
        said = _("Columns that are not read: %(names)s.")
        warnings.append(said % {"names": ", ".join(sheet.unknown)[:300]})
    return articles, tuple(warnings)


def _archive(file: Incoming) -> tuple[list[ReadArticle], tuple[str, ...]]:
    members = list(files_in(file.data, BOUNDS))
    endings = [Incoming(name, b"").ending for name, _data in members]
    _refuse_many(endings)
    articles = [
        read_one(replace(file, name=name, data=data, content_type=""))
        for (name, data), ending in zip(members, endings, strict=True)
        if ending in READERS
    ]
    if not articles:
        raise ValidationError(_("No .txt, .html or .docx is in the archive."))
    others = [
        name for (name, _data), end in zip(members, endings, strict=True) if end not in READERS
    ]
    return articles, _not_taken(others)


def _refuse_many(endings: list[str]) -> None:
    slow = sum(number for ending, number in Counter(endings).items() if ending in _SLOW)
    if slow > MOST_SLOW:
        raise ValidationError(
            _("The archive has %(number)s pages and documents; the most at once is %(most)s."),
            params={"number": slow, "most": MOST_SLOW},
        )


def _not_taken(names: list[str]) -> tuple[str, ...]:
    """What is said of members that are no articles; of archives inside the archive, too."""
    if not names:
        return ()
    more = len(names) - _NAMED
    listed = ", ".join(name[:100] for name in names[:_NAMED])
    said = _("Not taken, since they are no .txt, .html or .docx: %(names)s.")
    told = [said % {"names": listed}]
    if more > 0:
        told.append(_("And %(number)s more.") % {"number": more})
    return (" ".join(told),)


ARTICLES = Importer(
    name="articles",
    label=gettext_lazy("Articles"),
    help=gettext_lazy(
        "Text, a web page or its address, a Word document, a zip of these, or a CSV with a column text. "
        "Of a page only the article's own text is taken."
    ),
    accepts=(".txt", ".html", ".htm", ".docx", ".zip", ".csv"),
    media=tuple(_OF_TYPE),
    parse=parse,
    carry_out=row_by_row(receive_row),
    settings=ARTICLE_SETTINGS,
)
