"""Every format, in the order of the page of downloads. A new one is a line here and in the matrix of addresses."""

from django.utils.translation import gettext_lazy as _

from annotations.exports import files
from annotations.exports.archive import brat_zip
from annotations.exports.claim_review import claimreview_jsonld
from annotations.exports.events import events_csv
from annotations.exports.formats import Format, Group
from annotations.exports.graphml import network_graphml
from annotations.exports.lines_selection import selection
from annotations.exports.w3c.documents import annotations_jsonld, annotations_zip
from annotations.exports.workbook import statements_xlsx

CSV = "text/csv; charset=utf-8"

_ALL = (
    Format(
        "statements.csv",
        Group.SPREADSHEET,
        _("Statements"),
        _("One row for each statement, with its article, its actors and how it was answered."),
        CSV,
        files.statements_csv,
        has_profile=True,
    ),
    Format(
        "exchanges.csv",
        Group.SPREADSHEET,
        _("Claims and responses"),
        _("One row for each response, beside the claim it answers, and for each open claim."),
        CSV,
        files.exchanges_csv,
        has_profile=True,
    ),
    Format(
        "actors.csv",
        Group.SPREADSHEET,
        _("Actors"),
        _("One row for each actor that the statements name, with other names, posts and counts."),
        CSV,
        files.actors_csv,
        has_profile=True,
    ),
    Format(
        "statements.xlsx",
        Group.SPREADSHEET,
        _("A workbook"),
        _("All three tables and what their columns mean, as the sheets of one file."),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        statements_xlsx,
    ),
    Format(
        "annotations.zip",
        Group.PROGRAM,
        _("Annotations with their texts"),
        _(
            "W3C Web Annotation: each quote by its words and place, actors and links, in pages, with "
            "the articles' texts. To keep, and to check."
        ),
        "application/zip",
        annotations_zip,
    ),
    Format(
        "annotations.jsonld",
        Group.PROGRAM,
        _("Annotations in one file"),
        _("The same without the texts, as most annotation programs read it."),
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        annotations_jsonld,
    ),
    Format(
        "network.graphml",
        Group.TOOL,
        _("The network"),
        _(
            "GraphML, as Gephi and networkx read it: actors and statements, who said what, who "
            "answers what and how."
        ),
        "application/graphml+xml",
        network_graphml,
    ),
    Format(
        "events.csv",
        Group.TOOL,
        _("Events for discourse networks"),
        _(
            "Who takes which side on which claim, and when, with the columns of the Discourse Network "
            "Analyzer."
        ),
        CSV,
        events_csv,
        has_profile=True,
    ),
    Format(
        "claimreview.jsonld",
        Group.TOOL,
        _("ClaimReview"),
        _("Empty, and says why: nothing recorded here is a verdict on whether a claim is true."),
        "application/ld+json",
        claimreview_jsonld,
    ),
    Format(
        "records.jsonl",
        Group.PROGRAM,
        _("Everything, as JSON Lines"),
        _("Texts, statements, words with their places, actors and links; can be brought in again."),
        "application/jsonl; charset=utf-8",
        selection,
    ),
    Format(
        "brat.zip",
        Group.TOOL,
        _("brat standoff"),
        _("Each article as a text with its annotations, for brat and for corpora such as PolNeAR."),
        "application/zip",
        brat_zip,
    ),
)
FORMATS: dict[str, Format] = {each.name: each for each in _ALL}
