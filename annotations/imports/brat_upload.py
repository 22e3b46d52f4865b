"""brat standoff from a zip: what each text with its annotations would make, and making it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.editing.receive import decode
from annotations.imports.archives import Bounds, files_in
from annotations.imports.brat import Importing, Read, Told, read_texts
from annotations.imports.brat_folder import About, table_of
from annotations.imports.brat_types import Types
from annotations.imports.carry import row_by_row
from annotations.imports.plan import Fate, Importer, Incoming, Made, Plan, Row
from annotations.models import Article
from annotations.permissions import User

BOUNDS = Bounds(members=2_000)
MOST_REMARKS = 20  # shown of one text


def parse(file: Incoming, user: User) -> Plan:
    """A row for each .txt of the archive; ValidationError where it cannot be read."""
    texts: dict[str, bytes] = {}
    anns: dict[str, bytes] = {}
    about: dict[str, About] = {}
    for name, data in files_in(file.data, BOUNDS):
        path = PurePosixPath(name)
        match path.suffix.lower():
            case ".txt":
                texts[path.stem] = data
            case ".ann":
                anns[path.name] = data
            case ".tsv":
                about |= _table(path.name, data)
    if not texts:
        raise ValidationError(_("There is no .txt file in the archive."))
    rows = [_row(name, texts[name], _anns_of(name, anns), about, user) for name in sorted(texts)]
    alone = sorted(set(anns) - {ann for name in texts for ann, _data in _anns_of(name, anns)})
    return Plan(
        tuple(rows), tuple(_("%(file)s has no text of its name.") % {"file": ann} for ann in alone)
    )


def _table(name: str, data: bytes) -> dict[str, About]:
    try:
        return table_of(name, data)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _anns_of(name: str, anns: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """`x.ann` and `x_ANNOTATOR.ann` of the text `x.txt`."""
    stems = {ann: ann.rpartition(".")[0] for ann in anns}
    return [
        (ann, anns[ann])
        for ann, stem in sorted(stems.items())
        if name in {stem, stem.rpartition("_")[0]}
    ]


def _row(
    name: str,
    text: bytes,
    anns: Iterable[tuple[str, bytes]],
    about: dict[str, About],
    user: User,
) -> Row:
    try:
        told = about.get(name, About())
        received = [(file, decode(data)) for file, data in anns]
        pair = read_texts(name, decode(text), received, told, Types())
    except ValidationError as error:
        return Row(makes=f"{name}.txt", file=f"{name}.txt", errors=tuple(error.messages))
    here = Article.objects.visible_to(user).filter(uid=pair.uid).first()
    refused = [_said(told) for told in pair.problems if told.problem.refuses]
    remarks = [_said(told) for told in pair.problems if not told.problem.refuses]
    if here:
        remarks.insert(0, _("It is here already and stays as it is."))
    return Row(
        makes=_makes(pair),
        file=f"{name}.txt",
        errors=tuple(_some(refused)),
        warnings=tuple(_some(remarks)),
        links=(Made(str(here), here.get_absolute_url()),) if here else (),
        is_chosen=here is None,
        payload=pair,
    )


def _makes(pair: Read) -> str:
    statements = ngettext("%(number)d statement", "%(number)d statements", pair.statements)
    links = ngettext("%(number)d link", "%(number)d links", pair.links)
    return _("Article “%(name)s” with %(statements)s and %(links)s") % {
        "name": pair.about.headline or pair.name,
        "statements": statements % {"number": pair.statements},
        "links": links % {"number": pair.links},
    }


def _said(told: Told) -> str:
    if not told.problem.line:
        return f"{told.file}: {told.problem.what}"
    place = _("%(file)s, line %(line)d") % {"file": told.file, "line": told.problem.line}
    return f"{place}: {told.problem.what}"


def _some(said: list[str]) -> list[str]:
    more = len(said) - MOST_REMARKS
    if more <= 0:
        return said
    return [*said[:MOST_REMARKS], _("And %(number)s more remarks.") % {"number": more}]


def bring_in(row: Row, user: User) -> Row:
    """The row's text with its annotations, stored. ValidationError."""
    article = Importing(user).store(row.payload)
    return replace(row, fate=Fate.MADE, made=(Made(str(article), article.get_absolute_url()),))


BRAT = Importer(
    name="brat",
    label=gettext_lazy("Texts annotated with brat"),
    help=gettext_lazy(
        "A zip of .txt files with their .ann files, and articles.tsv if there is one. "
        "Statements come in as your drafts."
    ),
    accepts=(".zip",),
    parse=parse,
    carry_out=row_by_row(bring_in),
)
