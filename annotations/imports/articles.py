"""Articles come in: as text or a page of HTML."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.editing.receive import refuse_unfit
from annotations.imports.article_pages import read_page
from annotations.imports.article_rows import receive_row, rows_of
from annotations.imports.article_texts import read_text
from annotations.imports.carry import row_by_row
from annotations.imports.plan import Importer, Incoming, Plan, Setting
from annotations.imports.read_article import ReadArticle
from annotations.models.validators import refuse_unstorable
from annotations.permissions import User

READERS = {
    ".txt": read_text,
    ".html": read_page,
    ".htm": read_page,
}
_OF_TYPE = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}


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
    if ending_of(file) not in READERS:
        raise ValidationError(_("“%(name)s” is no file of articles."), params={"name": file.name})
    article = read_one(file)
    if article.errors:
        raise ValidationError([f"“{file.name}”: {error}" for error in article.errors])
    return Plan(rows_of([article], user, file.settings))


ARTICLES = Importer(
    name="articles",
    label=gettext_lazy("Articles"),
    help=gettext_lazy(
        "Text, a web page or its address. Of a page only the article's own text is taken."
    ),
    accepts=(".txt", ".html", ".htm"),
    media=tuple(_OF_TYPE),
    parse=parse,
    carry_out=row_by_row(receive_row),
    settings=(
        Setting("outlet", gettext_lazy("Outlet"), gettext_lazy("Where the file does not say it.")),
        Setting(
            "language",
            gettext_lazy("Language"),
            gettext_lazy("A language tag: en, fa-AF, ps …; where the file does not say it."),
            "en",
        ),
    ),
)
