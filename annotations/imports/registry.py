"""The kinds of files that can be brought in, in the order in which the page offers them."""

from annotations.imports.articles import ARTICLES
from annotations.imports.brat_upload import BRAT
from annotations.imports.dna import DNA
from annotations.imports.feeds import FEED
from annotations.imports.lines import LINES
from annotations.imports.plan import Importer
from annotations.imports.statement_table import STATEMENTS

IMPORTERS: tuple[Importer, ...] = (ARTICLES, FEED, STATEMENTS, DNA, LINES, BRAT)


def importer_named(name: str) -> Importer | None:
    """The importer of this name; None where there is none."""
    return next((each for each in IMPORTERS if each.name == name), None)
